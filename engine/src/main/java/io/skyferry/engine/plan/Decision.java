package io.skyferry.engine.plan;

import io.skyferry.storage.Entry;
import io.skyferry.storage.RelPath;
import java.util.List;

/// What a pair comes to.
public sealed interface Decision {
    /// The source's file goes to a path where the target has nothing; perhaps it was renamed.
    record Bring(Entry.File source) implements Decision {}

    /// Both have the file: a judgement says what is to be done.
    record Judge(Entry.File source, Entry.File target) implements Decision {}

    /// The target's files go, once everything else is done: more than one where names fall together.
    record DeleteLater(List<Entry.File> targets) implements Decision {}

    /// The target's directories go, once they are empty.
    record RemoveLater(List<RelPath> directories) implements Decision {}

    /// A directory that may be empty is made at the target.
    record Make(RelPath directory) implements Decision {}

    /// Several entries would be one at the target: none is touched.
    record Clash(List<Entry> entries) implements Decision {}

    /// The memory's row is about nothing any more.
    record Forget() implements Decision {}

    /// Nothing is to be done.
    record Nothing() implements Decision {}
}
