/// A one-way run from its first look to its report.
@NullMarked
package io.skyferry.engine.oneway;

import org.jspecify.annotations.NullMarked;
