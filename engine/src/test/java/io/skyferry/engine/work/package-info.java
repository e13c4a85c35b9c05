/// Threads that work for a run.
@NullMarked
package io.skyferry.engine.work;

import org.jspecify.annotations.NullMarked;
