/// Concerns over any storage, once each: check, observe, retry, bandwidth, pace, timeout, and their one
/// order.
@NullMarked
package io.skyferry.layers;

import org.jspecify.annotations.NullMarked;
