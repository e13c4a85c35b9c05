package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.console.Output;
import io.skyferry.cli.option.HelpOption;
import io.skyferry.control.alert.Alert;
import io.skyferry.control.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `skyferry alert list`: what somebody should look at.
@Command(
        name = "list",
        abbreviateSynopsis = true,
        description = "List what somebody should look at.",
        footerHeading = "%nExamples:%n",
        footer = {"  skyferry alert list", "  skyferry alert list --json"})
public final class AlertListCommand implements Action {
    private final Context context;

    @Option(names = "--json", description = "Print one JSON object a line.")
    private boolean json;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    /// A command in this context.
    public AlertListCommand(Context context) {
        this.context = context;
    }

    @Override
    public int act() {
        Output out = context.console().out();
        for (Alert alert : context.services().alerts().list()) {
            out.line(json ? object(alert).toString() : words(out, alert));
        }
        return ExitCodes.SUCCESS;
    }

    private static String words(Output out, Alert alert) {
        return "%s  %s  %s  %s%s"
                .formatted(
                        alert.id(),
                        alert.rule().level(),
                        alert.raised(),
                        out.name(alert.words()),
                        alert.dismissed().isPresent() ? " (dismissed)" : "");
    }

    private static Json object(Alert alert) {
        return new Json()
                .put("id", alert.id())
                .put("rule", alert.rule().name())
                .put("level", alert.rule().level().name())
                .put("object", alert.object())
                .put("text", alert.words())
                .put("raised", alert.raised().toString())
                .put("times", alert.times())
                .put("dismissed", alert.dismissed().isPresent());
    }
}
