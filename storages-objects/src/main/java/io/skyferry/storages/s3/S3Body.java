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

/// The bytes of a reply: counted, and checked against their MD5 before the last of them are given, where all of a
/// file was asked for and its MD5 is known.
///
/// A server gives one version from the start to the end of a reply, so that nothing else need be looked at again.
final class S3Body extends InputStream {
    private final InputStream inner;
    private final Where where;
    private final long length;
    private final @Nullable String md5;
    private final @Nullable Hasher hasher;
    private long given;
    private boolean isVouchedFor;

    /// @param length how many bytes there must be
    /// @param md5 what they must hash to
    S3Body(InputStream inner, Where where, long length, Optional<String> md5) {
        this.inner = inner;
        this.where = where;
        this.length = length;
        this.md5 = md5.orElse(null);
        this.hasher = md5.isPresent() ? Hasher.of(HashType.MD5) : null;
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
        if (isVouchedFor || hasher == null) {
            return;
        }
        String came = hasher.hex();
        if (!came.equals(md5)) {
            throw trouble(ErrorKind.CORRUPT, "Want bytes with the MD5 %s but have %s".formatted(md5, came));
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
