package io.skyferry.storages.local.disk;

import io.skyferry.storage.RelPath;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HexFormat;

/// Puts names that are bytes into the JDK's paths and back.
///
/// On Unix a path holds bytes, but its text is decoded by the locale and loses what the locale cannot say.
/// Its URI loses nothing, so names beyond ASCII go that way.
final class PortableNames {
    private static final boolean UNIX = "/".equals(FileSystems.getDefault().getSeparator());

    private PortableNames() {}

    static Path absolute(byte[] path) throws DiskException {
        try {
            return UNIX && !isAscii(path)
                    ? Path.of(URI.create("file://".concat(escaped(path))))
                    : Path.of(RelPath.textOf(path, 0, path.length)).toAbsolutePath();
        } catch (IllegalArgumentException refused) {
            throw badName(refused);
        }
    }

    /// What stands under a path of one or more segments below a directory.
    static Path below(Path directory, byte[] path) throws DiskException {
        try {
            if (UNIX && !isAscii(path)) {
                String base = directory.toUri().getRawPath();
                String slash = base.endsWith("/") ? "" : "/";
                return Path.of(URI.create("file://" + base + slash + escaped(path)));
            }
            return directory.resolve(RelPath.textOf(path, 0, path.length));
        } catch (InvalidPathException refused) {
            throw badName(refused);
        }
    }

    private static DiskException badName(RuntimeException refused) {
        return new DiskException(Fault.BAD_NAME, String.valueOf(refused.getMessage()), refused);
    }

    static byte[] name(Path path) {
        Path name = path.getFileName();
        String text = name == null ? "" : name.toString();
        if (!UNIX || isAscii(text)) {
            return RelPath.bytesOf(text);
        }
        byte[] whole = bytes(path);
        return Segments.name(whole);
    }

    /// The bytes of an absolute path.
    static byte[] bytes(Path path) {
        String text = path.toString();
        if (!UNIX || isAscii(text)) {
            return RelPath.bytesOf(text);
        }
        String raw = path.toUri().getRawPath();
        return unescaped(raw.endsWith("/") && raw.length() > 1 ? raw.substring(0, raw.length() - 1) : raw);
    }

    private static boolean isAscii(byte[] bytes) {
        for (byte b : bytes) {
            if (b < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7F) {
                return false;
            }
        }
        return true;
    }

    private static String escaped(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length * 2);
        HexFormat hex = HexFormat.of();
        for (byte b : bytes) {
            boolean plain = (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9') || b == '/';
            if (plain) {
                text.append((char) b);
            } else {
                text.append('%').append(hex.toHexDigits(b));
            }
        }
        return text.toString();
    }

    private static byte[] unescaped(String text) {
        byte[] raw = text.getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length);
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] == '%') {
                bytes.write(HexFormat.fromHexDigits(text, i + 1, i + 3));
                i += 2;
            } else {
                bytes.write(raw[i]);
            }
        }
        return bytes.toByteArray();
    }
}
