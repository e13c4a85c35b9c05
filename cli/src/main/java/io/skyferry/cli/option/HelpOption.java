package io.skyferry.cli.option;

import picocli.CommandLine.Option;

/// What every command takes, whatever else it does.
@SuppressWarnings("UnusedVariable") // picocli sets the field and asks its own model for it
public final class HelpOption {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    /// Options as picocli fills them.
    public HelpOption() {}
}
