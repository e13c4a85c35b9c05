/// What a program writes to: bytes on standard output and error, and what is known of the terminal behind them.
@NullMarked
package io.skyferry.cli.console;

import org.jspecify.annotations.NullMarked;
