package io.skyferry.crypt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// A file that holds a password as it is.
public final class PasswordFile {
    private static final int MOST_BYTES = 1 << 16;

    private PasswordFile() {}

    /// The password, without the one newline that editors leave behind it.
    ///
    /// @throws IOException as files do, and if the file is far too long for a password
    public static byte[] read(Path file) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new IOException("Want a password file but '%s' has %s bytes".formatted(file, Files.size(file)));
        }
        byte[] bytes = Files.readAllBytes(file);
        int length = bytes.length;
        if (length > 0 && bytes[length - 1] == '\n') {
            length -= length > 1 && bytes[length - 2] == '\r' ? 2 : 1;
        }
        return Arrays.copyOf(bytes, length);
    }
}
