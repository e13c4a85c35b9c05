package io.skyferry.engine.plan;

import io.skyferry.storage.Entry;
import io.skyferry.storage.RelPath;
import java.util.Optional;

/// One thing that a run will do. Carries what was seen, so that nothing else is touched.
public sealed interface Step {
    /// The path on the side where the effect is.
    RelPath path();

    /// Bytes go from source to target.
    ///
    /// @param replaced what stands at the target now; empty: nothing
    record Transfer(Entry.File source, RelPath path, Optional<Entry.File> replaced) implements Step {}

    /// The target makes the file of one that it has.
    ///
    /// @param origin on the target
    record CopyAtTarget(Entry.File source, Entry.File origin, RelPath path, Optional<Entry.File> replaced)
            implements Step {}

    /// A file is moved at the target, as it was at the source.
    ///
    /// @param origin on the target, under its old path
    record Rename(Entry.File source, Entry.File origin, RelPath path) implements Step {}

    /// Only the time differs.
    record SetTime(Entry.File source, Entry.File target) implements Step {
        @Override
        public RelPath path() {
            return target.path();
        }
    }

    /// A file goes from the target.
    record DeleteTarget(Entry.File target) implements Step {
        @Override
        public RelPath path() {
            return target.path();
        }
    }

    /// A file goes from the source, for its copy is safe.
    ///
    /// @param target the copy; empty in a plan where the copy is yet to be made
    record DeleteSource(Entry.File source, Optional<Entry.File> target) implements Step {
        @Override
        public RelPath path() {
            return source.path();
        }
    }

    /// A directory is made at the target.
    record MakeDirectory(RelPath path) implements Step {}

    /// A directory goes from the target, if it is empty by then.
    record RemoveDirectory(RelPath path) implements Step {}
}
