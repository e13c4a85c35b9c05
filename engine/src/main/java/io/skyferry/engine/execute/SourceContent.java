package io.skyferry.engine.execute;

import io.skyferry.engine.compare.Tags;
import io.skyferry.engine.report.Progress;
import io.skyferry.engine.work.CancelFlag;
import io.skyferry.storage.Body;
import io.skyferry.storage.ByteRange;
import io.skyferry.storage.Content;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.ModTime;
import io.skyferry.storage.Seal;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.Verb;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;

/// A file of a storage as what another storage is to keep. Counts bytes as they go by, and stops when told to.
final class SourceContent implements Content, AutoCloseable {
    private final Storage storage;
    private final AtomicReference<Optional<Body>> ahead = new AtomicReference<>(Optional.empty());
    private volatile Entry.File seen;
    private final Progress.Flight flight;
    private final CancelFlag cancel;
    private volatile Optional<Seal> seal;

    SourceContent(Storage storage, Entry.File seen, Progress.Flight flight, CancelFlag cancel) {
        this.storage = storage;
        this.seen = seen;
        this.flight = flight;
        this.cancel = cancel;
        this.seal = seen.seal();
    }

    /// Opens the bytes before anybody asks for them, so that the file's time is known which came with them: whoever
    /// asks for all of them next is given these.
    ///
    /// @return whether the time is known now
    /// @throws StorageException `SOURCE_FAILED` if they cannot be opened
    boolean openAhead() {
        cancel.check("reading");
        Body body;
        try {
            body = storage.read(seen, ByteRange.ALL);
        } catch (StorageException failure) {
            var where = new StorageException.Where(storage.displayName(), Verb.READ, seen.path());
            throw StorageException.noEffect(
                            ErrorKind.SOURCE_FAILED, where, "The source failed: %s".formatted(failure.getMessage()))
                    .causedBy(failure);
        }
        ahead.set(Optional.of(body));
        Entry.File there = body.file();
        boolean tells = !(there.modTime() instanceof ModTime.NotListed)
                && there.version().equals(seen.version());
        if (tells) {
            seen = seen.withModTime(there.modTime());
        }
        return tells;
    }

    /// The file that is read, as far as it is known.
    Entry.File file() {
        return seen;
    }

    /// What a layer of the source wants remembered of the file that was read.
    Optional<Seal> seal() {
        return seal;
    }

    @Override
    public OptionalLong size() {
        return seen.size() == Entry.File.UNKNOWN_SIZE ? OptionalLong.empty() : OptionalLong.of(seen.size());
    }

    @Override
    public InputStream open(long offset, long length) throws IOException {
        cancel.check("reading");
        try {
            Body body = body(offset, length);
            seal = body.file().seal();
            return new Counted(body.stream(), flight::add);
        } catch (StorageException failure) {
            throw failure.asIo();
        }
    }

    @Override
    public InputStream openToHash(long offset, long length) throws IOException {
        cancel.check("reading");
        try {
            return new Counted(storage.read(seen, new ByteRange(offset, length)).stream(), _ -> {});
        } catch (StorageException failure) {
            throw failure.asIo();
        }
    }

    private Body body(long offset, long length) {
        Optional<Body> open = ahead.getAndSet(Optional.empty());
        if (open.isPresent()) {
            if (offset == 0 && length >= seen.size()) {
                return open.orElseThrow();
            }
            discard(open.orElseThrow());
        }
        return storage.read(seen, new ByteRange(offset, length));
    }

    private static void discard(Body body) {
        try {
            body.close();
        } catch (StorageException broken) {
            // Nobody wanted these bytes: how their stream ends changes nothing.
            System.getLogger(SourceContent.class.getName())
                    .log(System.Logger.Level.DEBUG, "Bytes that were opened ahead were left", broken);
        }
    }

    /// Lets go of bytes that were opened and never asked for.
    @Override
    public void close() {
        ahead.getAndSet(Optional.empty()).ifPresent(SourceContent::discard);
    }

    @Override
    public String fingerprint() {
        return Tags.of(seen);
    }

    @Override
    public Optional<Origin> origin() {
        return storage.origin(seen);
    }

    private final class Counted extends FilterInputStream {
        private final LongConsumer counter;

        Counted(InputStream in, LongConsumer counter) {
            super(in);
            this.counter = counter;
        }

        @Override
        public int read() throws IOException {
            cancel.check("reading");
            int one = super.read();
            if (one >= 0) {
                counter.accept(1);
            }
            return one;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            cancel.check("reading");
            int got = super.read(to, offset, length);
            if (got > 0) {
                counter.accept(got);
            }
            return got;
        }
    }
}
