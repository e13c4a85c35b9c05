package io.skyferry.storages.s3;

import io.skyferry.hash.Hasher;
import io.skyferry.storage.CancelledException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.Objects;

/// The bytes of a source on their way out: hashed, and checked to be as many as was said before the last are given.
///
/// Whatever a source throws leaves as an [IOException]: the transport tells it from its own trouble.
final class SourceStream extends InputStream {
    private final InputStream inner;
    private final long length;
    private final Hasher[] hashers;
    private final boolean endsThere;
    private long given;

    /// What comes behind the last byte.
    enum End {
        /// Nothing may come.
        OF_SOURCE,
        /// The source goes on: a part of it is wanted.
        OF_PART
    }

    /// @param length how many bytes there must be
    /// @param hashers take the bytes
    SourceStream(InputStream inner, long length, End end, Collection<Hasher> hashers) {
        this.inner = inner;
        this.length = length;
        this.endsThere = end == End.OF_SOURCE;
        this.hashers = hashers.toArray(Hasher[]::new);
    }

    /// Opens a source; what it throws leaves as an [IOException].
    static InputStream opened(Opening opening) throws IOException {
        try {
            return opening.open();
        } catch (CancelledException stopped) {
            throw stopped;
        } catch (RuntimeException confused) {
            throw new IOException(String.valueOf(confused.getMessage()), confused);
        }
    }

    /// Opens a stream.
    interface Opening {
        InputStream open() throws IOException;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int count) throws IOException {
        Objects.checkFromIndexSize(offset, count, into.length);
        if (count == 0) {
            return 0;
        }
        if (given == length) {
            expectEnd();
            return -1;
        }
        int read = step(into, offset, (int) Math.min(count, length - given));
        if (read < 0) {
            throw new IOException("Want %s bytes but the source has %s".formatted(length, given));
        }
        given += read;
        for (Hasher hasher : hashers) {
            hasher.update(into, offset, read);
        }
        if (given == length) {
            expectEnd();
        }
        return read;
    }

    /// Whether all bytes were given.
    boolean isAllGiven() {
        return given == length;
    }

    private int step(byte[] into, int offset, int count) throws IOException {
        try {
            return inner.read(into, offset, count);
        } catch (CancelledException stopped) {
            throw stopped;
        } catch (RuntimeException confused) {
            throw new IOException(String.valueOf(confused.getMessage()), confused);
        }
    }

    private void expectEnd() throws IOException {
        if (endsThere && step(new byte[1], 0, 1) > 0) {
            throw new IOException("Want %s bytes but the source has more".formatted(length));
        }
    }

    @Override
    public void close() throws IOException {
        inner.close();
    }
}
