/// What every memory of a pair must do.
@NullMarked
package io.skyferry.engine.pair;

import org.jspecify.annotations.NullMarked;
