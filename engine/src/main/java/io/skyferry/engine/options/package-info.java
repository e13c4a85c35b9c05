/// What the user wants of a run: mode, comparison, guards, limits. Values only.
@NullMarked
package io.skyferry.engine.options;

import org.jspecify.annotations.NullMarked;
