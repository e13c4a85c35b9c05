/// What is told while work goes on: one line for each thing, to standard error or a file, as much as was asked for.
@NullMarked
package io.skyferry.cli.log;

import org.jspecify.annotations.NullMarked;
