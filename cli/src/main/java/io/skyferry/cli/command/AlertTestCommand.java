package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.option.HelpOption;
import io.skyferry.limits.Counted;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `skyferry alert test`: sends a notice by every channel.
@Command(
        name = "test",
        abbreviateSynopsis = true,
        description = {
            "Send a notice by every channel; the running service delivers it.",
            "What does not arrive, and why, is shown by 'skyferry alert channel'."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  skyferry alert test"})
public final class AlertTestCommand implements Action {
    private final Context context;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    /// A command in this context.
    public AlertTestCommand(Context context) {
        this.context = context;
    }

    @Override
    public int act() {
        int channels = context.services().alerts().test(TaskText.caller());
        context.console()
                .out()
                .line("%s tried by the running service.".formatted(Counted.of(channels, "channel is", "channels are")));
        return channels > 0 ? ExitCodes.SUCCESS : ExitCodes.FAILED;
    }
}
