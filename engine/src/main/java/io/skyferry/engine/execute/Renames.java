package io.skyferry.engine.execute;

import io.skyferry.engine.compare.Tags;
import io.skyferry.engine.options.Mode;
import io.skyferry.engine.pair.Agreed;
import io.skyferry.engine.pair.PairMemory;
import io.skyferry.engine.pair.Side;
import io.skyferry.engine.plan.Step;
import io.skyferry.storage.Capabilities;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.HashType;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.Verb;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/// Finds files that were renamed at the source, by the memory, and moves them at the target. Where that cannot
/// move, they are copied there, and what stands under the old paths goes with the other deletes.
public final class Renames {
    /// Beyond this many a new path is transferred: the origins are held in memory until the deletes are counted.
    private static final int MOST = 100_000;

    private final Scope scope;
    private final Looks looks;
    private final boolean possible;
    private final boolean moves;
    private final AtomicBoolean refused = new AtomicBoolean();
    /// By old paths, what stood there when it was copied; empty where its version tells that anyway.
    private final Map<RelPath, Optional<Entry.File>> origins = new ConcurrentHashMap<>();
    private final LongAdder bytes = new LongAdder();

    /// For one run.
    public Renames(Scope scope) {
        this.scope = scope;
        this.looks = new Looks(scope);
        this.moves = scope.target().capabilities().can(Verb.MOVE);
        this.possible = scope.run().mode() == Mode.SYNC
                && isOneCall(scope.target())
                && scope.run().memory().standing() instanceof PairMemory.Standing.Known;
    }

    /// Whether a storage brings what it has to another path by itself.
    static boolean isOneCall(Storage storage) {
        return storage.capabilities().can(Verb.MOVE) || storage.capabilities().can(Verb.COPY);
    }

    /// Whether the files under the old paths are yet to be deleted.
    boolean leaveOrigins() {
        return !moves;
    }

    /// Whether a new path can turn out to be a rename at all.
    boolean arePossible() {
        return possible;
    }

    /// Whether one look at the old path tells that the source has it no more.
    ///
    /// Where only the target takes several names for one, such a look does not find the file under another of
    /// them; where a file says that its directory is left out, it does not tell whether the origin is selected:
    /// both listings must be read to the end.
    boolean areToldAtOnce() {
        return scope.findsAll(scope.source())
                && scope.run().selection().markers().isEmpty();
    }

    /// Whether what stood under this path of the target was moved away in this run, or copied to where it belongs.
    boolean movedAway(RelPath path) {
        return origins.containsKey(path);
    }

    /// What may be deleted under this path: of what was copied nothing else than just that.
    Entry.File asCopied(Entry.File listed) {
        return origins.getOrDefault(listed.path(), Optional.empty()).orElse(listed);
    }

    /// How many were moved.
    int count() {
        return origins.size();
    }

    /// How many bytes were moved.
    long bytes() {
        return bytes.sum();
    }

    /// The rename that brings a new source file to its path; empty if it was none.
    Optional<Step.Rename> find(Entry.File source) {
        if (!possible || refused.get() || source.id().isEmpty() || origins.size() >= MOST) {
            return Optional.empty();
        }
        for (Agreed row : scope.run().memory().agreedAs(Side.LEFT, source.id().orElseThrow())) {
            if (row.size() == source.size() && !row.path().equals(source.path()) && isGone(row.path())) {
                Optional<Entry.File> origin = target(row, source);
                if (origin.isPresent()) {
                    return origin.map(old -> new Step.Rename(source, old, source.path()));
                }
            }
        }
        return Optional.empty();
    }

    /// A file that is still under its old path was linked or copied, not renamed.
    private boolean isGone(RelPath path) {
        return scope.source().stat(path).filter(Entry.File.class::isInstance).isEmpty();
    }

    /// What the target has under the old path, if it is what both agreed on and what the source holds.
    private Optional<Entry.File> target(Agreed row, Entry.File source) {
        Storage target = scope.target();
        return target.stat(row.path())
                .filter(Entry.File.class::isInstance)
                .map(Entry.File.class::cast)
                .filter(scope::isSelectedAtTarget)
                .filter(file -> isStill(file, row))
                .map(file -> Scope.sealed(file, Optional.of(row), Side.RIGHT))
                .filter(file ->
                        scope.sameness().timesAgree(source, file) || (canBeTimed(source) && hashIs(source, row)));
    }

    /// Whether a file that is moved to its new path can be given the time of its source.
    boolean canBeTimed(Entry.File source) {
        return !moves
                || scope.target().capabilities().can(Verb.SET_MOD_TIME)
                || scope.target().capabilities().modTimes().keeping() == Capabilities.Keeping.NOT_KEPT;
    }

    /// The moved file with its source's time.
    private Entry.File timed(Entry.File source, Entry.File moved) {
        Optional<Instant> time = source.modTime().known();
        boolean differs = time.isPresent()
                && moved.modTime().known().isPresent()
                && !scope.sameness().timesAgree(source, moved);
        return differs && scope.target().capabilities().can(Verb.SET_MOD_TIME)
                ? scope.target().setModTime(moved, time.orElseThrow())
                : moved;
    }

    private boolean isStill(Entry.File file, Agreed row) {
        return Tags.of(file).equals(row.right())
                && row.doubt()
                        .unflushedIn()
                        .map(scope.run().clock().boot()::equals)
                        .orElse(true);
    }

    private boolean hashIs(Entry.File source, Agreed row) {
        return row.hash().isPresent()
                && ContentHash.of(
                                scope.source(),
                                source,
                                HashType.XXH128,
                                scope.run().cancel())
                        .equals(row.hash().orElseThrow());
    }

    /// Notes that a file is moved away, or is to be in a dry run.
    void note(Step.Rename step) {
        Optional<Entry.File> seen = Optional.of(step.origin())
                .filter(file -> !moves && file.version().isEmpty());
        if (origins.putIfAbsent(step.origin().path(), seen) == null) {
            bytes.add(Math.max(0, step.origin().size()));
        }
    }

    /// Moves the file at the target, or copies it.
    ///
    /// @throws StorageException if it could not be moved; then nothing has changed, and it is to be transferred
    void run(Step.Rename step) {
        scope.tally().began(step);
        Backups.makeAbove(scope.target(), step.path());
        Optional<String> hash = scope.rowOf(step.origin().path())
                .filter(row -> row.right().equals(Tags.of(step.origin())))
                .flatMap(Agreed::hash);
        if (moves) {
            move(step, hash);
        } else {
            copy(step, hash);
        }
        scope.tally().renamed(step);
    }

    private void move(Step.Rename step, Optional<String> hash) {
        Entry.File moved = timed(step.source(), scope.target().move(step.origin(), step.path()));
        note(step);
        scope.forget(step.origin().path());
        scope.agreeMoved(step.source(), moved, hash);
    }

    private void copy(Step.Rename step, Optional<String> hash) {
        Entry.File source = looks.sourceWithTime(step.source());
        try {
            Entry.File copy = scope.target().copy(step.origin(), step.path(), scope.writing(source, Optional.empty()));
            note(step);
            scope.agreeCopied(source, copy, hash);
        } catch (StorageException failure) {
            if (failure.kind() == ErrorKind.UNSUPPORTED) {
                refused.set(true);
            }
            throw failure;
        }
    }
}
