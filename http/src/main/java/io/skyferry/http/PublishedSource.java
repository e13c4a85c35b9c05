package io.skyferry.http;

import io.skyferry.storage.StorageException.Effect;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// A request's body as the JDK's client wants it; keeps what went wrong while it was read, and when it last moved.
final class PublishedSource implements Iterable<byte[]> {
    private static final int STEP = 64 * 1024;

    private final RequestBody body;
    private final LongSupplier nanos;
    private volatile long moved;
    private volatile @Nullable RuntimeException failure;

    PublishedSource(RequestBody body, LongSupplier nanos) {
        this.body = body;
        this.nanos = nanos;
    }

    void touch() {
        moved = nanos.getAsLong();
    }

    long lastMoved() {
        return moved;
    }

    /// What reading the body threw.
    Optional<RuntimeException> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public Iterator<byte[]> iterator() {
        return new Pieces();
    }

    private final class Pieces implements Iterator<byte[]> {
        private @Nullable InputStream from;
        private byte @Nullable [] ahead;
        private boolean ended;

        @Override
        public boolean hasNext() {
            if (ahead == null && !ended && failure == null) {
                fetch();
            }
            return ahead != null || failure != null;
        }

        @Override
        public byte[] next() {
            RuntimeException known = failure;
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            known = known == null ? failure : known;
            byte[] piece = ahead;
            if (known != null || piece == null) {
                throw known == null ? new NoSuchElementException() : known;
            }
            ahead = null;
            touch();
            return piece;
        }

        private void fetch() {
            try {
                InputStream stream = from == null ? body.open() : from;
                from = stream;
                byte[] piece = new byte[STEP];
                int count = stream.readNBytes(piece, 0, STEP);
                if (count < STEP) {
                    ended = true;
                    stream.close();
                }
                ahead = count == 0 ? null : Arrays.copyOf(piece, count);
            } catch (IOException | UncheckedIOException unreadable) {
                failure = new HttpException(
                        HttpException.Kind.SOURCE_FAILED,
                        Effect.UNKNOWN,
                        "The bytes to send could not be read",
                        unreadable);
            } catch (RuntimeException unreadable) {
                failure = unreadable;
            }
        }
    }
}
