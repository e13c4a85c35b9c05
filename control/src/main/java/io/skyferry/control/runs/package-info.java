/// Runs of tasks: the queue, what one run does from its first script to its last, the history, and the
/// service that keeps them going.
@NullMarked
package io.skyferry.control.runs;

import org.jspecify.annotations.NullMarked;
