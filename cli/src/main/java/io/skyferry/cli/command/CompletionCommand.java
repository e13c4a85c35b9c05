package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Commands;
import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.option.HelpOption;
import io.skyferry.cli.option.UsageException;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;

/// `skyferry completion`: prints what makes a shell complete our commands and options.
@Command(
        name = "completion",
        abbreviateSynopsis = true,
        description = "Print a script that has your shell complete commands and options.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(skyferry completion bash)                                    # now, in bash or zsh",
            "  skyferry completion bash > /etc/bash_completion.d/skyferry            # for everybody",
            "  skyferry completion fish > ~/.config/fish/completions/skyferry.fish"
        })
public final class CompletionCommand implements Action {
    private final Context context;

    private String shell = "";

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    /// A command in this context.
    public CompletionCommand(Context context) {
        this.context = context;
    }

    @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
    void shell(String named) {
        shell = named;
    }

    @Override
    public int act() {
        CommandLine all = Commands.all(context);
        String script = switch (shell) {
            case "bash", "zsh" -> AutoComplete.bash(all.getCommandName(), all);
            case "fish" -> fish(all);
            default -> throw new UsageException("Want bash, zsh or fish but have '%s'".formatted(shell));
        };
        context.console().out().text(script);
        return ExitCodes.SUCCESS;
    }

    /// Source: fish's manual, "complete".
    private static String fish(CommandLine all) {
        String program = all.getCommandName();
        var script = new StringBuilder();
        all.getSubcommands().forEach((name, command) -> {
            script.append("complete -c %s -n __fish_use_subcommand -f -a %s -d %s%n"
                    .formatted(program, name, quoted(summary(command))));
            for (OptionSpec option : command.getCommandSpec().options()) {
                script.append("complete -c %s -n '__fish_seen_subcommand_from %s'".formatted(program, name));
                for (String spelling : option.names()) {
                    script.append(spelling.startsWith("--") ? " -l " : " -s ")
                            .append(spelling.replaceFirst("^--?", ""));
                }
                script.append(option.arity().max() > 0 ? " -r" : "")
                        .append(" -d ")
                        .append(quoted(String.join(" ", option.description())))
                        .append('\n');
            }
        });
        return script.toString();
    }

    private static String summary(CommandLine command) {
        String[] description = command.getCommandSpec().usageMessage().description();
        return description.length == 0 ? "" : description[0];
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("%%", "%") + "'";
    }
}
