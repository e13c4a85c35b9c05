package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.console.Output;
import io.skyferry.cli.option.HelpOption;
import io.skyferry.control.runs.Runs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `skyferry log show`: prints the log of a run.
@Command(
        name = "show",
        abbreviateSynopsis = true,
        description = "Print the log of a run.",
        footerHeading = "%nExamples:%n",
        footer = {"  skyferry log show 17"})
public final class LogShowCommand implements Action {
    private final Context context;

    private long run;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    /// A command in this context.
    public LogShowCommand(Context context) {
        this.context = context;
    }

    @Parameters(paramLabel = "RUN", description = "Its number.")
    void run(long given) {
        run = given;
    }

    @Override
    public int act() {
        Output out = context.console().out();
        long at = 0;
        while (true) {
            Runs.LogPiece piece = context.services().runs().log(run, at, 1 << 16);
            if (piece.text().isEmpty()) {
                break;
            }
            out.text(piece.text());
            at = piece.next();
        }
        if (at == 0) {
            context.console().err().line("The log of run %s is kept no longer.".formatted(run));
        }
        return ExitCodes.SUCCESS;
    }
}
