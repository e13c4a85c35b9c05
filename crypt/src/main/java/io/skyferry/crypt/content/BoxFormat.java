package io.skyferry.crypt.content;

import io.skyferry.crypt.box.SecretBox;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/// Where things are in an encrypted file, and how long it is.
///
/// Source: rclone, "Crypt", section "File format".
public final class BoxFormat {
    /// Plain bytes of every block but the last.
    public static final int BLOCK = 64 << 10;

    /// Bytes of such a block when sealed.
    public static final int SEALED_BLOCK = BLOCK + SecretBox.TAG;

    /// Bytes before the first block.
    public static final int HEADER = 32;

    private static final byte[] MAGIC = {'R', 'C', 'L', 'O', 'N', 'E', 0, 0};

    private BoxFormat() {}

    /// How long the encryption of so many bytes is.
    public static long sealedSize(long plain) {
        return HEADER + sealedBlocks(plain);
    }

    /// How long the blocks of so many bytes are, without a header.
    public static long sealedBlocks(long plain) {
        long rest = plain % BLOCK;
        return plain / BLOCK * SEALED_BLOCK + (rest == 0 ? 0 : rest + SecretBox.TAG);
    }

    /// How much is in an encrypted file of that length; empty: no encrypted file has it.
    public static OptionalLong plainSize(long sealed) {
        return sealed < HEADER ? OptionalLong.empty() : plainBlocks(sealed - HEADER);
    }

    /// How much is in blocks of that length together; empty: blocks are never so long.
    public static OptionalLong plainBlocks(long sealed) {
        long rest = sealed % SEALED_BLOCK;
        if (sealed < 0 || (rest > 0 && rest <= SecretBox.TAG)) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(sealed / SEALED_BLOCK * BLOCK + (rest == 0 ? 0 : rest - SecretBox.TAG));
    }

    /// The largest content whose encryption is no longer than that; empty: not even nothing fits.
    public static OptionalLong largestIn(long sealed) {
        if (sealed < HEADER) {
            return OptionalLong.empty();
        }
        long rest = (sealed - HEADER) % SEALED_BLOCK;
        return OptionalLong.of((sealed - HEADER) / SEALED_BLOCK * BLOCK + Math.max(0, rest - SecretBox.TAG));
    }

    /// Where a block begins in the encrypted file.
    public static long sealedOffset(long block) {
        return HEADER + block * SEALED_BLOCK;
    }

    /// The header of a file.
    public static byte[] header(Nonce nonce) {
        byte[] header = Arrays.copyOf(MAGIC, HEADER);
        nonce.writeTo(header, MAGIC.length);
        return header;
    }

    /// The nonce in a header; empty if the bytes are no header.
    public static Optional<Nonce> nonceOf(byte[] header) {
        return header.length >= HEADER && isBegun(header)
                ? Optional.of(Nonce.ofBytes(header, MAGIC.length))
                : Optional.empty();
    }

    /// Whether these begin as every encrypted file does.
    public static boolean isBegun(byte[] bytes) {
        return bytes.length >= MAGIC.length && Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }
}
