/// Keys, lines and what is spilled.
@NullMarked
package io.skyferry.engine.scan;

import org.jspecify.annotations.NullMarked;
