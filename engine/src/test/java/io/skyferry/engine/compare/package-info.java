/// Joining and judging, by tables and by chance.
@NullMarked
package io.skyferry.engine.compare;

import org.jspecify.annotations.NullMarked;
