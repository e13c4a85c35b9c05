package io.skyferry.engine.execute;

import io.skyferry.engine.compare.Tags;
import io.skyferry.engine.pair.PairMemory;
import io.skyferry.engine.pair.Side;
import io.skyferry.engine.pair.Skip;
import io.skyferry.engine.plan.Step;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.Verb;
import java.util.Optional;

/// Entries that cannot be kept in step: names that fall together, files in whose way something stands. The memory
/// keeps each with its tag and the reason until it is in step; no bytes are sent again to learn the same.
final class Skips {
    private final Scope scope;

    Skips(Scope scope) {
        this.scope = scope;
    }

    private PairMemory memory() {
        return scope.run().memory();
    }

    /// Writes one down; nothing where the memory has it so.
    void add(Side side, Entry entry, String reason) {
        var skip = new Skip(side, entry.path(), reason, tagOf(entry));
        if (!memory().skipped(side, entry.path()).equals(Optional.of(skip))) {
            memory().skip(skip);
        }
    }

    private static String tagOf(Entry entry) {
        return entry instanceof Entry.File file ? Tags.of(file) : "";
    }

    /// Both sides agree on a file: nothing is skipped there any more.
    void end(RelPath source, RelPath target) {
        end(Side.LEFT, source);
        end(Side.RIGHT, target);
    }

    private void end(Side side, RelPath path) {
        if (memory().skipped(side, path).isPresent()) {
            memory().endSkip(side, path);
        }
    }

    /// What stands in the way of a file as it did before; empty where the file has changed since, or the way is free.
    Optional<StorageException> inTheWay(Step.Transfer step) {
        Optional<Skip> skip = memory().skipped(Side.LEFT, step.source().path());
        if (skip.isEmpty()
                || !skip.orElseThrow().tag().equals(Tags.of(step.source()))
                || !scope.hasDirectories()
                || step.replaced().isPresent()
                || !isObstructed(step.path())) {
            return Optional.empty();
        }
        return Optional.of(StorageException.noEffect(
                ErrorKind.NOT_A_FILE,
                new StorageException.Where(scope.target().displayName(), Verb.WRITE, step.path()),
                skip.orElseThrow().reason()));
    }

    private boolean isObstructed(RelPath path) {
        try {
            Storage target = scope.target();
            if (target.stat(path)
                    .filter(there -> !(there instanceof Entry.File))
                    .isPresent()) {
                return true;
            }
            for (RelPath above = path.parent(); !above.isRoot(); above = above.parent()) {
                if (target.stat(above).filter(Entry.File.class::isInstance).isPresent()) {
                    return true;
                }
            }
            return false;
        } catch (StorageException failure) {
            // The transfer itself will say what is wrong.
            return false;
        }
    }
}
