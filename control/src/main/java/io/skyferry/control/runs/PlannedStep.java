package io.skyferry.control.runs;

import io.skyferry.engine.plan.Step;
import io.skyferry.storage.Entry;
import io.skyferry.storage.RelPath;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/// A step of a plan as people look at it.
///
/// @param from where a renamed or copied file lies now
/// @param size of the file; empty: it has none, or nobody knows it
/// @param goesOver whether its bytes are read here and written there
record PlannedStep(PlanChange change, RelPath path, Optional<RelPath> from, OptionalLong size, boolean goesOver) {
    static PlannedStep of(Step step) {
        return new PlannedStep(PlanChange.of(step), step.path(), from(step), size(step), step instanceof Step.Transfer);
    }

    private static Optional<RelPath> from(Step step) {
        return switch (step) {
            case Step.Rename rename -> Optional.of(rename.origin().path());
            case Step.CopyAtTarget copy -> Optional.of(copy.origin().path());
            case Step.Transfer _,
                    Step.SetTime _,
                    Step.DeleteTarget _,
                    Step.DeleteSource _,
                    Step.MakeDirectory _,
                    Step.RemoveDirectory _ -> Optional.empty();
        };
    }

    private static OptionalLong size(Step step) {
        return switch (step) {
            case Step.Transfer transfer -> size(transfer.source());
            case Step.CopyAtTarget copy -> size(copy.source());
            case Step.Rename rename -> size(rename.source());
            case Step.SetTime time -> size(time.source());
            case Step.DeleteTarget delete -> size(delete.target());
            case Step.DeleteSource delete -> size(delete.source());
            case Step.MakeDirectory _, Step.RemoveDirectory _ -> OptionalLong.empty();
        };
    }

    private static OptionalLong size(Entry.File file) {
        return file.size() < 0 ? OptionalLong.empty() : OptionalLong.of(file.size());
    }

    /// The bytes that go over, as far as they are known.
    long bytes() {
        return goesOver ? size.orElse(0) : 0;
    }

    /// Whether the path holds a text, letters of either case alike.
    boolean holds(String text) {
        return text.isEmpty() || path.text().toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
    }
}
