package io.skyferry.memory;

import io.skyferry.engine.pair.Agreed;
import io.skyferry.engine.pair.PairKey;
import io.skyferry.engine.pair.PairMemory;
import io.skyferry.engine.pair.Roots;
import io.skyferry.engine.pair.Side;
import io.skyferry.engine.pair.Skip;
import io.skyferry.engine.pair.Unfinished;
import io.skyferry.storage.ItemId;
import io.skyferry.storage.Part;
import io.skyferry.storage.RelPath;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;

/// The memory of a pair in one SQLite file; its left is the root whose name sorts first.
final class SqlitePairMemory implements PairMemory {
    private final PairFile file;
    private final Tuning tuning;
    private final Standing standing;
    private final Flushes flushes;
    private final Tables tables;
    private final GroupWriter writer;
    private final DatabaseReader reader;
    private final Shortcuts shortcuts;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile Optional<Roots> roots;

    private SqlitePairMemory(PairFile file, Opening.Opened opened, DatabaseThread thread, Tuning tuning) {
        this.file = file;
        this.tuning = tuning;
        this.standing = opened.standing();
        this.flushes = opened.flushes();
        this.tables = opened.tables();
        this.roots = opened.roots();
        this.shortcuts = new Shortcuts(tables.counts().rows() > 0, opened.occupied());
        this.writer = new GroupWriter(thread, tables, tuning, file.failures(), file::check);
        this.reader = new DatabaseReader(file.files().database(), tuning, file.failures(), file::check);
    }

    /// Opens the memory of a lock that was just taken; lets the lock go where that fails.
    static SqlitePairMemory open(MemoryFiles files, PairNames names, PairLock lock, Holder holder, Tuning tuning) {
        var file = new PairFile(files, names, lock);
        var thread = new DatabaseThread("memory-writer");
        try {
            file.take(holder);
            var opening = new Opening(files, names, file.found(), tuning, file.failures());
            Opening.Opened opened = thread.ask(opening::open).join();
            file.opened();
            return new SqlitePairMemory(file, opened, thread, tuning);
        } catch (CompletionException failure) {
            thread.close();
            file.close();
            throw file.failures().of(failure);
        }
    }

    @Override
    public Standing standing() {
        return standing;
    }

    @Override
    public Optional<Roots> roots() {
        writer.requireOpen();
        return roots;
    }

    @Override
    public void putRoots(Roots value) {
        writer.requireOpen();
        if (!roots.equals(Optional.of(value))) {
            writer.now(to -> to.putRoots(value));
            roots = Optional.of(value);
        }
    }

    @Override
    public Rows agreed() {
        writer.settle();
        return tables.counts().rows() == 0 ? new NoRows() : new ReadAhead(reader, flushes, tuning.aheadRows());
    }

    @Override
    public Optional<Agreed> agreedAt(PairKey key) {
        Optional<Optional<Agreed>> unwritten = writer.unwritten(group -> group.rowAt(key));
        if (unwritten.isPresent()) {
            return unwritten.orElseThrow();
        }
        return tables.counts().rows() == 0
                ? Optional.empty()
                : reader.ask(database -> Queries.agreedAt(database, key.bytes(), flushes::bootOf));
    }

    @Override
    public List<Agreed> agreedAs(Side side, ItemId id) {
        List<Group> unwritten = writer.unwritten();
        long mark = AgreedRow.markOf(id);
        if (!shortcuts.mayHave(mark)) {
            return List.of();
        }
        index(side);
        List<Agreed> written = reader.ask(database -> Queries.agreedAs(database, side, mark, flushes::bootOf));
        return writer.look(unwritten, groups -> {
            var rows = new TreeMap<PairKey, Agreed>();
            written.stream().filter(row -> hasId(row, side, id)).forEach(row -> rows.put(row.key(), row));
            for (Group group : groups) {
                rows.keySet().removeIf(key -> group.rowAt(key).isPresent());
                group.rowsAs(side, id).forEach(row -> rows.put(row.key(), row));
            }
            return List.copyOf(rows.values());
        });
    }

    private static boolean hasId(Agreed row, Side side, ItemId id) {
        return row.idOn(side).filter(id::equals).isPresent();
    }

    /// Made when it is first asked for: a first run, which puts all the rows, never asks.
    private void index(Side side) {
        if (!shortcuts.isIndexed(side)) {
            writer.later(group -> group.add(to -> to.indexMarks(side)));
            writer.settle();
            shortcuts.sawIndexed(side);
        }
    }

    @Override
    public long agreedFiles() {
        writer.settle();
        return tables.counts().files();
    }

    @Override
    public void put(Agreed row) {
        writer.later(new PutRow(row, flushes, shortcuts));
    }

    @Override
    public void forget(PairKey key) {
        byte[] bytes = key.bytes();
        writer.later(group -> group.addForgotten(key, to -> to.forget(bytes)));
    }

    @Override
    public void believeFlushed() {
        writer.settle();
        writer.later(group -> {
            long upTo = flushes.believe();
            group.add(to -> to.believeFlushed(upTo));
        });
    }

    @Override
    public void believeRows() {
        writer.later(group -> group.add(Tables::believeRows));
    }

    @Override
    public void settle() {
        writer.settle();
    }

    @Override
    public Optional<Unfinished> unfinishedAt(Side side, RelPath path) {
        writer.requireOpen();
        return shortcuts.mayHaveUnfinished()
                ? reader.ask(database -> Queries.unfinishedAt(database, new Place(side, path)))
                : Optional.empty();
    }

    @Override
    public List<Unfinished> unfinished() {
        writer.requireOpen();
        return shortcuts.mayHaveUnfinished() ? reader.ask(Queries::unfinished) : List.of();
    }

    @Override
    public void begin(Unfinished unfinished) {
        shortcuts.sawUnfinished();
        writer.now(to -> to.begin(unfinished));
    }

    @Override
    public void promise(Side side, RelPath path, int number, String promise) {
        Place place = requireUnfinished(side, path);
        writer.now(to -> to.promise(place, number, promise));
    }

    @Override
    public void arrived(Side side, RelPath path, Part part) {
        Place place = requireUnfinished(side, path);
        writer.now(to -> to.arrived(place, part));
    }

    private Place requireUnfinished(Side side, RelPath path) {
        writer.requireOpen();
        var place = new Place(side, path);
        if (!shortcuts.mayHaveUnfinished() || !reader.ask(database -> Queries.isUnfinished(database, place))) {
            throw new IllegalStateException("Want an unfinished upload of %s but have none".formatted(place));
        }
        return place;
    }

    @Override
    public void end(Side side, RelPath path) {
        writer.requireOpen();
        if (shortcuts.mayHaveUnfinished()) {
            writer.now(to -> to.end(new Place(side, path)));
        }
    }

    @Override
    public void intend(Side side, RelPath path, List<String> pendingIds) {
        shortcuts.sawIntent();
        List<String> ids = List.copyOf(pendingIds);
        writer.now(to -> to.intend(new Place(side, path), ids));
    }

    @Override
    public Optional<List<String>> intent(Side side, RelPath path) {
        writer.requireOpen();
        return shortcuts.mayHaveIntents()
                ? reader.ask(database -> Queries.intent(database, new Place(side, path)))
                : Optional.empty();
    }

    @Override
    public List<RelPath> intended(Side side) {
        writer.requireOpen();
        return shortcuts.mayHaveIntents() ? reader.ask(database -> Queries.intended(database, side)) : List.of();
    }

    @Override
    public void endIntent(Side side, RelPath path) {
        writer.requireOpen();
        if (shortcuts.mayHaveIntents()) {
            writer.now(to -> to.endIntent(new Place(side, path)));
        }
    }

    @Override
    public void skip(Skip skip) {
        shortcuts.sawSkip();
        var place = new Place(skip.side(), skip.path());
        writer.later(group -> group.addSkip(place, Optional.of(skip), to -> to.skip(skip)));
    }

    @Override
    public Optional<Skip> skipped(Side side, RelPath path) {
        writer.requireOpen();
        if (!shortcuts.mayHaveSkips()) {
            return Optional.empty();
        }
        var place = new Place(side, path);
        Optional<Optional<Skip>> unwritten = writer.unwritten(group -> group.skipAt(place));
        if (unwritten.isPresent()) {
            return unwritten.orElseThrow();
        }
        return reader.ask(database -> Queries.skipped(database, place));
    }

    @Override
    public void endSkip(Side side, RelPath path) {
        writer.requireOpen();
        if (shortcuts.mayHaveSkips()) {
            var place = new Place(side, path);
            writer.later(group -> group.addSkip(place, Optional.empty(), to -> to.endSkip(place)));
        }
    }

    @Override
    public Optional<String> cursor(String feed) {
        writer.settle();
        return reader.ask(database -> Queries.cursor(database, feed));
    }

    @Override
    public void putCursor(String feed, String position) {
        writer.later(group -> group.add(to -> to.putCursor(feed, position)));
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            try {
                closeTables();
            } finally {
                file.close();
            }
        }
    }

    private void closeTables() {
        try {
            reader.close();
        } finally {
            writer.close();
        }
        if (!writer.hasFailed()) {
            file.leaveInOrder(tables.counts().runs());
        }
    }

    private record NoRows() implements Rows {
        @Override
        public boolean hasNext() {
            return false;
        }

        @Override
        public Agreed next() {
            throw new NoSuchElementException();
        }

        @Override
        public void close() {
            // There is nothing to end.
        }
    }
}
