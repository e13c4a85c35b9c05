package io.skyferry.engine.plan;

import io.skyferry.engine.compare.Pair;
import io.skyferry.engine.options.Mode;
import io.skyferry.storage.Entry;
import io.skyferry.storage.RelPath;
import java.util.ArrayList;
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
            case Pair.TargetOnly(var _, Entry target, var _) -> notAtSource(List.of(target));
            // Names that fall together at the target alone are in nobody's way: nothing of the source is one of them.
            case Pair.Clash(var _, List<Entry> sources, List<Entry> targets, var _)
            when sources.isEmpty() -> notAtSource(targets);
            case Pair.Clash(var _, List<Entry> sources, List<Entry> targets, var _) ->
                new Decision.Clash(sources.size() > 1 ? sources : targets);
            case Pair.Neither _ -> new Decision.Forget();
        };
    }

    /// Entries of one key are of one kind: a directory's key is no file's.
    private Decision notAtSource(List<Entry> targets) {
        if (mode != Mode.SYNC) {
            return NOTHING;
        }
        List<Entry.File> files = new ArrayList<>();
        List<RelPath> directories = new ArrayList<>();
        for (Entry target : targets) {
            if (target instanceof Entry.File file) {
                files.add(file);
            } else if (target instanceof Entry.Directory directory) {
                directories.add(directory.path());
            }
        }
        if (!files.isEmpty()) {
            return new Decision.DeleteLater(files);
        }
        return directories.isEmpty() ? NOTHING : new Decision.RemoveLater(directories);
    }
}
