package io.skyferry.crypt.synology;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// Decrypts single files on the local disk, as a user asks for it.
public final class CloudSyncFiles {
    private final CloudSyncSecret secret;

    /// @param secret one that opens all files that are asked for
    public CloudSyncFiles(CloudSyncSecret secret) {
        this.secret = secret;
    }

    /// Decrypts a file into another, which appears when it proved to be whole.
    ///
    /// @throws WrongSecretException if the secret does not open it
    /// @throws IOException as files do, and if the file is damaged
    public void decrypt(Path encrypted, Path plain) throws IOException {
        Path partial = plain.resolveSibling(plain.getFileName() + ".partial");
        boolean made = false;
        try (InputStream in = new CloudSyncStream(Files.newInputStream(encrypted), secret);
                OutputStream out = Files.newOutputStream(partial, StandardOpenOption.CREATE_NEW)) {
            made = true;
            in.transferTo(out);
        } catch (IOException failure) {
            if (made) {
                Files.deleteIfExists(partial);
            }
            throw failure;
        }
        Files.move(partial, plain, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
