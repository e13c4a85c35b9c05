package io.skyferry.cli.command;

import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.console.Output;
import io.skyferry.control.runs.Run;
import io.skyferry.control.runs.Service;

/// Has a run done and shows how far it is: by the service where it is up, else by this process.
final class RunFollowing {
    private final Context context;
    private final boolean json;
    private String shown = "";

    /// Whether the command waits for the end.
    enum Wait {
        YES,
        NO
    }

    RunFollowing(Context context, boolean json) {
        this.context = context;
        this.json = json;
    }

    /// Waits for the run, and does it where nobody else does.
    ///
    /// @return the exit code
    int act(Run run, Wait wait) {
        boolean served = Service.isServed(
                context.services().database(), context.services().clock());
        Output out = context.console().out();
        if (wait == Wait.NO && served) {
            out.line(json ? run.json().toString() : "Run %s was asked for.".formatted(run.id()));
            return ExitCodes.SUCCESS;
        }
        Run ended;
        try (Service service = context.services().service(context.services().alertWatch());
                Interrupts interrupts = Interrupts.raising(context, () -> {})) {
            ended = served ? service.follow(run.id(), this::show) : service.runToEnd(run.id(), this::show);
            if (interrupts.exitCode().isPresent()) {
                return interrupts.exitCode().orElseThrow();
            }
        }
        if (json) {
            out.line(ended.json().toString());
        } else {
            out.line("Run %s: %s%s"
                    .formatted(
                            ended.id(),
                            ended.state(),
                            ended.message().isEmpty() ? "" : ": " + out.name(ended.message())));
            out.line(ended.totals().words());
        }
        return switch (ended.state()) {
            case SUCCESS, WARNINGS -> ExitCodes.SUCCESS;
            case REFUSED -> ExitCodes.REFUSED;
            case ABORTED -> ExitCodes.INTERRUPTED;
            case FAILED, INTERRUPTED, WAITING, RUNNING -> ExitCodes.FAILED;
        };
    }

    private void show(Run run) {
        if (context.cancel().isRaised()) {
            var _ = context.services().runs().abort(run.id(), TaskText.caller());
        }
        String words = run.state().isFinal()
                ? ""
                : "%s %s%%  %s"
                        .formatted(
                                run.state(),
                                run.progress().percent(),
                                run.message().isEmpty() ? run.progress().description() : run.message());
        if (!json && !words.isEmpty() && !words.equals(shown)) {
            shown = words;
            context.console().err().line(words);
            context.console().err().flush();
        }
    }
}
