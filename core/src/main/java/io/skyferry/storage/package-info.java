/// What a place that holds files can do: the [Storage] interface, its values, its errors and its capabilities.
///
/// Everything else in the product stands on this package, and it stands on nothing but the JDK.
@NullMarked
package io.skyferry.storage;

import org.jspecify.annotations.NullMarked;
