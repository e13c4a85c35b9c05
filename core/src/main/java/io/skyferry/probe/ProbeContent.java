package io.skyferry.probe;

import io.skyferry.storage.Content;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/// Bytes made up by a formula, so that any stretch of them can be checked without keeping them.
record ProbeContent(long length, int seed) implements Content {
    @Override
    public OptionalLong size() {
        return OptionalLong.of(length);
    }

    @Override
    public InputStream open(long offset, long most) {
        return new Made(offset, offset + Math.min(most, length - offset), seed);
    }

    byte[] bytes(long offset, int count) {
        byte[] bytes = new byte[(int) Math.min(count, length - offset)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = at(offset + i, seed);
        }
        return bytes;
    }

    boolean holds(byte[] read, long offset) {
        return Arrays.equals(read, bytes(offset, read.length)) && offset + read.length <= length;
    }

    @Override
    public String fingerprint() {
        return "%s of %s".formatted(seed, length);
    }

    @Override
    public Optional<Origin> origin() {
        return Optional.empty();
    }

    private static byte at(long position, int seed) {
        return (byte) (((position + seed * 7919L) * 0x9E3779B97F4A7C15L) >>> 52);
    }

    private static final class Made extends InputStream {
        private final long end;
        private final int seed;
        private long position;

        Made(long position, long end, int seed) {
            this.position = position;
            this.end = end;
            this.seed = seed;
        }

        @Override
        public int read() {
            return position < end ? at(position++, seed) & 0xFF : -1;
        }

        @Override
        public int read(byte[] to, int offset, int count) {
            int wanted = (int) Math.min(count, end - position);
            for (int i = 0; i < wanted; i++) {
                to[offset + i] = at(position++, seed);
            }
            return wanted == 0 && count > 0 ? -1 : wanted;
        }
    }
}
