package io.skyferry.crypt;

import io.skyferry.crypt.name.CryptOptions;
import io.skyferry.storage.Content;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/// A small file beside the encrypted ones that only the right key opens.
///
/// It is encrypted as every content is, under a name that stands for no file in any mode: no text of an
/// encoding, no obfuscated name, without the suffix. Other programs for the format skip it therefore.
final class KeyCheck {
    /// Its name, at the root.
    static final String NAME = "skyferry-key-check.v1";

    /// It is never longer than this.
    static final int MOST_BYTES = 4096;

    private static final String FIRST_LINE = "Skyferry key check, form 1\n";

    private static final String NAMES = "names: ";

    private KeyCheck() {}

    /// Whether names leave room for it: not where every name stands for a file.
    static boolean isPossible(CryptOptions options) {
        return switch (options.mode()) {
            case STANDARD, OBFUSCATE -> true;
            case OFF -> !NAME.endsWith(options.suffix());
        };
    }

    /// Whether this is its place: the top of what is encrypted, which may be a folder of more that is.
    static boolean isAt(String stored, CryptOptions options) {
        return (stored.equals(NAME) || stored.endsWith("/" + NAME)) && isPossible(options);
    }

    /// What it holds.
    static Content content(CryptOptions options) {
        return new Text((FIRST_LINE + NAMES + options.id() + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /// Whether decrypted bytes are a key check.
    static boolean isOne(byte[] plain) {
        byte[] start = FIRST_LINE.getBytes(StandardCharsets.UTF_8);
        return plain.length >= start.length && Arrays.equals(plain, 0, start.length, start, 0, start.length);
    }

    /// How the names beside it are written, as [CryptOptions#id] says it; empty: it does not tell.
    static Optional<String> names(byte[] plain) {
        return new String(plain, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith(NAMES))
                .map(line -> line.substring(NAMES.length()))
                .findFirst();
    }

    /// Bytes at hand.
    private static final class Text implements Content {
        private final byte[] bytes;

        Text(byte[] bytes) {
            this.bytes = bytes;
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
            return "";
        }

        @Override
        public Optional<Origin> origin() {
            return Optional.empty();
        }
    }
}
