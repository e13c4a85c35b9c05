package io.skyferry.cli.command;

import io.skyferry.cli.option.HelpOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `skyferry schedule`: when tasks run.
@Command(
        name = "schedule",
        abbreviateSynopsis = true,
        description = "Explain schedules in the five fields of cron.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  skyferry schedule preview daily",
            "  skyferry schedule preview '30 2 * * mon-fri' --zone Europe/Berlin"
        })
public final class ScheduleCommand {
    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    /// A command that has others below it.
    public ScheduleCommand() {}
}
