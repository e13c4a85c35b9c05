package io.skyferry.crypt;

import io.skyferry.crypt.box.KernelChoice;
import io.skyferry.crypt.box.SecretBox;
import io.skyferry.crypt.content.BlockGuard;
import io.skyferry.crypt.content.BoxFormat;
import io.skyferry.crypt.content.DamagedException;
import io.skyferry.crypt.content.Nonce;
import io.skyferry.crypt.content.OpeningStream;
import io.skyferry.crypt.content.SealingStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;

/// Encrypts and decrypts single files on the local disk, as a user asks for it.
public final class CryptFiles {
    private static final int BUFFER = 4 * BoxFormat.SEALED_BLOCK;

    private final SecretBox box;

    /// @param kernels how blocks are computed, as [io.skyferry.crypt.box.Kernels#shared]
    public CryptFiles(CryptKeys keys, KernelChoice kernels) {
        this.box = new SecretBox(keys.data(), kernels);
    }

    /// Writes what is in an encrypted file.
    ///
    /// A file that was cut at the edge of a block looks whole: its own bytes do not tell how long it was.
    ///
    /// @throws DamagedException if it does not decrypt; bytes before the damage were written then
    /// @throws IOException as files and streams do
    public void cat(Path file, OutputStream out) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] header = in.readNBytes(BoxFormat.HEADER);
            if (header.length < BoxFormat.HEADER) {
                throw new DamagedException("Want an encrypted file of at least %s bytes but '%s' has %s"
                        .formatted(BoxFormat.HEADER, file, header.length));
            }
            Nonce nonce = BoxFormat.nonceOf(header)
                    .orElseThrow(() -> new DamagedException(
                            "Want an encrypted file but '%s' does not begin like one".formatted(file)));
            var content = new OpeningStream(box, nonce, in, 0, OptionalLong.empty());
            copy(content, out);
        }
    }

    /// Encrypts a file into another, which appears when it is whole.
    ///
    /// @param nonce never used before under these keys
    /// @throws IOException as files do
    public void put(Path source, Path file, Nonce nonce) throws IOException {
        Path partial = file.resolveSibling(
                file.getFileName() + ".partial-" + nonce.hex().substring(0, 16));
        try {
            try (InputStream in = Files.newInputStream(source);
                    OutputStream out = Files.newOutputStream(partial, StandardOpenOption.CREATE_NEW)) {
                copy(new SealingStream(box, nonce, in, 0, OptionalLong.empty(), BlockGuard.ONCE), out);
            }
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private static void copy(InputStream from, OutputStream to) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
            to.write(buffer, 0, count);
        }
    }
}
