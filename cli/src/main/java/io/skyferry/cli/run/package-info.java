/// Showing a run: while it goes, for people and for programs, and what became of it at its end.
@NullMarked
package io.skyferry.cli.run;

import org.jspecify.annotations.NullMarked;
