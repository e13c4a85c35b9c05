package io.skyferry.engine.compare;

import io.skyferry.engine.pair.Agreed;
import io.skyferry.storage.Entry;
import java.util.List;
import java.util.Optional;

/// What two listings and the memory say of one key.
public sealed interface Pair {
    /// Where it stands in the order of all.
    String key();

    /// The memory's row; empty: none.
    Optional<Agreed> agreed();

    /// Only the source has it.
    record SourceOnly(String key, Entry source, Optional<Agreed> agreed) implements Pair {}

    /// Only the target has it.
    record TargetOnly(String key, Entry target, Optional<Agreed> agreed) implements Pair {}

    /// Both have it, two files or two directories.
    record Both(String key, Entry source, Entry target, Optional<Agreed> agreed) implements Pair {}

    /// Several entries of one side fall together here.
    record Clash(String key, List<Entry> sources, List<Entry> targets, Optional<Agreed> agreed) implements Pair {}

    /// Neither has it any more.
    record Neither(String key, Agreed row) implements Pair {
        @Override
        public Optional<Agreed> agreed() {
            return Optional.of(row);
        }
    }
}
