package io.skyferry.control.store;

import io.skyferry.control.run.RefusedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// The product's database in one SQLite file, made when something is first written to it.
///
/// SQLite waits inside native code, where a virtual thread holds on to its carrier. So all writes go through one
/// platform thread, and reads through a few; callers may be threads of any kind.
public final class AppDatabase implements AutoCloseable {
    private static final int READERS = 2;

    private final Path file;
    private final InstantSource clock;
    private final Schema schema;
    private final Lane writer;
    private final List<Lane> readers;
    private final AtomicInteger turn = new AtomicInteger();

    /// Something done in one transaction.
    @FunctionalInterface
    public interface Work<T> {
        /// Does it.
        T in(Session session) throws SQLException;
    }

    /// A database in this file, which need not be there yet. Nothing is opened before it is needed.
    public AppDatabase(Path file, InstantSource clock) {
        this(file, clock, Schema.CURRENT);
    }

    AppDatabase(Path file, InstantSource clock, Schema schema) {
        this.file = file;
        this.schema = schema;
        this.clock = clock;
        this.writer = new Lane(file, "app-writer");
        this.readers = Stream.generate(() -> new Lane(file, "app-reader"))
                .limit(READERS)
                .toList();
    }

    /// Where the database is.
    public Path file() {
        return file;
    }

    /// Looks at one state of the database; empty: there is none yet.
    ///
    /// @throws StoreException if it cannot be used
    /// @throws RefusedException if a newer Skyferry made it
    public <T> Optional<T> read(Work<T> work) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Lane lane = readers.get(Math.floorMod(turn.getAndIncrement(), READERS));
        Optional<T> found = said(lane, connection -> {
            int version = connection.transaction(Connected.Kind.READING, Schema::versionOf);
            schema.refuseNewer(file, version);
            return version < schema.version()
                    ? Optional.empty()
                    : Optional.of(connection.transaction(Connected.Kind.READING, work));
        });
        return found.isPresent() ? found : Optional.of(write(work));
    }

    /// Changes the database: all of it or nothing. When this returns, the change survives a loss of power.
    ///
    /// @throws StoreException if it cannot be used
    /// @throws RefusedException if a newer Skyferry made it; also what the work itself throws
    public <T> T write(Work<T> work) {
        return said(writer, connection -> {
            schema.bringUp(file, connection, clock);
            return connection.transaction(Connected.Kind.WRITING, work);
        });
    }

    private <T> T said(Lane lane, Lane.Asking<T> asking) {
        try {
            return lane.ask(asking).join();
        } catch (CompletionException failure) {
            throw Failures.of(file, failure.getCause() == null ? failure : failure.getCause());
        }
    }

    /// Closes what was opened; what was written is kept.
    @Override
    public void close() {
        writer.close();
        readers.forEach(Lane::close);
    }
}
