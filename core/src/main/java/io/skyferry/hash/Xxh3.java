package io.skyferry.hash;

/// The constants of XXH3 and its mixing of short inputs.
final class Xxh3 {
    /// Inputs up to this length are mixed at once, not in stripes.
    static final int SHORT = 240;

    static final long PRIME32_1 = 0x9E3779B1L;
    static final long PRIME32_2 = 0x85EBCA77L;
    static final long PRIME32_3 = 0xC2B2AE3DL;
    static final long PRIME64_1 = 0x9E3779B185EBCA87L;
    static final long PRIME64_2 = 0xC2B2AE3D27D4EB4FL;
    static final long PRIME64_3 = 0x165667B19E3779F9L;
    static final long PRIME64_4 = 0x85EBCA77C2B2AE63L;
    static final long PRIME64_5 = 0x27D4EB2F165667C5L;
    private static final long MIX_1 = 0x165667919E3779F9L;
    private static final long MIX_2 = 0x9FB21C651E98DF25L;

    /// The default secret, 192 bytes, as little-endian words.
    static final long[] SECRET_WORDS = {
        0xbe4ba423396cfeb8L, 0x1cad21f72c81017cL, 0xdb979083e96dd4deL, 0x1f67b3b7a4a44072L,
        0x78e5c0cc4ee679cbL, 0x2172ffcc7dd05a82L, 0x8e2443f7744608b8L, 0x4c263a81e69035e0L,
        0xcb00c391bb52283cL, 0xa32e531b8b65d088L, 0x4ef90da297486471L, 0xd8acdea946ef1938L,
        0x3f349ce33f76faa8L, 0x1d4f0bc7c7bbdcf9L, 0x3159b4cd4be0518aL, 0x647378d9c97e9fc8L,
        0xc3ebd33483acc5eaL, 0xeb6313faffa081c5L, 0x49daf0b751dd0d17L, 0x9e68d429265516d3L,
        0xfca1477d58be162bL, 0xce31d07ad1b8f88fL, 0x280416958f3acb45L, 0x7e404bbbcafbd7afL
    };

    private Xxh3() {}

    /// Eight bytes of an input.
    @FunctionalInterface
    interface Words {
        /// The little-endian word that begins at a place.
        long at(int place);
    }

    /// Eight bytes of the secret from any place.
    static long secret(int at) {
        int bit = (at & 7) * 8;
        long here = SECRET_WORDS[at >> 3];
        return bit == 0 ? here : here >>> bit | SECRET_WORDS[(at >> 3) + 1] << (64 - bit);
    }

    /// Mixes an input of at most [#SHORT] bytes.
    ///
    /// @param out takes the low half, then the high half
    static void mixShort(Words in, int length, long[] out) {
        if (length > 128) {
            upTo240(in, length, out);
        } else if (length > 16) {
            upTo128(in, length, out);
        } else if (length > 8) {
            upTo16(in, length, out);
        } else if (length >= 4) {
            upTo8(in, length, out);
        } else if (length > 0) {
            upTo3(in, length, out);
        } else {
            out[0] = avalanche64(secret(64) ^ secret(72));
            out[1] = avalanche64(secret(80) ^ secret(88));
        }
    }

    private static void upTo3(Words in, int length, long[] out) {
        int first = (int) in.at(0) & 0xFF;
        int middle = (int) in.at(length >> 1) & 0xFF;
        int last = (int) in.at(length - 1) & 0xFF;
        int low = first << 16 | middle << 24 | last | length << 8;
        int high = Integer.rotateLeft(Integer.reverseBytes(low), 13);
        out[0] = avalanche64(Integer.toUnsignedLong(low) ^ half(0) ^ half(4));
        out[1] = avalanche64(Integer.toUnsignedLong(high) ^ half(8) ^ half(12));
    }

    private static long half(int at) {
        return secret(at) & 0xFFFF_FFFFL;
    }

    private static void upTo8(Words in, int length, long[] out) {
        long low = in.at(0) & 0xFFFF_FFFFL;
        long high = in.at(length - 4) & 0xFFFF_FFFFL;
        long keyed = low + (high << 32) ^ secret(16) ^ secret(24);
        long factor = PRIME64_1 + ((long) length << 2);
        long productLow = keyed * factor;
        long productHigh = Math.unsignedMultiplyHigh(keyed, factor) + (productLow << 1);
        productLow ^= productHigh >>> 3;
        productLow = (productLow ^ productLow >>> 35) * MIX_2;
        out[0] = productLow ^ productLow >>> 28;
        out[1] = avalanche(productHigh);
    }

    private static void upTo16(Words in, int length, long[] out) {
        long low = in.at(0);
        long high = in.at(length - 8);
        long keyed = low ^ high ^ secret(32) ^ secret(40);
        long productLow = keyed * PRIME64_1 + ((long) (length - 1) << 54);
        high ^= secret(48) ^ secret(56);
        long productHigh = Math.unsignedMultiplyHigh(keyed, PRIME64_1) + high + (high & 0xFFFF_FFFFL) * (PRIME32_2 - 1);
        productLow ^= Long.reverseBytes(productHigh);
        out[0] = avalanche(productLow * PRIME64_2);
        out[1] = avalanche(Math.unsignedMultiplyHigh(productLow, PRIME64_2) + productHigh * PRIME64_2);
    }

    private static void upTo128(Words in, int length, long[] out) {
        out[0] = length * PRIME64_1;
        out[1] = 0;
        for (int i = (length - 1) / 32; i >= 0; i--) {
            mix32(in, 16 * i, length - 16 * (i + 1), 32 * i, out);
        }
        finish(length, out);
    }

    private static void upTo240(Words in, int length, long[] out) {
        out[0] = length * PRIME64_1;
        out[1] = 0;
        for (int i = 32; i < 160; i += 32) {
            mix32(in, i - 32, i - 16, i - 32, out);
        }
        out[0] = avalanche(out[0]);
        out[1] = avalanche(out[1]);
        for (int i = 160; i <= length; i += 32) {
            mix32(in, i - 32, i - 16, 3 + i - 160, out);
        }
        mix32(in, length - 16, length - 32, 103, out);
        finish(length, out);
    }

    private static void mix32(Words in, int one, int two, int key, long[] sum) {
        sum[0] = sum[0] + mix16(in, one, key) ^ in.at(two) + in.at(two + 8);
        sum[1] = sum[1] + mix16(in, two, key + 16) ^ in.at(one) + in.at(one + 8);
    }

    private static long mix16(Words in, int at, int key) {
        return fold(in.at(at) ^ secret(key), in.at(at + 8) ^ secret(key + 8));
    }

    private static void finish(int length, long[] sum) {
        long low = sum[0] + sum[1];
        long high = sum[0] * PRIME64_1 + sum[1] * PRIME64_4 + length * PRIME64_2;
        sum[0] = avalanche(low);
        sum[1] = -avalanche(high);
    }

    /// Folds the lanes of a long input into one half of the result.
    static long merge(long[] lanes, int key, long start) {
        long sum = start;
        for (int i = 0; i < lanes.length; i += 2) {
            sum += fold(lanes[i] ^ secret(key + i * 8), lanes[i + 1] ^ secret(key + i * 8 + 8));
        }
        return avalanche(sum);
    }

    private static long fold(long a, long b) {
        return a * b ^ Math.unsignedMultiplyHigh(a, b);
    }

    private static long avalanche(long value) {
        long mixed = (value ^ value >>> 37) * MIX_1;
        return mixed ^ mixed >>> 32;
    }

    private static long avalanche64(long value) {
        long mixed = (value ^ value >>> 33) * PRIME64_2;
        mixed = (mixed ^ mixed >>> 29) * PRIME64_3;
        return mixed ^ mixed >>> 32;
    }
}
