package io.skyferry.crypt.box;

import java.security.MessageDigest;

/// Encrypts and opens blocks under one key: XSalsa20 with Poly1305, the tag in front, as NaCl's
/// `crypto_secretbox`.
///
/// Safe for many threads.
public final class SecretBox {
    /// Bytes that a sealed block is longer than its content.
    public static final int TAG = 16;

    /// Bytes of a key.
    public static final int KEY = 32;

    /// Bytes of a nonce.
    public static final int NONCE = 24;

    private final int[] key = new int[KEY / 4];
    private final KernelChoice choice;

    /// @param key 32 bytes
    /// @param choice gives the implementation to use, anew for each block
    public SecretBox(byte[] key, KernelChoice choice) {
        if (key.length != KEY) {
            throw new IllegalArgumentException("Want a key of %s bytes but have %s".formatted(KEY, key.length));
        }
        for (int i = 0; i < this.key.length; i++) {
            this.key[i] = (int) Salsa20.INTS.get(key, 4 * i);
        }
        this.choice = choice;
    }

    /// Encrypts a block.
    ///
    /// @param nonce 24 bytes, never used for two blocks
    /// @param sealed gets [#TAG] more bytes than there are plain ones; not the array of the plain ones
    public void seal(byte[] nonce, byte[] plain, int plainAt, int length, byte[] sealed, int sealedAt) {
        SecretBoxKernel kernel = choice.kernel();
        int[] state = Salsa20.extended(key, nonce);
        byte[] first = firstBlock(state);
        int head = Math.min(length, Salsa20.BLOCK - KEY);
        combine(first, plain, plainAt, sealed, sealedAt + TAG, head);
        kernel.xor(state, plain, plainAt + head, sealed, sealedAt + TAG + head, length - head);
        byte[] tag = new byte[TAG];
        kernel.tag(first, sealed, sealedAt + TAG, length, tag);
        System.arraycopy(tag, 0, sealed, sealedAt, TAG);
    }

    /// Opens a block.
    ///
    /// @param length of the plain bytes
    /// @return whether the tag fits; nothing was written where it does not
    public boolean open(byte[] nonce, byte[] sealed, int sealedAt, int length, byte[] plain, int plainAt) {
        SecretBoxKernel kernel = choice.kernel();
        int[] state = Salsa20.extended(key, nonce);
        byte[] first = firstBlock(state);
        byte[] want = new byte[TAG];
        kernel.tag(first, sealed, sealedAt + TAG, length, want);
        byte[] have = new byte[TAG];
        System.arraycopy(sealed, sealedAt, have, 0, TAG);
        if (!MessageDigest.isEqual(want, have)) {
            return false;
        }
        int head = Math.min(length, Salsa20.BLOCK - KEY);
        combine(first, sealed, sealedAt + TAG, plain, plainAt, head);
        kernel.xor(state, sealed, sealedAt + TAG + head, plain, plainAt + head, length - head);
        return true;
    }

    /// A loop of its own: in the methods above it would have the compiler take them, and all they call, for hot.
    private static void combine(byte[] first, byte[] from, int fromAt, byte[] to, int toAt, int length) {
        for (int i = 0; i < length; i++) {
            to[toAt + i] = (byte) (from[fromAt + i] ^ first[KEY + i]);
        }
    }

    /// The first block of the stream: half of it keys the tag, half of it covers the first bytes.
    private static byte[] firstBlock(int[] state) {
        int[] block = new int[Salsa20.WORDS];
        Salsa20.block(state, block);
        Salsa20.advance(state, 1);
        byte[] bytes = new byte[Salsa20.BLOCK];
        for (int i = 0; i < Salsa20.WORDS; i++) {
            Salsa20.INTS.set(bytes, 4 * i, block[i]);
        }
        return bytes;
    }
}
