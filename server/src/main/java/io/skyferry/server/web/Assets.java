package io.skyferry.server.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The files that pages are made with. A name holds a digest of the content, so that a browser may keep it for ever.
public final class Assets {
    /// Below which they lie.
    public static final String PREFIX = "/assets/";

    private static final String FOLDER = "assets/";
    private static final Map<String, String> TYPES = Map.of(
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml",
            "txt", "text/plain; charset=utf-8");
    private static final Map<String, Asset> READ = new ConcurrentHashMap<>();

    private Assets() {}

    /// A file.
    ///
    /// @param type as in `Content-Type`
    public record Asset(String url, String type, Bytes content) {}

    /// What is in a file.
    public static final class Bytes {
        private final byte[] bytes;

        private Bytes(byte[] bytes) {
            this.bytes = bytes;
        }

        /// All of it.
        public byte[] all() {
            return bytes.clone();
        }
    }

    /// The address of a file.
    ///
    /// @throws IllegalArgumentException if there is none of this name
    public static String url(String name) {
        return READ.computeIfAbsent(name, Assets::read).url();
    }

    private static Asset read(String name) {
        try (InputStream in = Assets.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalArgumentException("Want the name of an asset but have '%s'".formatted(name));
            }
            byte[] bytes = in.readAllBytes();
            int dot = name.lastIndexOf('.');
            String url = PREFIX + name.substring(0, dot) + "." + digest(bytes) + name.substring(dot);
            return new Asset(url, TYPES.getOrDefault(name.substring(dot + 1), "text/plain"), new Bytes(bytes));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 6);
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException(never);
        }
    }

    /// The file of an address, the digest of which must be right.
    public static Optional<Asset> find(String url) {
        String[] parts = url.startsWith(PREFIX) ? url.substring(PREFIX.length()).split("\\.", -1) : new String[0];
        if (parts.length < 3 || !url.substring(PREFIX.length()).matches("[A-Za-z0-9.-]+")) {
            return Optional.empty();
        }
        var name = new StringBuilder(parts[0]);
        for (int i = 1; i < parts.length; i++) {
            if (i != parts.length - 2) {
                name.append('.').append(parts[i]);
            }
        }
        if (Assets.class.getResource(FOLDER + name) == null) {
            return Optional.empty();
        }
        return Optional.of(READ.computeIfAbsent(name.toString(), Assets::read))
                .filter(asset -> asset.url().equals(url));
    }
}
