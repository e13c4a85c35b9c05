package io.skyferry.crypt.box;

import java.util.Arrays;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// The JDK's Vector API: fastest where the processor has vectors of 256 bits or more and the compiler
/// has warmed up.
///
/// The only class that needs the incubator module; nothing loads it where that is missing. Methods hold
/// one loop and few operations each, and what does not change stands before the loop: a longer one is
/// not compiled well.
final class VectorKernel implements SecretBoxKernel {
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_PREFERRED;

    private static final int LANES = INTS.length();
    private static final int CHUNK = LANES * Salsa20.BLOCK;
    private static final int DOUBLE_ROUNDS = 10;

    private static final VectorShuffle<Integer> PARTNER8 = partner(8);
    private static final VectorMask<Integer> ODD8 = odd(8);
    private static final VectorShuffle<Integer> PARTNER4 = partner(4);
    private static final VectorMask<Integer> ODD4 = odd(4);
    private static final VectorShuffle<Integer> PARTNER2 = partner(2);
    private static final VectorMask<Integer> ODD2 = odd(2);
    private static final VectorShuffle<Integer> PARTNER1 = partner(1);
    private static final VectorMask<Integer> ODD1 = odd(1);

    private static final int LIMB_LANES = LONGS.length();
    private static final int LIMBS = 5;
    private static final int GROUP = LIMB_LANES * Poly1305.STEP;
    private static final long MASK26 = (1L << 26) - 1;
    private static final VectorShuffle<Long> NEIGHBOURS = VectorShuffle.fromOp(LONGS, i -> i ^ 1);
    private static final VectorMask<Long> ODD =
            VectorMask.fromLong(LONGS, 0xAAAAAAAAAAAAAAAAL & ((1L << LIMB_LANES) - 1));

    private final ScalarKernel scalar = new ScalarKernel();
    private final Tags tags = TagRace.withJdk(VectorKernel::ownTag);

    /// How many whole numbers the processor takes at once.
    static int lanes() {
        return LANES;
    }

    @Override
    public String name() {
        return "vector";
    }

    @Override
    public void xor(int[] state, byte[] from, int fromAt, byte[] to, int toAt, int length) {
        int[] counting = state.clone();
        int done = 0;
        if (length >= CHUNK) {
            int[] initial = new int[Salsa20.WORDS * LANES];
            int[] words = new int[initial.length];
            spread(counting, initial);
            for (; length - done >= CHUNK; done += CHUNK) {
                count(counting, initial);
                rounds(initial, words);
                if (LANES == Salsa20.WORDS) {
                    exchange(words, 8, PARTNER8, ODD8, 4, PARTNER4, ODD4);
                    exchange(words, 2, PARTNER2, ODD2, 1, PARTNER1, ODD1);
                } else {
                    exchange(words, 4, PARTNER4, ODD4, 2, PARTNER2, ODD2);
                    exchange(words, 1, PARTNER1, ODD1);
                }
                combine(words, from, fromAt + done, to, toAt + done);
                Salsa20.advance(counting, LANES);
            }
        }
        scalar.xor(counting, from, fromAt + done, to, toAt + done, length - done);
    }

    private static VectorShuffle<Integer> partner(int distance) {
        return VectorShuffle.fromOp(INTS, lane -> (lane ^ distance) % LANES);
    }

    private static VectorMask<Integer> odd(int distance) {
        long lanes = 0;
        for (int lane = 0; lane < LANES; lane++) {
            lanes |= (lane & distance) == 0 ? 0 : 1L << lane;
        }
        return VectorMask.fromLong(INTS, lanes);
    }

    private static void spread(int[] state, int[] words) {
        for (int word = 0; word < Salsa20.WORDS; word++) {
            Arrays.fill(words, word * LANES, (word + 1) * LANES, state[word]);
        }
    }

    private static void count(int[] state, int[] words) {
        for (int i = 0; i < LANES; i++) {
            int low = state[8] + i;
            words[8 * LANES + i] = low;
            words[9 * LANES + i] = state[9] + (Integer.compareUnsigned(low, state[8]) < 0 ? 1 : 0);
        }
    }

    private static void rounds(int[] initial, int[] words) {
        IntVector x0 = IntVector.fromArray(INTS, initial, 0);
        IntVector x1 = IntVector.fromArray(INTS, initial, LANES);
        IntVector x2 = IntVector.fromArray(INTS, initial, 2 * LANES);
        IntVector x3 = IntVector.fromArray(INTS, initial, 3 * LANES);
        IntVector x4 = IntVector.fromArray(INTS, initial, 4 * LANES);
        IntVector x5 = IntVector.fromArray(INTS, initial, 5 * LANES);
        IntVector x6 = IntVector.fromArray(INTS, initial, 6 * LANES);
        IntVector x7 = IntVector.fromArray(INTS, initial, 7 * LANES);
        IntVector x8 = IntVector.fromArray(INTS, initial, 8 * LANES);
        IntVector x9 = IntVector.fromArray(INTS, initial, 9 * LANES);
        IntVector x10 = IntVector.fromArray(INTS, initial, 10 * LANES);
        IntVector x11 = IntVector.fromArray(INTS, initial, 11 * LANES);
        IntVector x12 = IntVector.fromArray(INTS, initial, 12 * LANES);
        IntVector x13 = IntVector.fromArray(INTS, initial, 13 * LANES);
        IntVector x14 = IntVector.fromArray(INTS, initial, 14 * LANES);
        IntVector x15 = IntVector.fromArray(INTS, initial, 15 * LANES);
        for (int round = 0; round < DOUBLE_ROUNDS; round++) {
            x4 = x4.lanewise(VectorOperators.XOR, x0.add(x12).lanewise(VectorOperators.ROL, 7));
            x9 = x9.lanewise(VectorOperators.XOR, x5.add(x1).lanewise(VectorOperators.ROL, 7));
            x14 = x14.lanewise(VectorOperators.XOR, x10.add(x6).lanewise(VectorOperators.ROL, 7));
            x3 = x3.lanewise(VectorOperators.XOR, x15.add(x11).lanewise(VectorOperators.ROL, 7));
            x8 = x8.lanewise(VectorOperators.XOR, x4.add(x0).lanewise(VectorOperators.ROL, 9));
            x13 = x13.lanewise(VectorOperators.XOR, x9.add(x5).lanewise(VectorOperators.ROL, 9));
            x2 = x2.lanewise(VectorOperators.XOR, x14.add(x10).lanewise(VectorOperators.ROL, 9));
            x7 = x7.lanewise(VectorOperators.XOR, x3.add(x15).lanewise(VectorOperators.ROL, 9));
            x12 = x12.lanewise(VectorOperators.XOR, x8.add(x4).lanewise(VectorOperators.ROL, 13));
            x1 = x1.lanewise(VectorOperators.XOR, x13.add(x9).lanewise(VectorOperators.ROL, 13));
            x6 = x6.lanewise(VectorOperators.XOR, x2.add(x14).lanewise(VectorOperators.ROL, 13));
            x11 = x11.lanewise(VectorOperators.XOR, x7.add(x3).lanewise(VectorOperators.ROL, 13));
            x0 = x0.lanewise(VectorOperators.XOR, x12.add(x8).lanewise(VectorOperators.ROL, 18));
            x5 = x5.lanewise(VectorOperators.XOR, x1.add(x13).lanewise(VectorOperators.ROL, 18));
            x10 = x10.lanewise(VectorOperators.XOR, x6.add(x2).lanewise(VectorOperators.ROL, 18));
            x15 = x15.lanewise(VectorOperators.XOR, x11.add(x7).lanewise(VectorOperators.ROL, 18));

            x1 = x1.lanewise(VectorOperators.XOR, x0.add(x3).lanewise(VectorOperators.ROL, 7));
            x6 = x6.lanewise(VectorOperators.XOR, x5.add(x4).lanewise(VectorOperators.ROL, 7));
            x11 = x11.lanewise(VectorOperators.XOR, x10.add(x9).lanewise(VectorOperators.ROL, 7));
            x12 = x12.lanewise(VectorOperators.XOR, x15.add(x14).lanewise(VectorOperators.ROL, 7));
            x2 = x2.lanewise(VectorOperators.XOR, x1.add(x0).lanewise(VectorOperators.ROL, 9));
            x7 = x7.lanewise(VectorOperators.XOR, x6.add(x5).lanewise(VectorOperators.ROL, 9));
            x8 = x8.lanewise(VectorOperators.XOR, x11.add(x10).lanewise(VectorOperators.ROL, 9));
            x13 = x13.lanewise(VectorOperators.XOR, x12.add(x15).lanewise(VectorOperators.ROL, 9));
            x3 = x3.lanewise(VectorOperators.XOR, x2.add(x1).lanewise(VectorOperators.ROL, 13));
            x4 = x4.lanewise(VectorOperators.XOR, x7.add(x6).lanewise(VectorOperators.ROL, 13));
            x9 = x9.lanewise(VectorOperators.XOR, x8.add(x11).lanewise(VectorOperators.ROL, 13));
            x14 = x14.lanewise(VectorOperators.XOR, x13.add(x12).lanewise(VectorOperators.ROL, 13));
            x0 = x0.lanewise(VectorOperators.XOR, x3.add(x2).lanewise(VectorOperators.ROL, 18));
            x5 = x5.lanewise(VectorOperators.XOR, x4.add(x7).lanewise(VectorOperators.ROL, 18));
            x10 = x10.lanewise(VectorOperators.XOR, x9.add(x8).lanewise(VectorOperators.ROL, 18));
            x15 = x15.lanewise(VectorOperators.XOR, x14.add(x13).lanewise(VectorOperators.ROL, 18));
        }
        x0.add(IntVector.fromArray(INTS, initial, 0)).intoArray(words, 0);
        x1.add(IntVector.fromArray(INTS, initial, LANES)).intoArray(words, LANES);
        x2.add(IntVector.fromArray(INTS, initial, 2 * LANES)).intoArray(words, 2 * LANES);
        x3.add(IntVector.fromArray(INTS, initial, 3 * LANES)).intoArray(words, 3 * LANES);
        x4.add(IntVector.fromArray(INTS, initial, 4 * LANES)).intoArray(words, 4 * LANES);
        x5.add(IntVector.fromArray(INTS, initial, 5 * LANES)).intoArray(words, 5 * LANES);
        x6.add(IntVector.fromArray(INTS, initial, 6 * LANES)).intoArray(words, 6 * LANES);
        x7.add(IntVector.fromArray(INTS, initial, 7 * LANES)).intoArray(words, 7 * LANES);
        x8.add(IntVector.fromArray(INTS, initial, 8 * LANES)).intoArray(words, 8 * LANES);
        x9.add(IntVector.fromArray(INTS, initial, 9 * LANES)).intoArray(words, 9 * LANES);
        x10.add(IntVector.fromArray(INTS, initial, 10 * LANES)).intoArray(words, 10 * LANES);
        x11.add(IntVector.fromArray(INTS, initial, 11 * LANES)).intoArray(words, 11 * LANES);
        x12.add(IntVector.fromArray(INTS, initial, 12 * LANES)).intoArray(words, 12 * LANES);
        x13.add(IntVector.fromArray(INTS, initial, 13 * LANES)).intoArray(words, 13 * LANES);
        x14.add(IntVector.fromArray(INTS, initial, 14 * LANES)).intoArray(words, 14 * LANES);
        x15.add(IntVector.fromArray(INTS, initial, 15 * LANES)).intoArray(words, 15 * LANES);
    }

    /// One step of turning words of many blocks into blocks of many words: in each pair of rows, the
    /// lanes whose number has the bit of the distance change places with those of the other row that
    /// have not.
    private static void exchange(int[] words, int distance, VectorShuffle<Integer> partner, VectorMask<Integer> odd) {
        for (int pair = 0; pair < Salsa20.WORDS / 2; pair++) {
            int row = (pair & -distance) << 1 | (pair & (distance - 1));
            IntVector front = IntVector.fromArray(INTS, words, row * LANES);
            IntVector back = IntVector.fromArray(INTS, words, (row + distance) * LANES);
            front.blend(back.rearrange(partner), odd).intoArray(words, row * LANES);
            front.rearrange(partner).blend(back, odd).intoArray(words, (row + distance) * LANES);
        }
    }

    /// Two such steps at once, in half the passes over memory.
    private static void exchange(
            int[] words,
            int far,
            VectorShuffle<Integer> farPartner,
            VectorMask<Integer> farOdd,
            int near,
            VectorShuffle<Integer> nearPartner,
            VectorMask<Integer> nearOdd) {
        for (int four = 0; four < Salsa20.WORDS / 4; four++) {
            int row = ((four & -near) << 2 | (four & (near - 1))) * LANES;
            IntVector a = IntVector.fromArray(INTS, words, row);
            IntVector b = IntVector.fromArray(INTS, words, row + near * LANES);
            IntVector c = IntVector.fromArray(INTS, words, row + far * LANES);
            IntVector d = IntVector.fromArray(INTS, words, row + (far + near) * LANES);
            IntVector e = a.blend(c.rearrange(farPartner), farOdd);
            IntVector f = b.blend(d.rearrange(farPartner), farOdd);
            IntVector g = a.rearrange(farPartner).blend(c, farOdd);
            IntVector h = b.rearrange(farPartner).blend(d, farOdd);
            e.blend(f.rearrange(nearPartner), nearOdd).intoArray(words, row);
            e.rearrange(nearPartner).blend(f, nearOdd).intoArray(words, row + near * LANES);
            g.blend(h.rearrange(nearPartner), nearOdd).intoArray(words, row + far * LANES);
            g.rearrange(nearPartner).blend(h, nearOdd).intoArray(words, row + (far + near) * LANES);
        }
    }

    /// Combines bytes with the stream; a block's words lie in one row, or in two where a row is half a
    /// block.
    private static void combine(int[] words, byte[] from, int fromAt, byte[] to, int toAt) {
        int rows = Salsa20.WORDS / LANES;
        for (int row = 0; row < Salsa20.WORDS; row++) {
            int offset = (row % LANES * rows + row / LANES) * LANES * 4;
            IntVector stream = IntVector.fromArray(INTS, words, row * LANES);
            ByteVector.fromArray(BYTES, from, fromAt + offset)
                    .lanewise(VectorOperators.XOR, stream.reinterpretAsBytes())
                    .intoArray(to, toAt + offset);
        }
    }

    @Override
    public void tag(byte[] key, byte[] message, int at, int length, byte[] tag) {
        tags.tag(key, message, at, length, tag);
    }

    private static void ownTag(byte[] key, byte[] message, int at, int length, byte[] tag) {
        var sum = new Poly1305(key);
        int grouped = length - length % GROUP;
        if (grouped > 0) {
            sum.become(grouped(sum.multiplier26(), message, at, grouped));
        }
        sum.absorb(message, at + grouped, length - grouped);
        sum.finish(tag);
    }

    /// Sums up groups of as many steps as there are lanes; a lane takes every so many-th step.
    private static long[] grouped(long[] multiplier, byte[] message, int at, int length) {
        long[][] powers = powers(multiplier);
        long[] sums = new long[LIMBS * LIMB_LANES];
        allButLast(powers[LIMB_LANES - 1], message, at, length - GROUP, sums);
        last(powers, message, at + length - GROUP, sums);
        long[] limbs = new long[LIMBS];
        for (int limb = 0; limb < LIMBS; limb++) {
            for (int lane = 0; lane < LIMB_LANES; lane++) {
                limbs[limb] += sums[limb * LIMB_LANES + lane];
            }
        }
        carry(limbs);
        return limbs;
    }

    /// The multiplier to the power of 1 and up.
    private static long[][] powers(long[] multiplier) {
        long[][] powers = new long[LIMB_LANES][];
        powers[0] = multiplier;
        for (int i = 1; i < LIMB_LANES; i++) {
            powers[i] = product(powers[i - 1], multiplier);
        }
        return powers;
    }

    private static long[] product(long[] a, long[] b) {
        long[] limbs = new long[LIMBS];
        for (int i = 0; i < LIMBS; i++) {
            for (int j = 0; j < LIMBS; j++) {
                int sum = i + j;
                limbs[sum % LIMBS] += a[i] * b[j] * (sum < LIMBS ? 1 : 5);
            }
        }
        carry(limbs);
        return limbs;
    }

    private static void carry(long[] limbs) {
        for (int turn = 0; turn < 2; turn++) {
            for (int i = 0; i < LIMBS - 1; i++) {
                limbs[i + 1] += limbs[i] >>> 26;
                limbs[i] &= MASK26;
            }
            limbs[0] += 5 * (limbs[LIMBS - 1] >>> 26);
            limbs[LIMBS - 1] &= MASK26;
        }
        limbs[1] += limbs[0] >>> 26;
        limbs[0] &= MASK26;
    }

    private static LongVector longs(byte[] message, int at) {
        return ByteVector.fromArray(BYTES, message, at).reinterpretAsLongs();
    }

    private static void allButLast(long[] power, byte[] message, int from, int length, long[] sums) {
        final LongVector mask26 = LongVector.broadcast(LONGS, MASK26);
        final LongVector mask32 = LongVector.broadcast(LONGS, 0xFFFFFFFFL);
        final LongVector behind = LongVector.broadcast(LONGS, 1L << 24);
        final LongVector r0 = LongVector.broadcast(LONGS, power[0]).lanewise(VectorOperators.AND, mask32);
        final LongVector r1 = LongVector.broadcast(LONGS, power[1]).lanewise(VectorOperators.AND, mask32);
        final LongVector r2 = LongVector.broadcast(LONGS, power[2]).lanewise(VectorOperators.AND, mask32);
        final LongVector r3 = LongVector.broadcast(LONGS, power[3]).lanewise(VectorOperators.AND, mask32);
        final LongVector r4 = LongVector.broadcast(LONGS, power[4]).lanewise(VectorOperators.AND, mask32);
        final LongVector s1 = LongVector.broadcast(LONGS, power[1] * 5).lanewise(VectorOperators.AND, mask32);
        final LongVector s2 = LongVector.broadcast(LONGS, power[2] * 5).lanewise(VectorOperators.AND, mask32);
        final LongVector s3 = LongVector.broadcast(LONGS, power[3] * 5).lanewise(VectorOperators.AND, mask32);
        final LongVector s4 = LongVector.broadcast(LONGS, power[4] * 5).lanewise(VectorOperators.AND, mask32);
        LongVector h0 = LongVector.zero(LONGS);
        LongVector h1 = h0;
        LongVector h2 = h0;
        LongVector h3 = h0;
        LongVector h4 = h0;
        for (int at = from; at < from + length; at += GROUP) {
            LongVector front = longs(message, at);
            LongVector back = longs(message, at + GROUP / 2);
            LongVector low = front.blend(back.rearrange(NEIGHBOURS), ODD);
            LongVector high = front.rearrange(NEIGHBOURS).blend(back, ODD);
            LongVector g0 = h0.add(low.lanewise(VectorOperators.AND, mask26)).lanewise(VectorOperators.AND, mask32);
            LongVector g1 = h1.add(low.lanewise(VectorOperators.LSHR, 26).lanewise(VectorOperators.AND, mask26))
                    .lanewise(VectorOperators.AND, mask32);
            LongVector g2 = h2.add(low.lanewise(VectorOperators.LSHR, 52)
                            .lanewise(VectorOperators.OR, high.lanewise(VectorOperators.LSHL, 12))
                            .lanewise(VectorOperators.AND, mask26))
                    .lanewise(VectorOperators.AND, mask32);
            LongVector g3 = h3.add(high.lanewise(VectorOperators.LSHR, 14).lanewise(VectorOperators.AND, mask26))
                    .lanewise(VectorOperators.AND, mask32);
            LongVector g4 = h4.add(high.lanewise(VectorOperators.LSHR, 40).lanewise(VectorOperators.OR, behind))
                    .lanewise(VectorOperators.AND, mask32);
            LongVector d0 =
                    g0.mul(r0).add(g1.mul(s4)).add(g2.mul(s3)).add(g3.mul(s2)).add(g4.mul(s1));
            LongVector d1 =
                    g0.mul(r1).add(g1.mul(r0)).add(g2.mul(s4)).add(g3.mul(s3)).add(g4.mul(s2));
            LongVector d2 =
                    g0.mul(r2).add(g1.mul(r1)).add(g2.mul(r0)).add(g3.mul(s4)).add(g4.mul(s3));
            LongVector d3 =
                    g0.mul(r3).add(g1.mul(r2)).add(g2.mul(r1)).add(g3.mul(r0)).add(g4.mul(s4));
            LongVector d4 =
                    g0.mul(r4).add(g1.mul(r3)).add(g2.mul(r2)).add(g3.mul(r1)).add(g4.mul(r0));
            d1 = d1.add(d0.lanewise(VectorOperators.LSHR, 26));
            d2 = d2.add(d1.lanewise(VectorOperators.LSHR, 26));
            d3 = d3.add(d2.lanewise(VectorOperators.LSHR, 26));
            d4 = d4.add(d3.lanewise(VectorOperators.LSHR, 26));
            LongVector over = d4.lanewise(VectorOperators.LSHR, 26);
            h0 = d0.lanewise(VectorOperators.AND, mask26).add(over).add(over.lanewise(VectorOperators.LSHL, 2));
            h1 = d1.lanewise(VectorOperators.AND, mask26).add(h0.lanewise(VectorOperators.LSHR, 26));
            h0 = h0.lanewise(VectorOperators.AND, mask26);
            h2 = d2.lanewise(VectorOperators.AND, mask26);
            h3 = d3.lanewise(VectorOperators.AND, mask26);
            h4 = d4.lanewise(VectorOperators.AND, mask26);
        }
        h0.intoArray(sums, 0);
        h1.intoArray(sums, LIMB_LANES);
        h2.intoArray(sums, 2 * LIMB_LANES);
        h3.intoArray(sums, 3 * LIMB_LANES);
        h4.intoArray(sums, 4 * LIMB_LANES);
    }

    /// The last group meets a different power in each lane, so that lanes can then be added.
    private static void last(long[][] powers, byte[] message, int at, long[] sums) {
        for (int lane = 0; lane < LIMB_LANES; lane++) {
            // Even lanes hold the steps of the group's front half, odd ones those of its back half.
            int step = (lane & 1) * LIMB_LANES / 2 + lane / 2;
            long low = (long) Salsa20.LONGS.get(message, at + step * Poly1305.STEP);
            long high = (long) Salsa20.LONGS.get(message, at + step * Poly1305.STEP + 8);
            long[] limbs = {
                sums[lane] + (low & MASK26),
                sums[LIMB_LANES + lane] + (low >>> 26 & MASK26),
                sums[2 * LIMB_LANES + lane] + ((low >>> 52 | high << 12) & MASK26),
                sums[3 * LIMB_LANES + lane] + (high >>> 14 & MASK26),
                sums[4 * LIMB_LANES + lane] + (high >>> 40 | 1L << 24),
            };
            long[] product = product(limbs, powers[LIMB_LANES - 1 - step]);
            for (int limb = 0; limb < LIMBS; limb++) {
                sums[limb * LIMB_LANES + lane] = product[limb];
            }
        }
    }
}
