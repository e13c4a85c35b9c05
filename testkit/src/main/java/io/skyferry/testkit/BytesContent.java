package io.skyferry.testkit;

import io.skyferry.storage.Content;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/// Bytes in memory, to be stored.
public final class BytesContent implements Content {
    private final byte[] bytes;
    private final Optional<Origin> origin;

    private BytesContent(byte[] bytes, Optional<Origin> origin) {
        this.bytes = bytes;
        this.origin = origin;
    }

    /// These bytes.
    public static BytesContent of(byte[] bytes) {
        return new BytesContent(bytes.clone(), Optional.empty());
    }

    /// The text as UTF-8.
    public static BytesContent of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /// The same as they lie in some storage.
    public BytesContent from(Optional<Origin> place) {
        return new BytesContent(bytes, place);
    }

    @Override
    public OptionalLong size() {
        return OptionalLong.of(bytes.length);
    }

    @Override
    public InputStream open(long offset, long length) {
        int from = (int) Math.min(offset, bytes.length);
        return new ByteArrayInputStream(bytes, from, (int) Math.min(length, bytes.length - from));
    }

    @Override
    public String fingerprint() {
        return "%s:%s".formatted(bytes.length, Arrays.hashCode(bytes));
    }

    @Override
    public Optional<Origin> origin() {
        return origin;
    }
}
