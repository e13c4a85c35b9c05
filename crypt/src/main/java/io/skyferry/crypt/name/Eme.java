package io.skyferry.crypt.name;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Encrypts up to 128 blocks as if they were one: every bit of the result hangs on every bit of the text.
///
/// Safe for many threads.
///
/// Source: "A Parallelizable Enciphering Mode", S. Halevi and P. Rogaway, 2003.
final class Eme {
    /// Bytes of a block.
    static final int BLOCK = 16;

    /// Most blocks of a text.
    static final int MAX_BLOCKS = 128;

    private final SecretKeySpec key;
    private final long tweakLow;
    private final long tweakHigh;
    private final ConcurrentLinkedQueue<Cipher> encrypting = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Cipher> decrypting = new ConcurrentLinkedQueue<>();
    private final long maskLow;
    private final long maskHigh;

    /// @param key 32 bytes
    /// @param tweak 16 bytes
    Eme(byte[] key, byte[] tweak) {
        this.key = new SecretKeySpec(key, "AES");
        ByteBuffer number = littleEndian(tweak);
        this.tweakLow = number.getLong();
        this.tweakHigh = number.getLong();
        ByteBuffer zero = littleEndian(aes(Cipher.ENCRYPT_MODE, new byte[BLOCK]));
        long low = zero.getLong();
        long high = zero.getLong();
        this.maskLow = doubledLow(low, high);
        this.maskHigh = doubledHigh(low, high);
    }

    /// @param text 1 to 128 whole blocks
    byte[] encrypt(byte[] text) {
        return transform(Cipher.ENCRYPT_MODE, text);
    }

    /// @param text 1 to 128 whole blocks
    byte[] decrypt(byte[] text) {
        return transform(Cipher.DECRYPT_MODE, text);
    }

    private byte[] transform(int direction, byte[] text) {
        if (text.length == 0 || text.length % BLOCK != 0 || text.length > MAX_BLOCKS * BLOCK) {
            throw new IllegalArgumentException("Want 1 to 128 blocks but have %s bytes".formatted(text.length));
        }
        byte[] first = aes(direction, masked(text));
        long sumLow = tweakLow;
        long sumHigh = tweakHigh;
        ByteBuffer a = littleEndian(first);
        while (a.hasRemaining()) {
            sumLow ^= a.getLong();
            sumHigh ^= a.getLong();
        }
        ByteBuffer middle = littleEndian(aes(direction, block(sumLow, sumHigh)));
        long middleLow = middle.getLong();
        long middleHigh = middle.getLong();
        byte[] second = aes(direction, spread(first, sumLow, sumHigh, middleLow, middleHigh));
        return masked(second);
    }

    /// Covers each block with a mask of its own.
    private byte[] masked(byte[] blocks) {
        byte[] covered = new byte[blocks.length];
        ByteBuffer in = littleEndian(blocks);
        ByteBuffer out = littleEndian(covered);
        long low = maskLow;
        long high = maskHigh;
        while (in.hasRemaining()) {
            out.putLong(in.getLong() ^ low);
            out.putLong(in.getLong() ^ high);
            long next = doubledLow(low, high);
            high = doubledHigh(low, high);
            low = next;
        }
        return covered;
    }

    private byte[] spread(byte[] first, long sumLow, long sumHigh, long middleLow, long middleHigh) {
        byte[] spread = first.clone();
        ByteBuffer out = littleEndian(spread);
        long low = sumLow ^ middleLow;
        long high = sumHigh ^ middleHigh;
        long restLow = middleLow ^ tweakLow;
        long restHigh = middleHigh ^ tweakHigh;
        for (int at = BLOCK; at < spread.length; at += BLOCK) {
            long next = doubledLow(low, high);
            high = doubledHigh(low, high);
            low = next;
            long blockLow = out.getLong(at) ^ low;
            long blockHigh = out.getLong(at + 8) ^ high;
            out.putLong(at, blockLow).putLong(at + 8, blockHigh);
            restLow ^= blockLow;
            restHigh ^= blockHigh;
        }
        out.putLong(0, restLow).putLong(8, restHigh);
        return spread;
    }

    private static long doubledLow(long low, long high) {
        return low << 1 ^ (high < 0 ? 0x87 : 0);
    }

    private static long doubledHigh(long low, long high) {
        return high << 1 | low >>> 63;
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] block(long low, long high) {
        byte[] bytes = new byte[BLOCK];
        littleEndian(bytes).putLong(low).putLong(high);
        return bytes;
    }

    private byte[] aes(int direction, byte[] blocks) {
        ConcurrentLinkedQueue<Cipher> idle = direction == Cipher.ENCRYPT_MODE ? encrypting : decrypting;
        try {
            @Nullable Cipher used = idle.poll();
            Cipher cipher = used == null ? made(direction) : used;
            byte[] done = cipher.doFinal(blocks);
            idle.add(cipher);
            return done;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java has AES", impossible);
        }
    }

    private Cipher made(int direction) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
        cipher.init(direction, key);
        return cipher;
    }
}
