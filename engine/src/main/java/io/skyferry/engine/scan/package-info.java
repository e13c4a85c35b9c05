/// From pages of a listing to one sorted stream of entries, whatever order and depth the storage lists in.
@NullMarked
package io.skyferry.engine.scan;

import org.jspecify.annotations.NullMarked;
