package io.skyferry.crypt.box;

/// One message's way through Poly1305: a sum in three limbs of 44, 44 and 42 bits.
///
/// Source: "The Poly1305-AES message-authentication code", D. J. Bernstein, 2005.
final class Poly1305 {
    /// Bytes of one step, and of the tag.
    static final int STEP = 16;

    private static final long MASK44 = (1L << 44) - 1;
    private static final long MASK42 = (1L << 42) - 1;
    private static final long ONE_BEHIND = 1L << 40;

    /// Factors are shifted so that the high half of a product starts at its bit 44: 10 on either side.
    private static final int SHIFT = 10;

    private final long r0;
    private final long r1;
    private final long r2;
    private final long pad0;
    private final long pad1;
    private long h0;
    private long h1;
    private long h2;

    /// @param key 32 bytes
    Poly1305(byte[] key) {
        long low = (long) Salsa20.LONGS.get(key, 0);
        long high = (long) Salsa20.LONGS.get(key, 8);
        r0 = low & 0xFFC0FFFFFFFL;
        r1 = (low >>> 44 | high << 20) & 0xFFFFFC0FFFFL;
        r2 = high >>> 24 & 0x00FFFFFFC0FL;
        pad0 = (long) Salsa20.LONGS.get(key, 16);
        pad1 = (long) Salsa20.LONGS.get(key, 24);
    }

    /// The multiplier in five limbs of 26 bits.
    long[] multiplier26() {
        return new long[] {
            r0 & 0x3FFFFFF,
            (r0 >>> 26 | r1 << 18) & 0x3FFFFFF,
            r1 >>> 8 & 0x3FFFFFF,
            (r1 >>> 34 | r2 << 10) & 0x3FFFFFF,
            r2 >>> 16
        };
    }

    /// Takes over a sum that was made elsewhere.
    ///
    /// @param limbs five of 26 bits, each carried
    void become(long[] limbs) {
        h0 = limbs[0] + (limbs[1] << 26);
        h1 = (h0 >>> 44) + (limbs[2] << 8) + (limbs[3] << 34 & MASK44);
        h0 &= MASK44;
        h2 = (h1 >>> 44) + (limbs[3] >>> 10) + (limbs[4] << 16);
        h1 &= MASK44;
    }

    /// Goes on with bytes; only the last call may have a length that is no multiple of [#STEP].
    void absorb(byte[] message, int at, int length) {
        int whole = length & -STEP;
        steps(message, at, whole, ONE_BEHIND);
        if (whole < length) {
            byte[] rest = new byte[STEP];
            System.arraycopy(message, at + whole, rest, 0, length - whole);
            rest[length - whole] = 1;
            steps(rest, 0, STEP, 0);
        }
    }

    private void steps(byte[] message, int from, int length, long behind) {
        final long a0 = r0 << SHIFT;
        final long a1 = r1 << SHIFT;
        final long a2 = r2 << SHIFT;
        // What overflows bit 130 comes back times five; the limbs hold 132 bits, hence times twenty.
        final long s1 = r1 * 20;
        final long s2 = r2 * 20;
        final long b1 = s1 << SHIFT;
        final long b2 = s2 << SHIFT;
        long x0 = h0;
        long x1 = h1;
        long x2 = h2;
        for (int at = from; at < from + length; at += STEP) {
            long low = (long) Salsa20.LONGS.get(message, at);
            long high = (long) Salsa20.LONGS.get(message, at + 8);
            x0 += low & MASK44;
            x1 += (low >>> 44 | high << 20) & MASK44;
            x2 += high >>> 24 | behind;
            long y0 = x0 << SHIFT;
            long y1 = x1 << SHIFT;
            long y2 = x2 << SHIFT;
            long l0 = (x0 * r0 & MASK44) + (x1 * s2 & MASK44) + (x2 * s1 & MASK44);
            long c0 = Math.multiplyHigh(y0, a0) + Math.multiplyHigh(y1, b2) + Math.multiplyHigh(y2, b1);
            long l1 = (x0 * r1 & MASK44) + (x1 * r0 & MASK44) + (x2 * s2 & MASK44);
            long c1 = Math.multiplyHigh(y0, a1) + Math.multiplyHigh(y1, a0) + Math.multiplyHigh(y2, b2);
            long l2 = (x0 * r2 & MASK44) + (x1 * r1 & MASK44) + (x2 * r0 & MASK44);
            long c2 = Math.multiplyHigh(y0, a2) + Math.multiplyHigh(y1, a1) + Math.multiplyHigh(y2, a0);
            l1 += c0 + (l0 >>> 44);
            // The top limb has 42 bits: its bits 42 and 43 belong to what comes back.
            l2 += c1 + (l1 >>> 44);
            long over = (c2 << 2) + (l2 >>> 42);
            x0 = (l0 & MASK44) + over * 5;
            x1 = (l1 & MASK44) + (x0 >>> 44);
            x0 &= MASK44;
            x2 = l2 & MASK42;
        }
        h0 = x0;
        h1 = x1;
        h2 = x2;
    }

    /// The tag of all that was absorbed.
    ///
    /// @param tag gets 16 bytes
    void finish(byte[] tag) {
        long x1 = h1 + (h0 >>> 44);
        long x0 = h0 & MASK44;
        long x2 = h2 + (x1 >>> 44);
        x1 &= MASK44;
        x0 += (x2 >>> 42) * 5;
        x2 &= MASK42;
        x1 += x0 >>> 44;
        x0 &= MASK44;
        x2 += x1 >>> 44;
        x1 &= MASK44;
        // A sum at or above 2^130 - 5 is taken modulo that number, without a branch.
        long g0 = x0 + 5;
        long g1 = x1 + (g0 >>> 44);
        long g2 = x2 + (g1 >>> 44) - (1L << 42);
        long keep = g2 >> 63;
        x0 = (x0 & keep) | (g0 & MASK44 & ~keep);
        x1 = (x1 & keep) | (g1 & MASK44 & ~keep);
        x2 = (x2 & keep) | (g2 & ~keep);
        long low = x0 | x1 << 44;
        long high = x1 >>> 20 | x2 << 24;
        long sum = low + pad0;
        Salsa20.LONGS.set(tag, 0, sum);
        Salsa20.LONGS.set(tag, 8, high + pad1 + (Long.compareUnsigned(sum, low) < 0 ? 1 : 0));
    }
}
