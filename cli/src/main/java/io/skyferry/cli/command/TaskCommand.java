package io.skyferry.cli.command;

import io.skyferry.cli.Context;
import io.skyferry.cli.option.HelpOption;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `skyferry task`: saved tasks, which run by a schedule or when they are asked to.
@Command(
        name = "task",
        abbreviateSynopsis = true,
        description = {
            "Save what is to go from where to where, when and how, and run it.",
            "A task is named by its number or by its description."
        },
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  skyferry task create --description Photos --credential work --path /srv/photos --bucket backup --folder photos",
            "  skyferry task dry-run Photos",
            "  skyferry task run Photos",
            "  skyferry task edit Photos --schedule '30 2 * * *' --mode sync"
        })
public final class TaskCommand {
    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    /// A command that has others below it.
    public TaskCommand() {}

    /// Adds what can be done with tasks.
    public static void addBelow(CommandLine command, Context context) {
        command.addSubcommand("list", new TaskListCommand(context));
        command.addSubcommand("show", new TaskShowCommand(context));
        command.addSubcommand("create", new TaskCreateCommand(context));
        command.addSubcommand("edit", new TaskEditCommand(context));
        command.addSubcommand("run", new TaskRunCommand(context));
        command.addSubcommand("dry-run", new TaskDryRunCommand(context));
        command.addSubcommand("abort", new TaskAbortCommand(context));
        command.addSubcommand("enable", new TaskEnableCommand(context));
        command.addSubcommand("disable", new TaskDisableCommand(context));
        command.addSubcommand("duplicate", new TaskDuplicateCommand(context));
        command.addSubcommand("restore", new TaskRestoreCommand(context));
        command.addSubcommand("delete", new TaskDeleteCommand(context));
    }
}
