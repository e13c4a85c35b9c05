package io.skyferry.engine.pair;

import io.skyferry.storage.ItemId;
import io.skyferry.storage.Part;
import io.skyferry.storage.RelPath;
import java.util.List;
import java.util.Optional;

/// A memory seen from the other end: its left is the other's right.
public final class ExchangedPairMemory implements PairMemory {
    private final PairMemory inner;

    /// The memory with its sides exchanged; closing this closes that.
    public ExchangedPairMemory(PairMemory inner) {
        this.inner = inner;
    }

    @Override
    public Standing standing() {
        return inner.standing();
    }

    @Override
    public Optional<Roots> roots() {
        return inner.roots().map(Roots::exchanged);
    }

    @Override
    public void putRoots(Roots roots) {
        inner.putRoots(roots.exchanged());
    }

    @Override
    public Rows agreed() {
        return new ExchangedRows(inner.agreed());
    }

    @Override
    public Optional<Agreed> agreedAt(PairKey key) {
        return inner.agreedAt(key).map(Agreed::exchanged);
    }

    @Override
    public List<Agreed> agreedAs(Side side, ItemId id) {
        return inner.agreedAs(side.other(), id).stream().map(Agreed::exchanged).toList();
    }

    @Override
    public long agreedFiles() {
        return inner.agreedFiles();
    }

    @Override
    public void put(Agreed row) {
        inner.put(row.exchanged());
    }

    @Override
    public void forget(PairKey key) {
        inner.forget(key);
    }

    @Override
    public void believeFlushed() {
        inner.believeFlushed();
    }

    @Override
    public void believeRows() {
        inner.believeRows();
    }

    @Override
    public void settle() {
        inner.settle();
    }

    @Override
    public Optional<Unfinished> unfinishedAt(Side side, RelPath path) {
        return inner.unfinishedAt(side.other(), path).map(Unfinished::exchanged);
    }

    @Override
    public List<Unfinished> unfinished() {
        return inner.unfinished().stream()
                .map(Unfinished::exchanged)
                .sorted(ExchangedPairMemory::inOrder)
                .toList();
    }

    private static int inOrder(Unfinished one, Unfinished other) {
        int bySide = one.side().compareTo(other.side());
        return bySide == 0 ? one.path().compareTo(other.path()) : bySide;
    }

    @Override
    public void begin(Unfinished unfinished) {
        inner.begin(unfinished.exchanged());
    }

    @Override
    public void promise(Side side, RelPath path, int number, String promise) {
        inner.promise(side.other(), path, number, promise);
    }

    @Override
    public void arrived(Side side, RelPath path, Part part) {
        inner.arrived(side.other(), path, part);
    }

    @Override
    public void end(Side side, RelPath path) {
        inner.end(side.other(), path);
    }

    @Override
    public void intend(Side side, RelPath path, List<String> pendingIds) {
        inner.intend(side.other(), path, pendingIds);
    }

    @Override
    public Optional<List<String>> intent(Side side, RelPath path) {
        return inner.intent(side.other(), path);
    }

    @Override
    public List<RelPath> intended(Side side) {
        return inner.intended(side.other());
    }

    @Override
    public void endIntent(Side side, RelPath path) {
        inner.endIntent(side.other(), path);
    }

    @Override
    public void skip(Skip skip) {
        inner.skip(skip.exchanged());
    }

    @Override
    public Optional<Skip> skipped(Side side, RelPath path) {
        return inner.skipped(side.other(), path).map(Skip::exchanged);
    }

    @Override
    public void endSkip(Side side, RelPath path) {
        inner.endSkip(side.other(), path);
    }

    @Override
    public Optional<String> cursor(String feed) {
        return inner.cursor(feed);
    }

    @Override
    public void putCursor(String feed, String position) {
        inner.putCursor(feed, position);
    }

    @Override
    public void close() {
        inner.close();
    }

    private record ExchangedRows(Rows inner) implements Rows {
        @Override
        public boolean hasNext() {
            return inner.hasNext();
        }

        @Override
        public Agreed next() {
            return inner.next().exchanged();
        }

        @Override
        public void close() {
            inner.close();
        }
    }
}
