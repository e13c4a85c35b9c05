package io.skyferry.cli;

import io.skyferry.cli.console.Console;
import io.skyferry.engine.work.CancelFlag;

/// What a command is run with.
///
/// @param cancel raised by Ctrl-C
public record Context(Console console, Services services, CancelFlag cancel) {}
