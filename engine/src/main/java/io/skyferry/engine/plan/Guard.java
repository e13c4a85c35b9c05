package io.skyferry.engine.plan;

import io.skyferry.engine.options.RunOptions.Guards;
import io.skyferry.engine.options.RunOptions.Limit;
import io.skyferry.engine.pair.Roots;
import io.skyferry.limits.Counted;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// What stops a run before it harms: each answer is empty, or says what was found and which option lifts it. Pure.
public final class Guard {
    private final Guards guards;

    /// With the user's limits.
    public Guard(Guards guards) {
        this.guards = guards;
    }

    /// Whether both roots lie on the file systems that they lay on before.
    public Optional<String> roots(Optional<Roots> before, Roots now) {
        if (before.isEmpty() || guards.acceptNewRoots()) {
            return Optional.empty();
        }
        return volume("source", before.orElseThrow().leftVolume(), now.leftVolume())
                .or(() -> volume("target", before.orElseThrow().rightVolume(), now.rightVolume()));
    }

    private static Optional<String> volume(String side, String before, String now) {
        return before.equals(now)
                ? Optional.empty()
                : Optional.of(("The %s lies on another file system than at the last run (then '%s', now '%s'):"
                                + " perhaps it is not mounted. Mount it, or say --accept-new-root if this is right")
                        .formatted(side, before, now));
    }

    /// Whether a source without files may empty the target.
    public Optional<String> emptySource(long sourceFiles, long deletes) {
        return sourceFiles > 0 || deletes == 0 || guards.allowEmptySource()
                ? Optional.empty()
                : Optional.of(("The source has no file that is selected, and the target has %s that would be deleted:"
                                + " perhaps the source is not mounted. Say --allow-empty-source if this is right")
                        .formatted(Counted.of(deletes, "file")));
    }

    /// Whether a plan may be done whose source has been emptied since it was made.
    ///
    /// @param hasFiles asked only where the answer counts
    public Optional<String> emptySinceThePlan(BooleanSupplier hasFiles) {
        return guards.allowEmptySource() || hasFiles.getAsBoolean()
                ? Optional.empty()
                : Optional.of(
                        "The source has no file now, while the plan has steps for files: perhaps the source is not"
                                + " mounted. Nothing was done. Say --allow-empty-source if this is right");
    }

    /// Whether the deletes of a plan may be done: somebody saw them when it was made, so only a number that the
    /// user gives with it counts.
    public Optional<String> plannedDeletes(long deletes, long bytes) {
        return guards.maxDelete()
                .flatMap(limit -> tooMany(limit, deletes, deletes, ""))
                .or(() -> tooLarge(bytes));
    }

    /// Whether so many files may be deleted.
    ///
    /// @param targetFiles how many the run selects at the target
    /// @param known whether the pair has a memory of earlier runs
    public Optional<String> deletes(long deletes, long bytes, long targetFiles, boolean known) {
        Limit limit = guards.maxDelete().orElse(known ? Limit.DELETE_KNOWN : Limit.DELETE_NEW);
        String first = guards.maxDelete().isEmpty() && !known ? " (at most 10 % while the pair has no memory)" : "";
        return tooMany(limit, deletes, targetFiles, first).or(() -> tooLarge(bytes));
    }

    private static Optional<String> tooMany(Limit limit, long deletes, long targetFiles, String first) {
        return over(limit, deletes, targetFiles)
                .map(found -> ("Deletes are held back: %s would go, and the limit is %s%s."
                                + " Say --max-delete %s if this is right")
                        .formatted(found, textOf(limit), first, deletes));
    }

    private Optional<String> tooLarge(long bytes) {
        return guards.maxDeleteBytes().isPresent()
                        && bytes > guards.maxDeleteBytes().orElseThrow()
                ? Optional.of(("Deletes are held back: %s would go, and the limit is %s."
                                + " Say --max-delete-size %s if this is right")
                        .formatted(
                                Counted.of(bytes, "byte"),
                                guards.maxDeleteBytes().orElseThrow(),
                                bytes))
                : Optional.empty();
    }

    /// Whether so many files may be replaced.
    public Optional<String> replacements(long replaced, long targetFiles) {
        return guards.maxReplace()
                .flatMap(limit -> over(limit, replaced, targetFiles)
                        .map(found -> ("Nothing is replaced: %s would be, and the limit is %s."
                                        + " Say --max-replace %s if this is right")
                                .formatted(found, textOf(limit), replaced)));
    }

    private static Optional<String> over(Limit limit, long files, long of) {
        boolean tooMany = switch (limit) {
            case Limit.Count(long most) -> files > most;
            case Limit.Share(int percent, long from) -> of >= from && files * 100 > of * percent;
        };
        return tooMany ? Optional.of(files + " of " + Counted.of(of, "file")) : Optional.empty();
    }

    private static String textOf(Limit limit) {
        return switch (limit) {
            case Limit.Count(long most) -> Counted.of(most, "file");
            case Limit.Share(int percent, var _) -> "%s %%".formatted(percent);
        };
    }
}
