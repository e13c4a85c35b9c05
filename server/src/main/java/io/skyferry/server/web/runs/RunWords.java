package io.skyferry.server.web.runs;

import io.skyferry.control.runs.Run;
import io.skyferry.control.runs.RunKind;
import io.skyferry.control.runs.RunProgress;
import io.skyferry.control.runs.RunState;
import io.skyferry.server.web.Shown;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What is said of runs, in the words of people.
public final class RunWords {
    private static final String NOTHING_YET = "0 / 0 files";

    private RunWords() {}

    /// Whether it does anything.
    public static String kind(Run run) {
        return run.kind() == RunKind.DRY_RUN ? "Dry run" : "Run";
    }

    /// Why there is a run.
    public static String cause(Run run) {
        String origin = run.origin().map(id -> " of run " + id).orElse("");
        return switch (run.cause()) {
            case SCHEDULE -> "By schedule";
            case MISSED -> "Makes up for missed times";
            case MANUAL -> "Asked for by " + run.caller();
            case RESUME -> "Goes on" + origin.replace(" of", " after") + ", which was cut short";
            case APPROVAL -> "Does the plan%s, approved by %s".formatted(origin, run.caller());
            case UNDO -> "Puts back the changes%s, for %s".formatted(origin, run.caller());
        };
    }

    /// How much of it is done, in hundredths: of the bytes, where any are to go over.
    public static long percent(RunProgress progress) {
        return progress.bytesWanted() > 0
                ? Math.clamp(progress.bytesDone() * 100 / progress.bytesWanted(), 0, 100)
                : progress.percent();
    }

    /// What it does before it is known how much is to go over.
    public static String looking(RunProgress progress) {
        if (progress.listed() + progress.checked() == 0) {
            String words = progress.description();
            return words.isEmpty() || words.startsWith(NOTHING_YET)
                    ? "Waiting for its turn, or for the first answer…"
                    : words;
        }
        return "Looking at both sides: %s, %s"
                .formatted(
                        Shown.count(progress.listed(), "entry listed", "entries listed"),
                        Shown.count(progress.checked(), "file compared", "files compared"));
    }

    /// How long it took, or has taken.
    public static String duration(Run run, Instant now) {
        return run.started()
                .map(begun ->
                        Shown.duration(Duration.between(begun, run.finished().orElse(now))))
                .orElse("");
    }

    /// What to do about how it ended; empty where there is nothing to do.
    public static Optional<String> next(Run run) {
        return switch (run.state()) {
            case WAITING -> Optional.of("It begins as soon as nothing else works on the same places.");
            case FAILED ->
                Optional.of(
                        run.totals().failed() > 0
                                ? "Look at the causes below. What went over stays; run it again once the cause is gone, and"
                                        + " only the rest is transferred."
                                : ErrorCauses.ofWhole(run.message()));
            case REFUSED ->
                Optional.of(
                        "A guard held it back, because it would delete or replace more than the task allows. Nothing was"
                                + " deleted; where only the deletes were too many, new and changed files went over before."
                                + " Look at the plan of what is left: approve it if it is what you want, else check that"
                                + " the source is complete.");
            case INTERRUPTED ->
                Optional.of(
                        "Skyferry itself ended before the run did. Its next start goes on with the run, where the task says"
                                + " Go on when the service starts again. What went over stays: Run Now transfers the rest.");
            case ABORTED -> Optional.of("Somebody stopped it. What went over stays; the next run does the rest.");
            case WARNINGS -> Optional.of("All is in step. The log tells what to know.");
            case RUNNING, SUCCESS -> Optional.empty();
        };
    }

    /// Whether somebody can approve of its plan.
    public static boolean isApprovable(Run run) {
        boolean planned = run.state() == RunState.REFUSED
                || (run.kind() == RunKind.DRY_RUN && run.state().isGood());
        return planned && run.task().isPresent() && run.answered().isEmpty();
    }
}
