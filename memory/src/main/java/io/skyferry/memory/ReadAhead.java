package io.skyferry.memory;

import io.skyferry.engine.pair.Agreed;
import io.skyferry.engine.pair.PairMemory;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Rows in order, fetched in chunks by key; while one chunk is used the next one is read.
///
/// Each chunk is a short look at the tables of its own: a long one would keep the log of writes from being cleared.
final class ReadAhead implements PairMemory.Rows {
    private final DatabaseReader reader;
    private final Flushes flushes;
    private final int chunk;
    private Iterator<Agreed> rows = List.<Agreed>of().iterator();
    private Optional<CompletableFuture<List<Agreed>>> next;

    ReadAhead(DatabaseReader reader, Flushes flushes, int chunk) {
        this.reader = reader;
        this.flushes = flushes;
        this.chunk = chunk;
        this.next = Optional.of(fetch(Optional.empty()));
    }

    private CompletableFuture<List<Agreed>> fetch(Optional<byte[]> after) {
        return reader.askAhead(database -> Queries.agreed(database, after, chunk, flushes::bootOf));
    }

    @Override
    public boolean hasNext() {
        while (!rows.hasNext() && next.isPresent()) {
            List<Agreed> fetched = reader.await(next.orElseThrow());
            next = fetched.size() < chunk
                    ? Optional.empty()
                    : Optional.of(fetch(Optional.of(fetched.getLast().key().bytes())));
            rows = fetched.iterator();
        }
        return rows.hasNext();
    }

    @Override
    public Agreed next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return rows.next();
    }

    @Override
    public void close() {
        next = Optional.empty();
        rows = List.<Agreed>of().iterator();
    }
}
