package io.skyferry.control.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// The product's database in one SQLite file, made when something is first written to it.
///
/// SQLite waits inside native code, where a virtual thread holds on to its carrier. So all writes go through one
/// platform thread, and reads through a few; callers may be threads of any kind.
public final class SqliteDatabase implements AppDatabase {
    private static final int READERS = 2;

    private final Path file;
    private final InstantSource clock;
    private final Schema schema;
    private final Lane writer;
    private final List<Lane> readers;
    private final AtomicInteger turn = new AtomicInteger();

    /// A database in this file, which need not be there yet. Nothing is opened before it is needed.
    public SqliteDatabase(Path file, InstantSource clock) {
        this(file, clock, Schema.CURRENT);
    }

    SqliteDatabase(Path file, InstantSource clock, Schema schema) {
        this.file = file;
        this.schema = schema;
        this.clock = clock;
        this.writer = new Lane(file, "app-writer");
        this.readers = Stream.generate(() -> new Lane(file, "app-reader"))
                .limit(READERS)
                .toList();
    }

    @Override
    public String displayName() {
        return file.toString();
    }

    @Override
    public <T> Optional<T> read(Work<T> work) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Lane lane = readers.get(Math.floorMod(turn.getAndIncrement(), READERS));
        Optional<T> found = said(
                lane,
                connection -> connection.transaction(
                        Connected.Kind.READING,
                        session -> schema.isCurrent(session, file) ? Optional.of(work.in(session)) : Optional.empty()));
        return found.isPresent() ? found : Optional.of(write(work));
    }

    @Override
    public <T> T write(Work<T> work) {
        return said(writer, connection -> {
            bringUp(connection);
            return connection.transaction(Connected.Kind.WRITING, work);
        });
    }

    /// Takes the steps that are missing; an older database is copied first, to `<file>.v<version>`.
    private void bringUp(Connected connection) throws Exception {
        // Both at one moment: another process may take the steps just now.
        OptionalInt older = connection.transaction(
                Connected.Kind.READING,
                session -> schema.isCurrent(session, file)
                        ? OptionalInt.empty()
                        : OptionalInt.of(schema.versionOf(session)));
        if (older.isEmpty()) {
            return;
        }
        int version = older.orElseThrow();
        if (version > 0) {
            connection.copyTo(file.resolveSibling("%s.v%s".formatted(file.getFileName(), version)));
        }
        connection.transaction(Connected.Kind.WRITING, session -> {
            schema.takeMissing(session, clock.millis());
            return true;
        });
    }

    private <T> T said(Lane lane, Lane.Asking<T> asking) {
        try {
            return lane.ask(asking).join();
        } catch (CompletionException failure) {
            throw Failures.of(file, failure.getCause() == null ? failure : failure.getCause());
        }
    }

    @Override
    public void close() {
        writer.close();
        readers.forEach(Lane::close);
    }
}
