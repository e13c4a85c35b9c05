package io.skyferry.engine.execute;

import io.skyferry.engine.compare.Tags;
import io.skyferry.engine.report.Progress;
import io.skyferry.engine.work.CancelFlag;
import io.skyferry.storage.Body;
import io.skyferry.storage.ByteRange;
import io.skyferry.storage.Content;
import io.skyferry.storage.Entry;
import io.skyferry.storage.Seal;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;

/// A file of a storage as what another storage is to keep. Counts bytes as they go by, and stops when told to.
final class SourceContent implements Content {
    private final Storage storage;
    private final Entry.File seen;
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
            Body body = storage.read(seen, new ByteRange(offset, length));
            seal = body.file().seal();
            return new Counted(body.stream());
        } catch (StorageException failure) {
            throw failure.asIo();
        }
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
        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            cancel.check("reading");
            int one = super.read();
            if (one >= 0) {
                flight.add(1);
            }
            return one;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            cancel.check("reading");
            int got = super.read(to, offset, length);
            if (got > 0) {
                flight.add(got);
            }
            return got;
        }
    }
}
