/// Vendors' own clients as judges of our adapters and of our simulators: what one writes, the other reads.
@NullMarked
package io.skyferry.oracles;

import org.jspecify.annotations.NullMarked;
