package io.skyferry.crypt;

import io.skyferry.hash.Hasher;
import io.skyferry.storage.Content;
import io.skyferry.storage.HashType;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A content whose hash is taken on the way, where it is read from its start to its end.
final class HashedContent implements Content {
    private final Content inner;
    private volatile @Nullable String hash;

    HashedContent(Content inner) {
        this.inner = inner;
    }

    /// The hash in our own kind; empty if nobody read all of it in one go.
    Optional<String> hash() {
        return Optional.ofNullable(hash);
    }

    @Override
    public OptionalLong size() {
        return inner.size();
    }

    @Override
    public InputStream open(long offset, long length) throws IOException {
        InputStream in = inner.open(offset, length);
        boolean whole = offset == 0 && length >= size().orElse(Long.MAX_VALUE);
        return whole ? new Hashing(in) : in;
    }

    @Override
    public InputStream openToHash(long offset, long length) throws IOException {
        return inner.openToHash(offset, length);
    }

    @Override
    public String fingerprint() {
        return inner.fingerprint();
    }

    @Override
    public Optional<Origin> origin() {
        return inner.origin();
    }

    private final class Hashing extends FilterInputStream {
        private final Hasher hasher = Hasher.of(HashType.XXH128);
        private boolean ended;

        Hashing(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = super.read(bytes, offset, length);
            if (count > 0) {
                hasher.update(bytes, offset, count);
            } else if (count < 0 && !ended) {
                ended = true;
                hash = hasher.hex();
            }
            return count;
        }

        @Override
        public long skip(long count) throws IOException {
            ended = true;
            return super.skip(count);
        }
    }
}
