package io.skyferry.engine.plan;

import io.skyferry.engine.compare.Pair;
import io.skyferry.engine.options.Mode;
import io.skyferry.storage.Entry;
import java.util.List;

/// Decides what a pair comes to in a one-way run. Pure: the whole policy is on this page.
public final class OneWayPlanner {
    private static final Decision NOTHING = new Decision.Nothing();

    private final Mode mode;
    private final boolean emptyDirectories;

    /// For one run.
    public OneWayPlanner(Mode mode, EmptyDirectories directories) {
        this.mode = mode;
        this.emptyDirectories = directories == EmptyDirectories.MADE;
    }

    /// What becomes of directories that hold nothing.
    public enum EmptyDirectories {
        /// They are made at the target too.
        MADE,
        /// They are left out.
        LEFT_OUT
    }

    /// The decision for one pair.
    public Decision decide(Pair pair) {
        return switch (pair) {
            case Pair.SourceOnly(var _, Entry.File source, var _) -> new Decision.Bring(source);
            case Pair.SourceOnly(var _, Entry.Directory source, var _)
            when emptyDirectories -> new Decision.Make(source.path());
            case Pair.SourceOnly _ -> NOTHING;
            case Pair.Both(var _, Entry.File source, Entry.File target, var _) -> new Decision.Judge(source, target);
            // What stands in the way at the target refuses the file, and the refusal is told.
            case Pair.Both(var _, Entry.File source, var _, var _) -> new Decision.Bring(source);
            case Pair.Both _ -> NOTHING;
            case Pair.TargetOnly(var _, Entry.File target, var _)
            when mode == Mode.SYNC -> new Decision.DeleteLater(target);
            case Pair.TargetOnly(var _, Entry.Directory target, var _)
            when mode == Mode.SYNC -> new Decision.RemoveLater(target.path());
            case Pair.TargetOnly _ -> NOTHING;
            case Pair.Clash(var _, List<Entry> sources, List<Entry> targets, var _) ->
                new Decision.Clash(sources.size() > 1 ? sources : targets);
            case Pair.Neither _ -> new Decision.Forget();
        };
    }
}
