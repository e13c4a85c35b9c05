package io.skyferry.testkit;

import io.skyferry.storage.Content;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;

/// A content during whose reading something happens, once.
final class HookedContent implements Content {
    private final byte[] bytes;
    private final Hook hook;
    private boolean happened;

    /// What happens when the first byte is taken.
    interface Hook {
        void happens() throws IOException;
    }

    HookedContent(String text, Hook hook) {
        this.bytes = text.getBytes(StandardCharsets.UTF_8);
        this.hook = hook;
    }

    @Override
    public OptionalLong size() {
        return OptionalLong.of(bytes.length);
    }

    @Override
    public InputStream open(long offset, long length) {
        int from = (int) Math.min(offset, bytes.length);
        int count = (int) Math.min(length, bytes.length - from);
        return new FilterInputStream(new ByteArrayInputStream(bytes, from, count)) {
            @Override
            public int read() throws IOException {
                happen();
                return super.read();
            }

            @Override
            public int read(byte[] to, int offset, int length) throws IOException {
                happen();
                return super.read(to, offset, length);
            }
        };
    }

    private void happen() throws IOException {
        if (!happened) {
            happened = true;
            hook.happens();
        }
    }

    @Override
    public String fingerprint() {
        return "hooked";
    }

    @Override
    public Optional<Origin> origin() {
        return Optional.empty();
    }
}
