package io.skyferry.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// What tells a file from another one that takes its name.
final class FileIdentity {
    private FileIdentity() {}

    /// Device and inode; the absolute path where the system has no such thing. Empty where there is no file.
    static Optional<Object> of(Path file) {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return Optional.of(Optional.ofNullable(attributes.fileKey()).orElseGet(file::toAbsolutePath));
        } catch (IOException _) {
            // A file that cannot be looked at is as good as none.
            return Optional.empty();
        }
    }

    /// What changes when a file that nobody has open is written or exchanged; empty where there is no file.
    static String markOf(Path file) {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.size() + "@" + attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
        } catch (IOException _) {
            // As above.
            return "";
        }
    }
}
