package io.skyferry.hash;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// XXH3 with 128 bits, seed 0 and the default secret, streaming.
///
/// Source: "XXH3 algorithm description" in the document `xxhash_spec.md` of the xxHash project; the result is in its
/// canonical form, high half first.
///
/// Bytes are copied into an array of longs before they are mixed. The copy is cheap, and plain array reads are fast
/// in the interpreter and in code that is not optimised yet, which is where short runs spend their time.
public final class Xxh128 implements Hasher {
    private static final boolean BIG_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN;

    private static final int STRIPE = 64;
    private static final int STRIPE_WORDS = STRIPE / Long.BYTES;
    private static final int BLOCK = 1024;
    private static final int BLOCK_WORDS = BLOCK / Long.BYTES;
    private static final int STRIPES = BLOCK / STRIPE;
    /// Whole blocks, so that a full array is always mixed to its end.
    private static final int CAPACITY = 8 * BLOCK;

    /// The last 64 bytes of what was mixed before stand in front: the last stripe may reach back to them.
    private static final int DATA = STRIPE;

    private static final long LOW_HALF = 0xFFFF_FFFFL;

    private final long[] words = new long[(DATA + CAPACITY) / Long.BYTES];
    private final MemorySegment buffer = MemorySegment.ofArray(words);
    private final long[] lanes = new long[STRIPE_WORDS];
    private final Places places = new Places();
    private int fill;
    private long total;

    /// Has taken nothing yet.
    public Xxh128() {
        reset();
    }

    @Override
    public void reset() {
        fill = 0;
        total = 0;
        lanes[0] = Xxh3.PRIME32_3;
        lanes[1] = Xxh3.PRIME64_1;
        lanes[2] = Xxh3.PRIME64_2;
        lanes[3] = Xxh3.PRIME64_3;
        lanes[4] = Xxh3.PRIME64_4;
        lanes[5] = Xxh3.PRIME32_2;
        lanes[6] = Xxh3.PRIME64_5;
        lanes[7] = Xxh3.PRIME32_1;
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
        update(MemorySegment.ofArray(bytes), offset, length);
    }

    @Override
    public void update(MemorySegment bytes, long offset, long length) {
        long at = offset;
        long end = offset + length;
        while (at < end) {
            if (fill == CAPACITY) {
                drain();
            }
            int step = (int) Math.min(CAPACITY - fill, end - at);
            MemorySegment.copy(bytes, at, buffer, DATA + (long) fill, step);
            fill += step;
            at += step;
        }
        total += length;
    }

    /// Mixes the full array, for more bytes follow; its last stripe is kept.
    private void drain() {
        for (int block = 0; block < CAPACITY / BLOCK; block++) {
            mix(DATA / Long.BYTES + block * BLOCK_WORDS, STRIPES);
            scramble();
        }
        System.arraycopy(words, words.length - STRIPE_WORDS, words, 0, STRIPE_WORDS);
        fill = 0;
    }

    @Override
    public byte[] digest() {
        long low;
        long high;
        if (total <= Xxh3.SHORT) {
            long[] both = new long[2];
            Xxh3.mixShort(places, (int) total, both);
            low = both[0];
            high = both[1];
        } else {
            mixRest();
            low = Xxh3.merge(lanes, 11, total * Xxh3.PRIME64_1);
            high = Xxh3.merge(lanes, 117, ~(total * Xxh3.PRIME64_2));
        }
        reset();
        return ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).array();
    }

    /// Mixes what the array holds, up to and with the stripe that ends the input.
    private void mixRest() {
        int blocks = (fill - 1) / BLOCK;
        int first = DATA / Long.BYTES;
        for (int block = 0; block < blocks; block++) {
            mix(first, STRIPES);
            scramble();
            first += BLOCK_WORDS;
        }
        mix(first, (fill - 1 - blocks * BLOCK) / STRIPE);
        for (int lane = 0; lane < STRIPE_WORDS; lane++) {
            long data = word(fill - STRIPE + lane * Long.BYTES);
            long keyed = data ^ Xxh3.secret(121 + lane * Long.BYTES);
            lanes[lane ^ 1] += data;
            lanes[lane] += (keyed & LOW_HALF) * (keyed >>> 32);
        }
    }

    /// The eight bytes at a place of the data, wherever it lies between two words.
    private long word(int at) {
        int bit = (at & 7) * 8;
        int index = (DATA + at) >> 3;
        long here = little(words[index]);
        return bit == 0 ? here : here >>> bit | little(words[index + 1]) << (64 - bit);
    }

    private static long little(long word) {
        return BIG_ENDIAN ? Long.reverseBytes(word) : word;
    }

    /// A class and no lambda: the first lambda of a process costs more than hashing a thousand small files.
    private final class Places implements Xxh3.Words {
        @Override
        public long at(int place) {
            return word(place);
        }
    }

    /// Mixes whole stripes. The lanes are local so that they stay in registers.
    private void mix(int first, int stripes) {
        long[] data = words;
        long[] key = Xxh3.SECRET_WORDS;
        long a0 = lanes[0];
        long a1 = lanes[1];
        long a2 = lanes[2];
        long a3 = lanes[3];
        long a4 = lanes[4];
        long a5 = lanes[5];
        long a6 = lanes[6];
        long a7 = lanes[7];
        int at = first;
        for (int s = 0; s < stripes; s++) {
            long d0 = little(data[at]);
            long d1 = little(data[at + 1]);
            long k0 = d0 ^ key[s];
            long k1 = d1 ^ key[s + 1];
            a0 += d1 + (k0 & LOW_HALF) * (k0 >>> 32);
            a1 += d0 + (k1 & LOW_HALF) * (k1 >>> 32);
            long d2 = little(data[at + 2]);
            long d3 = little(data[at + 3]);
            long k2 = d2 ^ key[s + 2];
            long k3 = d3 ^ key[s + 3];
            a2 += d3 + (k2 & LOW_HALF) * (k2 >>> 32);
            a3 += d2 + (k3 & LOW_HALF) * (k3 >>> 32);
            long d4 = little(data[at + 4]);
            long d5 = little(data[at + 5]);
            long k4 = d4 ^ key[s + 4];
            long k5 = d5 ^ key[s + 5];
            a4 += d5 + (k4 & LOW_HALF) * (k4 >>> 32);
            a5 += d4 + (k5 & LOW_HALF) * (k5 >>> 32);
            long d6 = little(data[at + 6]);
            long d7 = little(data[at + 7]);
            long k6 = d6 ^ key[s + 6];
            long k7 = d7 ^ key[s + 7];
            a6 += d7 + (k6 & LOW_HALF) * (k6 >>> 32);
            a7 += d6 + (k7 & LOW_HALF) * (k7 >>> 32);
            at += STRIPE_WORDS;
        }
        lanes[0] = a0;
        lanes[1] = a1;
        lanes[2] = a2;
        lanes[3] = a3;
        lanes[4] = a4;
        lanes[5] = a5;
        lanes[6] = a6;
        lanes[7] = a7;
    }

    private void scramble() {
        for (int lane = 0; lane < STRIPE_WORDS; lane++) {
            long value = lanes[lane];
            lanes[lane] = (value ^ value >>> 47 ^ Xxh3.SECRET_WORDS[16 + lane]) * Xxh3.PRIME32_1;
        }
    }
}
