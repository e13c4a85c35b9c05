/// The command line: what a user types, and what is printed for it.
@NullMarked
package io.skyferry.cli;

import org.jspecify.annotations.NullMarked;
