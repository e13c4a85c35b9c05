package io.skyferry.crypt.name;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Bytes as characters of 15 bits each, all of one UTF-16 unit and left alone by Unicode's normal forms.
///
/// Source: the alphabet that rclone uses, in runs of 32 characters.
final class Base32768 {
    private static final int RUN = 32;
    private static final int LONG_BITS = 15;
    private static final int SHORT_BITS = 7;
    private static final int SHORT_RUNS = 4;

    /// Starts of runs, `first-last` where several follow each other. The first four are for the last few
    /// bits.
    private static final String RUNS = """
            0180 0240-0280 04a0 0500 0680-06a0 0760-0780 07c0 1000 10a0 1100-1140 1180 11e0-1220 1260 12e0 1320 \
            13a0-13c0 1420-1640 16a0-16c0 1780 1820-1840 18c0 1980 19e0 1a20 1bc0 1c00 1d00 21e0 22c0 2340-23c0 \
            2400 2500-2740 2780-27a0 2800-2960 29a0 2a20-2a40 2a80-2aa0 2ae0-2b40 2c00 2c80-2cc0 2d00 2d40 \
            2ea0-2ec0 31c0 3400-4d80 4dc0-9fa0 a000-a460 a4a0 a500-a5e0 a640 a6a0-a6c0 a700-a740 a780 a840\
            """;

    private static final List<Integer> STARTS = starts();

    /// For each character its bits, with [#LONG_BITS] or [#SHORT_BITS] of them; -1 for other characters.
    private static final int[] VALUES = values();

    private Base32768() {}

    private static List<Integer> starts() {
        var starts = new ArrayList<Integer>();
        for (String run : RUNS.split(" ", -1)) {
            int first = Integer.parseInt(run.substring(0, 4), 16);
            int last = Integer.parseInt(run.substring(run.length() - 4), 16);
            for (int start = first; start <= last; start += RUN) {
                starts.add(start);
            }
        }
        return starts;
    }

    private static int[] values() {
        int[] values = new int[1 << 16];
        Arrays.fill(values, -1);
        for (int i = 0; i < STARTS.size() * RUN; i++) {
            values[STARTS.get(i / RUN) + i % RUN] = i;
        }
        return values;
    }

    static String encode(byte[] bytes) {
        var text = new StringBuilder(bytes.length * 8 / LONG_BITS + 1);
        int held = 0;
        int bits = 0;
        for (byte b : bytes) {
            held = (held << 8) | (b & 0xFF);
            bits += 8;
            if (bits >= LONG_BITS) {
                bits -= LONG_BITS;
                text.append(character((held >>> bits) + SHORT_RUNS * RUN));
                held &= (1 << bits) - 1;
            }
        }
        if (bits > SHORT_BITS) {
            text.append(character(filled(held, LONG_BITS - bits) + SHORT_RUNS * RUN));
        } else if (bits > 0) {
            text.append(character(filled(held, SHORT_BITS - bits)));
        }
        return text.toString();
    }

    private static int filled(int held, int missing) {
        return held << missing | (1 << missing) - 1;
    }

    private static char character(int number) {
        return (char) (STARTS.get(number / RUN) + number % RUN);
    }

    static Optional<byte[]> decode(String text) {
        byte[] bytes = new byte[text.length() * LONG_BITS / 8 + 1];
        long held = 0;
        int bits = 0;
        int at = 0;
        for (int i = 0; i < text.length(); i++) {
            int number = VALUES[text.charAt(i)];
            boolean last = i == text.length() - 1;
            if (number < 0 || (number < SHORT_RUNS * RUN && !last)) {
                return Optional.empty();
            }
            boolean isShort = number < SHORT_RUNS * RUN;
            int count = isShort ? SHORT_BITS : LONG_BITS;
            held = (held << count) | (isShort ? number : number - SHORT_RUNS * RUN);
            bits += count;
            while (bits >= 8) {
                bits -= 8;
                bytes[at++] = (byte) (held >>> bits);
            }
            held &= (1L << bits) - 1;
        }
        return Optional.of(Arrays.copyOf(bytes, at));
    }
}
