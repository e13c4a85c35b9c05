package io.skyferry.crypt.synology;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// The checksum of LZ4 frames.
///
/// Source: "xxHash fast digest algorithm", Y. Collet, version 0.1.1.
final class Xxh32 {
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int P1 = 0x9E3779B1;
    private static final int P2 = 0x85EBCA77;
    private static final int P3 = 0xC2B2AE3D;
    private static final int P4 = 0x27D4EB2F;
    private static final int P5 = 0x165667B1;
    private static final int STRIPE = 16;

    private final int[] lanes = {0x24234428, P2, 0, -P1};
    private final byte[] held = new byte[STRIPE];
    private int holding;
    private long total;

    static int of(byte[] bytes, int from, int length) {
        var hash = new Xxh32();
        hash.update(bytes, from, length);
        return hash.value();
    }

    void update(byte[] bytes, int from, int length) {
        total += length;
        int at = from;
        int left = length;
        while (left > 0) {
            if (holding == 0 && left >= STRIPE) {
                stripe(bytes, at);
                at += STRIPE;
                left -= STRIPE;
            } else {
                int count = Math.min(left, STRIPE - holding);
                System.arraycopy(bytes, at, held, holding, count);
                holding += count;
                at += count;
                left -= count;
                if (holding == STRIPE) {
                    stripe(held, 0);
                    holding = 0;
                }
            }
        }
    }

    private void stripe(byte[] bytes, int at) {
        for (int lane = 0; lane < lanes.length; lane++) {
            lanes[lane] = Integer.rotateLeft(lanes[lane] + (int) INTS.get(bytes, at + 4 * lane) * P2, 13) * P1;
        }
    }

    int value() {
        int hash = total < STRIPE
                ? P5
                : Integer.rotateLeft(lanes[0], 1)
                        + Integer.rotateLeft(lanes[1], 7)
                        + Integer.rotateLeft(lanes[2], 12)
                        + Integer.rotateLeft(lanes[3], 18);
        hash += (int) total;
        int at = 0;
        for (; at + 4 <= holding; at += 4) {
            hash = Integer.rotateLeft(hash + (int) INTS.get(held, at) * P3, 17) * P4;
        }
        for (; at < holding; at++) {
            hash = Integer.rotateLeft(hash + (held[at] & 0xFF) * P5, 11) * P1;
        }
        hash = (hash ^ (hash >>> 15)) * P2;
        hash = (hash ^ (hash >>> 13)) * P3;
        return hash ^ (hash >>> 16);
    }
}
