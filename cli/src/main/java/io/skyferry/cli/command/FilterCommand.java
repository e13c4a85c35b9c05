package io.skyferry.cli.command;

import io.skyferry.cli.option.HelpOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `skyferry filter`: shows what filters do before they do it.
@Command(
        name = "filter",
        abbreviateSynopsis = true,
        description = "Try filters out: which files pass, and which rule decides.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  skyferry filter list --include '*.jpg' ~/Pictures",
            "  skyferry filter test --exclude '/tmp/**' ~/Documents tmp/a.txt letters/b.txt"
        })
public final class FilterCommand {
    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    /// The two commands below are added to it.
    public FilterCommand() {}
}
