package io.skyferry.crypt.content;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/// What makes the encryption of a block unlike any other: a number of 192 bits, counted up from block to
/// block.
///
/// @param low its lowest 64 bits, first in the file
public record Nonce(long low, long middle, long high) {
    /// Bytes of a nonce.
    public static final int BYTES = 24;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /// A new one.
    ///
    /// @param random must be unforeseeable outside of tests
    public static Nonce draw(RandomGenerator random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return ofBytes(bytes, 0);
    }

    /// Reads 24 bytes.
    public static Nonce ofBytes(byte[] bytes, int at) {
        return new Nonce(
                (long) LONGS.get(bytes, at), (long) LONGS.get(bytes, at + 8), (long) LONGS.get(bytes, at + 16));
    }

    /// Reads 48 hexadecimal digits.
    ///
    /// @throws IllegalArgumentException if they are not that
    public static Nonce ofHex(String text) {
        byte[] bytes = HexFormat.of().parseHex(text);
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("Want %s bytes but have %s".formatted(BYTES, bytes.length));
        }
        return ofBytes(bytes, 0);
    }

    /// Whether another nonce is one of the next ones that this is counted on to.
    ///
    /// @param blocks how many of them
    public boolean isWithin(long blocks, Nonce other) {
        long steps = other.low - low;
        return steps > 0 && steps <= blocks && plus(steps).equals(other);
    }

    /// The nonce so many blocks on; behind the last number comes 0.
    public Nonce plus(long blocks) {
        long first = low + blocks;
        long carry = Long.compareUnsigned(first, low) < 0 ? 1 : 0;
        long second = middle + carry;
        return new Nonce(first, second, carry == 1 && second == 0 ? high + 1 : high);
    }

    /// Puts the 24 bytes somewhere.
    public void writeTo(byte[] bytes, int at) {
        LONGS.set(bytes, at, low);
        LONGS.set(bytes, at + 8, middle);
        LONGS.set(bytes, at + 16, high);
    }

    /// The 24 bytes.
    public byte[] bytes() {
        byte[] bytes = new byte[BYTES];
        writeTo(bytes, 0);
        return bytes;
    }

    /// The bytes as hexadecimal digits.
    public String hex() {
        return HexFormat.of().formatHex(bytes());
    }
}
