package io.skyferry.testkit;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HexFormat;

/// XXH3 with 128 bits of a whole array, written for being read: what faster code is checked against.
///
/// Source: the xxHash specification, "XXH3 algorithm", with the default secret and the seed 0.
public final class ReferenceXxh128 {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private static final byte[] SECRET = HexFormat.of()
            .parseHex("b8fe6c3923a44bbe7c01812cf721ad1cded46de9839097db7240a4a4b7b3671f"
                    + "cb79e64eccc0e578825ad07dccff7221b8084674f743248ee03590e6813a264c"
                    + "3c2852bb91c300cb88d0658b1b532ea371644897a20df94e3819ef46a9deacd8"
                    + "a8fa763fe39c343ff9dcbbc7c70b4f1d8a51e04bcdb45931c89f7ec9d9787364"
                    + "eac5ac8334d3ebc3c581a0fffa1363eb170ddd51b7f0da49d316552629d4689e"
                    + "2b16be587d47a1fc8ff8b8d17ad031ce45cb3a8f95160428afd7fbcabb4b407e");

    private static final long PRIME32_1 = 0x9E3779B1L;
    private static final long PRIME32_2 = 0x85EBCA77L;
    private static final long PRIME32_3 = 0xC2B2AE3DL;
    private static final long PRIME64_1 = 0x9E3779B185EBCA87L;
    private static final long PRIME64_2 = 0xC2B2AE3D27D4EB4FL;
    private static final long PRIME64_3 = 0x165667B19E3779F9L;
    private static final long PRIME64_4 = 0x85EBCA77C2B2AE63L;
    private static final long PRIME64_5 = 0x27D4EB2F165667C5L;
    private static final long PRIME_MX1 = 0x165667919E3779F9L;
    private static final long PRIME_MX2 = 0x9FB21C651E98DF25L;

    private static final int STRIPE = 64;
    private static final int STRIPES_PER_BLOCK = (SECRET.length - STRIPE) / 8;
    private static final int BLOCK = STRIPE * STRIPES_PER_BLOCK;

    private final byte[] in;
    private final int length;
    private long low;
    private long high;

    private ReferenceXxh128(byte[] in) {
        this.in = in;
        this.length = in.length;
    }

    /// The hash as lower-case hexadecimal text, high half first.
    public static String hex(byte[] bytes) {
        var hash = new ReferenceXxh128(bytes);
        hash.run();
        return HexFormat.of().toHexDigits(hash.high) + HexFormat.of().toHexDigits(hash.low);
    }

    private void run() {
        if (length == 0) {
            low = avalanche64(secret(64) ^ secret(72));
            high = avalanche64(secret(80) ^ secret(88));
        } else if (length <= 3) {
            upTo3();
        } else if (length <= 8) {
            upTo8();
        } else if (length <= 16) {
            upTo16();
        } else if (length <= 240) {
            upTo240();
        } else {
            longer();
        }
    }

    private void upTo3() {
        int first = in[0] & 0xFF;
        int middle = in[length >> 1] & 0xFF;
        int last = in[length - 1] & 0xFF;
        int one = (first << 16) | (middle << 24) | last | (length << 8);
        int other = Integer.rotateLeft(Integer.reverseBytes(one), 13);
        low = avalanche64(Integer.toUnsignedLong(one ^ secretInt(0) ^ secretInt(4)));
        high = avalanche64(Integer.toUnsignedLong(other ^ secretInt(8) ^ secretInt(12)));
    }

    private void upTo8() {
        long all = Integer.toUnsignedLong((int) INT.get(in, 0)) + ((long) (int) INT.get(in, length - 4) << 32);
        long keyed = all ^ secret(16) ^ secret(24);
        long factor = PRIME64_1 + ((long) length << 2);
        long productHigh = Math.unsignedMultiplyHigh(keyed, factor);
        long productLow = keyed * factor;
        productHigh += productLow << 1;
        productLow ^= productHigh >>> 3;
        productLow ^= productLow >>> 35;
        productLow *= PRIME_MX2;
        low = productLow ^ (productLow >>> 28);
        high = avalanche3(productHigh);
    }

    private void upTo16() {
        long start = at(0);
        long end = at(length - 8);
        long mixed = start ^ end ^ secret(32) ^ secret(40);
        long productHigh = Math.unsignedMultiplyHigh(mixed, PRIME64_1);
        long productLow = mixed * PRIME64_1 + ((long) (length - 1) << 54);
        long keyed = end ^ secret(48) ^ secret(56);
        productHigh += keyed + (keyed & 0xFFFFFFFFL) * (PRIME32_2 - 1);
        productLow ^= Long.reverseBytes(productHigh);
        low = avalanche3(productLow * PRIME64_2);
        high = avalanche3(Math.unsignedMultiplyHigh(productLow, PRIME64_2) + productHigh * PRIME64_2);
    }

    private void upTo240() {
        low = length * PRIME64_1;
        high = 0;
        if (length <= 128) {
            for (int i = (length - 1) / 32; i >= 0; i--) {
                mix(16 * i, length - 16 * (i + 1), 32 * i);
            }
        } else {
            for (int i = 0; i < 4; i++) {
                mix(32 * i, 32 * i + 16, 32 * i);
            }
            low = avalanche3(low);
            high = avalanche3(high);
            for (int i = 4; i < length / 32; i++) {
                mix(32 * i, 32 * i + 16, 3 + 32 * (i - 4));
            }
            mix(length - 16, length - 32, 136 - 17 - 16);
        }
        long sum = low + high;
        long spread = low * PRIME64_1 + high * PRIME64_4 + length * PRIME64_2;
        low = avalanche3(sum);
        high = -avalanche3(spread);
    }

    private void mix(int one, int other, int key) {
        low += fold(at(one) ^ secret(key), at(one + 8) ^ secret(key + 8));
        low ^= at(other) + at(other + 8);
        high += fold(at(other) ^ secret(key + 16), at(other + 8) ^ secret(key + 24));
        high ^= at(one) + at(one + 8);
    }

    private void longer() {
        long[] sums = {
            PRIME32_3, PRIME64_1, PRIME64_2, PRIME64_3, PRIME64_4, PRIME32_2, PRIME64_5, PRIME32_1,
        };
        int stripes = (length - 1) / STRIPE;
        for (int i = 0; i < stripes; i++) {
            accumulate(sums, i * STRIPE, i % STRIPES_PER_BLOCK * 8);
            if ((i + 1) % STRIPES_PER_BLOCK == 0 && (i + 1) * (long) STRIPE <= (length - 1) / BLOCK * (long) BLOCK) {
                scramble(sums);
            }
        }
        accumulate(sums, length - STRIPE, SECRET.length - STRIPE - 7);
        low = merge(sums, 11, length * PRIME64_1);
        high = merge(sums, SECRET.length - STRIPE - 11, ~(length * PRIME64_2));
    }

    private void accumulate(long[] sums, int from, int key) {
        for (int i = 0; i < 8; i++) {
            long data = at(from + 8 * i);
            long keyed = data ^ secret(key + 8 * i);
            sums[i ^ 1] += data;
            sums[i] += (keyed & 0xFFFFFFFFL) * (keyed >>> 32);
        }
    }

    private static void scramble(long[] sums) {
        for (int i = 0; i < 8; i++) {
            sums[i] = (sums[i] ^ (sums[i] >>> 47) ^ secret(SECRET.length - STRIPE + 8 * i)) * PRIME32_1;
        }
    }

    private static long merge(long[] sums, int key, long start) {
        long result = start;
        for (int i = 0; i < 4; i++) {
            result += fold(sums[2 * i] ^ secret(key + 16 * i), sums[2 * i + 1] ^ secret(key + 16 * i + 8));
        }
        return avalanche3(result);
    }

    private static long fold(long a, long b) {
        return (a * b) ^ Math.unsignedMultiplyHigh(a, b);
    }

    private static long avalanche3(long value) {
        long half = (value ^ (value >>> 37)) * PRIME_MX1;
        return half ^ (half >>> 32);
    }

    private static long avalanche64(long value) {
        long first = (value ^ (value >>> 33)) * PRIME64_2;
        long second = (first ^ (first >>> 29)) * PRIME64_3;
        return second ^ (second >>> 32);
    }

    private long at(int index) {
        return (long) LONG.get(in, index);
    }

    private static long secret(int index) {
        return (long) LONG.get(SECRET, index);
    }

    private static int secretInt(int index) {
        return (int) INT.get(SECRET, index);
    }
}
