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

    private BytesContent(byte[] bytes) {
        this.bytes = bytes;
    }

    /// These bytes.
    public static BytesContent of(byte[] bytes) {
        return new BytesContent(bytes.clone());
    }

    /// The text as UTF-8.
    public static BytesContent of(String text) {
        return new BytesContent(text.getBytes(StandardCharsets.UTF_8));
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
        return Optional.empty();
    }
}
