package io.skyferry.engine.world;

import io.skyferry.engine.pair.Agreed;
import io.skyferry.engine.pair.HeldPairMemory;
import io.skyferry.engine.pair.PairKey;
import io.skyferry.engine.pair.PairMemory;
import io.skyferry.engine.pair.PairMemoryException;
import io.skyferry.engine.pair.Roots;
import io.skyferry.engine.pair.Side;
import io.skyferry.engine.pair.Skip;
import io.skyferry.engine.pair.Unfinished;
import io.skyferry.storage.ItemId;
import io.skyferry.storage.Part;
import io.skyferry.storage.RelPath;
import java.util.List;
import java.util.Optional;

/// A memory whose writes are moments, too: a crash or a full disk may come before or after each.
final class WatchedMemory implements PairMemory {
    private final HeldPairMemory inner;
    private final Moments moments;
    private final Parts parts;
    private final Watch.Kind kind;
    private final long failsAt;
    private long writes;

    /// @param failsAt which write fails, and all behind it; -1: none
    WatchedMemory(HeldPairMemory inner, Moments moments, Parts parts, Watch.Kind kind, long failsAt) {
        this.inner = inner;
        this.moments = moments;
        this.parts = parts;
        this.kind = kind;
        this.failsAt = failsAt;
    }

    private void write(String what, RelPath path, Runnable doing) {
        moments.lock.lock();
        try {
            if (kind == Watch.Kind.TELLS) {
                throw new Violation("A dry run wrote to the memory: %s '%s'".formatted(what, path));
            }
            moments.pass("memory", "before " + what, path);
            writes++;
            if (failsAt >= 0 && writes >= failsAt) {
                throw new PairMemoryException("No space is left for the memory");
            }
            doing.run();
            moments.pass("memory", "after " + what, path);
        } finally {
            moments.lock.unlock();
        }
    }

    @Override
    public Standing standing() {
        return inner.standing();
    }

    @Override
    public Optional<Roots> roots() {
        return inner.roots();
    }

    @Override
    public void putRoots(Roots roots) {
        write("roots", RelPath.ROOT, () -> inner.putRoots(roots));
    }

    @Override
    public Rows agreed() {
        return inner.agreed();
    }

    @Override
    public Optional<Agreed> agreedAt(PairKey key) {
        return inner.agreedAt(key);
    }

    @Override
    public List<Agreed> agreedAs(Side side, ItemId id) {
        return inner.agreedAs(side, id);
    }

    @Override
    public long agreedFiles() {
        return inner.agreedFiles();
    }

    @Override
    public void put(Agreed row) {
        write("put", row.path(), () -> inner.put(row));
    }

    @Override
    public void forget(PairKey key) {
        write("forget", RelPath.ROOT, () -> inner.forget(key));
    }

    @Override
    public void believeFlushed() {
        write("believe flushed", RelPath.ROOT, inner::believeFlushed);
    }

    @Override
    public void believeRows() {
        write("believe rows", RelPath.ROOT, inner::believeRows);
    }

    @Override
    public void settle() {
        inner.settle();
    }

    @Override
    public Optional<Unfinished> unfinishedAt(Side side, RelPath path) {
        return inner.unfinishedAt(side, path);
    }

    @Override
    public List<Unfinished> unfinished() {
        return inner.unfinished();
    }

    @Override
    public void begin(Unfinished unfinished) {
        write("begin", unfinished.path(), () -> inner.begin(unfinished));
    }

    @Override
    public void promise(Side side, RelPath path, int number, String promise) {
        write("promise", path, () -> inner.promise(side, path, number, promise));
    }

    @Override
    public void arrived(Side side, RelPath path, Part part) {
        write("arrived", path, () -> {
            inner.arrived(side, path, part);
            parts.recorded(
                    side == Side.LEFT ? "left" : "right",
                    inner.unfinishedAt(side, path).orElseThrow().upload().token(),
                    part.number());
        });
    }

    @Override
    public void end(Side side, RelPath path) {
        write("end", path, () -> inner.end(side, path));
    }

    @Override
    public void intend(Side side, RelPath path, List<String> pendingIds) {
        write("intend", path, () -> inner.intend(side, path, pendingIds));
    }

    @Override
    public Optional<List<String>> intent(Side side, RelPath path) {
        return inner.intent(side, path);
    }

    @Override
    public List<RelPath> intended(Side side) {
        return inner.intended(side);
    }

    @Override
    public void endIntent(Side side, RelPath path) {
        write("end intent", path, () -> inner.endIntent(side, path));
    }

    @Override
    public void skip(Skip skip) {
        write("skip", skip.path(), () -> inner.skip(skip));
    }

    @Override
    public Optional<Skip> skipped(Side side, RelPath path) {
        return inner.skipped(side, path);
    }

    @Override
    public void endSkip(Side side, RelPath path) {
        write("end skip", path, () -> inner.endSkip(side, path));
    }

    @Override
    public Optional<String> cursor(String feed) {
        return inner.cursor(feed);
    }

    @Override
    public void putCursor(String feed, String position) {
        write("cursor", RelPath.ROOT, () -> inner.putCursor(feed, position));
    }

    @Override
    public void close() {
        inner.close();
    }
}
