package io.skyferry.storages.s3.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The names of the elements of one reply, which has few and each of them many times.
final class XmlNames {
    private static final int SLOTS = 64;

    private final @Nullable String[] names = new @Nullable String[SLOTS];
    private final byte[][] spellings = new byte[SLOTS][];

    /// The hash of a name that goes on with this byte; that of none is 0.
    static int hash(int before, byte next) {
        return before * 31 + next;
    }

    /// The name that stands here.
    ///
    /// @param hash of its bytes
    String of(byte[] bytes, int from, int to, int hash) {
        int slot = (hash ^ hash >>> 16) & (SLOTS - 1);
        String known = names[slot];
        if (known == null || !isSame(spellings[slot], bytes, from, to)) {
            // The same text as in the code that asks for it is compared at a glance.
            known = new String(bytes, from, to - from, StandardCharsets.UTF_8).intern();
            names[slot] = known;
            spellings[slot] = Arrays.copyOfRange(bytes, from, to);
        }
        return known;
    }

    private static boolean isSame(byte[] known, byte[] bytes, int from, int to) {
        if (known.length != to - from) {
            return false;
        }
        for (int i = 0; i < known.length; i++) {
            if (known[i] != bytes[from + i]) {
                return false;
            }
        }
        return true;
    }
}
