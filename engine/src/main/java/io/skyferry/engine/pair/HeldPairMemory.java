package io.skyferry.engine.pair;

import io.skyferry.engine.pair.HeldContents.Place;
import io.skyferry.storage.ItemId;
import io.skyferry.storage.Part;
import io.skyferry.storage.RelPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Consumer;

/// A memory that lives as long as its process: for runs that shall leave no state, and for simulated crashes.
///
/// It tells what is settled from what a crash would lose, as one on a disk would: [#afterCrash] gives what the
/// next process finds. All it does is determined by the calls; it never waits and never fails.
public final class HeldPairMemory implements PairMemory {
    private final Standing standing;
    private final Keeping keeping;
    private final List<Consumer<HeldContents>> unsettled = new ArrayList<>();
    private HeldContents settled;
    private HeldContents now;
    private boolean closed;
    private Runnable whenClosed = () -> {};

    /// Which rows a memory takes.
    private enum Keeping {
        ROWS,
        NO_ROWS
    }

    /// All that a memory held at one moment.
    public static final class Snapshot {
        private final HeldContents contents;

        private Snapshot(HeldContents contents) {
            this.contents = contents;
        }

        /// The same with the sides exchanged.
        public Snapshot exchanged() {
            return new Snapshot(contents.exchanged());
        }

        /// The same, known to be an older copy that was put in the place of a newer one.
        public Snapshot rolledBack(String reason) {
            var older = new HeldContents(contents);
            older.rolledBack = Optional.of(reason);
            return new Snapshot(older);
        }
    }

    private HeldPairMemory(Standing standing, Keeping keeping, HeldContents contents) {
        this.standing = standing;
        this.keeping = keeping;
        this.settled = contents;
        this.now = new HeldContents(contents);
    }

    /// An empty memory of a new pair.
    public HeldPairMemory() {
        this(new Standing.New(), Keeping.ROWS, new HeldContents());
    }

    /// A memory that takes no rows and so stays small, however many files there are; it holds all the rest.
    public static HeldPairMemory withoutRows() {
        return new HeldPairMemory(new Standing.New(), Keeping.NO_ROWS, new HeldContents());
    }

    /// What the next process finds: a known memory, or a new one where nothing was agreed on.
    public static HeldPairMemory of(Snapshot snapshot) {
        return new HeldPairMemory(snapshot.contents.standing(), Keeping.ROWS, new HeldContents(snapshot.contents));
    }

    /// What the next process finds after the memory was lost or could not be believed.
    public static HeldPairMemory replaced(String reason) {
        return new HeldPairMemory(new Standing.Replaced(reason), Keeping.ROWS, new HeldContents());
    }

    /// All that is held now, settled or not. Also after the end.
    public synchronized Snapshot snapshot() {
        return new Snapshot(new HeldContents(now));
    }

    /// Puts an earlier moment back, as settled.
    public synchronized void restore(Snapshot snapshot) {
        unsettled.clear();
        settled = new HeldContents(snapshot.contents);
        now = new HeldContents(snapshot.contents);
    }

    /// How many writes a crash could lose.
    public synchronized int unsettled() {
        return unsettled.size();
    }

    /// What the next process finds after a crash.
    ///
    /// @param kept how many of the [#unsettled] writes had gone out, the oldest ones first
    public synchronized Snapshot afterCrash(int kept) {
        var contents = new HeldContents(settled);
        unsettled.subList(0, kept).forEach(write -> write.accept(contents));
        return new Snapshot(contents);
    }

    @Override
    public Standing standing() {
        return standing;
    }

    @Override
    public synchronized Optional<Roots> roots() {
        return open().roots;
    }

    @Override
    public void putRoots(Roots roots) {
        settle(held -> held.roots = Optional.of(roots));
    }

    @Override
    public Rows agreed() {
        return new HeldRows();
    }

    @Override
    public synchronized Optional<Agreed> agreedAt(PairKey key) {
        return Optional.ofNullable(open().agreed.get(key));
    }

    @Override
    public synchronized List<Agreed> agreedAs(Side side, ItemId id) {
        return open().agreed.values().stream()
                .filter(row -> row.idOn(side).filter(id::equals).isPresent())
                .toList();
    }

    @Override
    public synchronized long agreedFiles() {
        return open().agreed.values().stream()
                .filter(row -> row.kind() == Agreed.Kind.FILE)
                .count();
    }

    @Override
    public void put(Agreed row) {
        if (keeping == Keeping.ROWS) {
            write(held -> held.agreed.put(row.key(), row));
        }
    }

    @Override
    public void forget(PairKey key) {
        if (keeping == Keeping.ROWS) {
            write(held -> held.agreed.remove(key));
        }
    }

    @Override
    public void believeFlushed() {
        write(HeldContents::believeFlushed);
    }

    @Override
    public void believeRows() {
        write(held -> held.rolledBack = Optional.empty());
    }

    @Override
    public synchronized void settle() {
        open();
        unsettled.forEach(write -> write.accept(settled));
        unsettled.clear();
    }

    @Override
    public synchronized Optional<Unfinished> unfinishedAt(Side side, RelPath path) {
        return Optional.ofNullable(open().unfinished.get(new Place(side, path)));
    }

    @Override
    public synchronized List<Unfinished> unfinished() {
        return List.copyOf(open().unfinished.values());
    }

    @Override
    public void begin(Unfinished unfinished) {
        settle(held -> held.unfinished.put(new Place(unfinished.side(), unfinished.path()), unfinished));
    }

    @Override
    public synchronized void promise(Side side, RelPath path, int number, String promise) {
        Unfinished more = known(side, path).withPromise(number, promise);
        settle(held -> held.unfinished.put(new Place(side, path), more));
    }

    @Override
    public synchronized void arrived(Side side, RelPath path, Part part) {
        Unfinished more = known(side, path).withPart(part);
        settle(held -> held.unfinished.put(new Place(side, path), more));
    }

    private Unfinished known(Side side, RelPath path) {
        return unfinishedAt(side, path)
                .orElseThrow(() -> new IllegalStateException(
                        "Want an unfinished upload of '%s' on the %s side but have none".formatted(path, side)));
    }

    @Override
    public void end(Side side, RelPath path) {
        settle(held -> held.unfinished.remove(new Place(side, path)));
    }

    @Override
    public void intend(Side side, RelPath path, List<String> pendingIds) {
        List<String> ids = List.copyOf(pendingIds);
        settle(held -> held.intents.put(new Place(side, path), ids));
    }

    @Override
    public synchronized Optional<List<String>> intent(Side side, RelPath path) {
        return Optional.ofNullable(open().intents.get(new Place(side, path)));
    }

    @Override
    public synchronized List<RelPath> intended(Side side) {
        return open().intents.keySet().stream()
                .filter(place -> place.side() == side)
                .map(Place::path)
                .toList();
    }

    @Override
    public void endIntent(Side side, RelPath path) {
        settle(held -> held.intents.remove(new Place(side, path)));
    }

    @Override
    public void skip(Skip skip) {
        write(held -> held.skips.put(new Place(skip.side(), skip.path()), skip));
    }

    @Override
    public synchronized Optional<Skip> skipped(Side side, RelPath path) {
        return Optional.ofNullable(open().skips.get(new Place(side, path)));
    }

    @Override
    public void endSkip(Side side, RelPath path) {
        write(held -> held.skips.remove(new Place(side, path)));
    }

    @Override
    public synchronized Optional<String> cursor(String feed) {
        return Optional.ofNullable(open().cursors.get(feed));
    }

    @Override
    public void putCursor(String feed, String position) {
        write(held -> held.cursors.put(feed, position));
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            settle();
            closed = true;
            whenClosed.run();
        }
    }

    /// Says what to do at the end.
    synchronized void whenClosed(Runnable action) {
        whenClosed = action;
    }

    private HeldContents open() {
        if (closed) {
            throw new IllegalStateException("Want an open memory but have a closed one");
        }
        return now;
    }

    private synchronized void write(Consumer<HeldContents> write) {
        write.accept(open());
        unsettled.add(write);
    }

    private synchronized void settle(Consumer<HeldContents> write) {
        write(write);
        settle();
    }

    private synchronized Optional<Agreed> first() {
        return Optional.ofNullable(open().agreed.firstEntry()).map(Map.Entry::getValue);
    }

    private synchronized Optional<Agreed> after(PairKey key) {
        return Optional.ofNullable(open().agreed.higherEntry(key)).map(Map.Entry::getValue);
    }

    /// Walks the rows by key, so that writes in between do not disturb it.
    private final class HeldRows implements Rows {
        private Optional<Agreed> next = first();

        @Override
        public boolean hasNext() {
            return next.isPresent();
        }

        @Override
        public Agreed next() {
            Agreed row = next.orElseThrow(NoSuchElementException::new);
            next = after(row.key());
            return row;
        }

        @Override
        public void close() {
            next = Optional.empty();
        }
    }
}
