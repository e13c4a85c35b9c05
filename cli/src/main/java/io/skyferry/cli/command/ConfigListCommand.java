package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.console.Output;
import io.skyferry.cli.option.HelpOption;
import io.skyferry.control.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `skyferry config list`: all settings.
@Command(
        name = "list",
        abbreviateSynopsis = true,
        description = "List the settings of the product.",
        footerHeading = "%nExamples:%n",
        footer = {"  skyferry config list"})
public final class ConfigListCommand implements Action {
    private final Context context;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    /// A command in this context.
    public ConfigListCommand(Context context) {
        this.context = context;
    }

    @Override
    public int act() {
        Output out = context.console().out();
        var all = new Json();
        context.services().settings().all().forEach((name, value) -> {
            if (json) {
                all.put(name.key(), value);
            } else {
                out.line("%s: %s".formatted(name.key(), out.name(value.replace("\n", ", "))));
            }
        });
        if (json) {
            out.line(all.toString());
        }
        return ExitCodes.SUCCESS;
    }
}
