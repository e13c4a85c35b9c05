package io.skyferry.storages.s3;

import io.skyferry.hash.Hasher;
import io.skyferry.http.HttpException;
import io.skyferry.storage.CancelledException;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.HashType;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.StorageException.Where;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The bytes of a reply: counted, and checked against their checksum before the last of them are given, where all of a
/// file was asked for and one is known.
///
/// A server gives one version from the start to the end of a reply, so that nothing else need be looked at again.
final class S3Body extends InputStream {
    private final InputStream inner;
    private final Where where;
    private final long length;
    private final @Nullable Sum sum;
    private final @Nullable Hasher hasher;
    private long given;
    private boolean isVouchedFor;

    /// What bytes must hash to.
    ///
    /// @param hex in hexadecimal digits
    record Sum(HashType type, String hex) {
        /// As the headers of a reply tell it: the quicker one first.
        static Optional<Sum> of(S3Head head) {
            return head.crc32c()
                    .map(hex -> new Sum(HashType.CRC32C, hex))
                    .or(() -> head.md5().map(hex -> new Sum(HashType.MD5, hex)));
        }
    }

    /// @param length how many bytes there must be
    /// @param sum what they must hash to
    S3Body(InputStream inner, Where where, long length, Optional<Sum> sum) {
        this.inner = inner;
        this.where = where;
        this.length = length;
        this.sum = sum.orElse(null);
        this.hasher = sum.map(one -> Hasher.of(one.type())).orElse(null);
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
            vouch();
            return -1;
        }
        int read;
        try {
            read = inner.read(into, offset, (int) Math.min(count, length - given));
        } catch (CancelledException stopped) {
            throw stopped;
        } catch (IOException broken) {
            throw S3Errors.of(HttpException.inStream(broken), where).asIo();
        }
        if (read < 0) {
            throw trouble(ErrorKind.UNAVAILABLE, "Want %s bytes but have %s".formatted(length, given));
        }
        given += read;
        if (hasher != null) {
            hasher.update(into, offset, read);
        }
        if (given == length) {
            vouch();
        }
        return read;
    }

    private void vouch() throws IOException {
        if (isVouchedFor || hasher == null || sum == null) {
            return;
        }
        String came = hasher.hex();
        if (!came.equals(sum.hex())) {
            throw trouble(
                    ErrorKind.CORRUPT, "Want bytes with the %s %s but have %s".formatted(sum.type(), sum.hex(), came));
        }
        isVouchedFor = true;
    }

    private IOException trouble(ErrorKind kind, String words) {
        return StorageException.noEffect(kind, where, words).asIo();
    }

    @Override
    public void close() throws IOException {
        try {
            inner.close();
        } catch (IOException broken) {
            throw S3Errors.of(HttpException.inStream(broken), where).asIo();
        }
    }
}
