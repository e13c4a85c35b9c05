package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.option.HelpOption;
import io.skyferry.control.json.Json;
import io.skyferry.control.setting.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `skyferry config get`: one setting.
@Command(
        name = "get",
        abbreviateSynopsis = true,
        description = "Print a setting.",
        footerHeading = "%nExamples:%n",
        footer = {"  skyferry config get max-runs"})
public final class ConfigGetCommand implements Action {
    private final Context context;

    private String name = "";

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    /// A command in this context.
    public ConfigGetCommand(Context context) {
        this.context = context;
    }

    @Parameters(paramLabel = "NAME", description = "As 'config list' shows it.")
    void name(String given) {
        name = given;
    }

    @Override
    public int act() {
        String value = context.services().settings().get(Settings.Name.of(name));
        context.console().out().line(json ? new Json().put(name, value).toString() : value);
        return ExitCodes.SUCCESS;
    }
}
