/// Who does a run's work, and how it is told to stop.
@NullMarked
package io.skyferry.engine.work;

import org.jspecify.annotations.NullMarked;
