package io.skyferry.cli.option;

import io.skyferry.storage.RelPath;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A secret from the command line, from a file, or from standard input.
public final class SecretText {
    private static final String INPUT = "-";
    private static final int MOST_BYTES = 1 << 16;

    private SecretText() {}

    /// The bytes that were given, without one line end behind those of files and of standard input.
    ///
    /// @param typed on the command line; `-` or none: standard input
    /// @param file that holds it
    /// @throws UsageException if it is given twice or cannot be read
    public static byte[] read(@Nullable String typed, @Nullable String file) {
        if (typed != null && file != null) {
            throw new UsageException("Want the text or a file that holds it but have both");
        }
        if (typed != null && !typed.equals(INPUT)) {
            return RelPath.bytesOf(typed);
        }
        try {
            return withoutLineEnd(file == null ? input() : Files.readAllBytes(Path.of(file)));
        } catch (IOException | InvalidPathException failure) {
            var refused = new UsageException("Want a file with the text but '%s' cannot be read"
                    .formatted(file == null ? "standard input" : file));
            refused.initCause(failure);
            throw refused;
        }
    }

    private static byte[] input() throws IOException {
        try (var in = new FileInputStream(FileDescriptor.in)) {
            return in.readNBytes(MOST_BYTES);
        }
    }

    private static byte[] withoutLineEnd(byte[] bytes) {
        int length = bytes.length;
        if (length > 0 && bytes[length - 1] == '\n') {
            length -= length > 1 && bytes[length - 2] == '\r' ? 2 : 1;
        }
        return Arrays.copyOf(bytes, length);
    }
}
