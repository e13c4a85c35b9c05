package io.skyferry.app;

import io.skyferry.hash.Hasher;
import io.skyferry.storage.HashType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// Makes trees of files and tells what they hold.
final class Trees {
    private Trees() {}

    /// A file with bytes drawn at random, and a time long ago.
    static void put(Path file, int bytes, RandomGenerator random) {
        byte[] content = new byte[bytes];
        random.nextBytes(content);
        put(file, content);
    }

    static void put(Path file, byte[] content) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, content);
            Files.setLastModifiedTime(file, FileTime.fromMillis(1_600_000_000_000L + content.length));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Checksums and times by path, of everything that is no directory.
    static Map<String, String> of(Path root) {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(one -> !Files.isDirectory(one, LinkOption.NOFOLLOW_LINKS))
                    .toList()) {
                contents.put(
                        root.relativize(file).toString(),
                        Hasher.hex(HashType.XXH128, Files.readAllBytes(file)) + " "
                                + Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return contents;
    }
}
