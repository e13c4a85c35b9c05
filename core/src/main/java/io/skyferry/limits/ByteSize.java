package io.skyferry.limits;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;

/// A number of bytes as rclone writes it: `512` is KiB, `100B`, `10M`, `1.5Gi`, `4KiB`.
///
/// Units are `B K M G T P E` in either case, all but `B` powers of 1024, also spelt `Ki` and `KiB`.
///
/// Source: rclone's manual, "Size options", and what its parser takes.
///
/// @param bytes 0 or more
public record ByteSize(long bytes) implements Comparable<ByteSize> {
    private static final String UNITS = "KMGTPE";
    private static final int FRACTION_DIGITS = 3;

    /// Which spellings of a unit are taken.
    enum Spelling {
        /// Rclone's own: `MB` is refused.
        STRICT,
        /// Also `KB`, `MB`, `GB`, which mean the powers of 1024, as TrueNAS's field and its manual have it.
        WIDE
    }

    /// Refuses less than nothing.
    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("Want a size of 0 or more but have %s".formatted(bytes));
        }
    }

    /// Reads a size; a bare number is in KiB.
    ///
    /// @throws SpecException naming the place that cannot be read
    public static ByteSize parse(String text) {
        return parse(text, Spelling.STRICT);
    }

    /// Reads a size or `off`, which is empty.
    ///
    /// @throws SpecException naming the place that cannot be read
    public static Optional<ByteSize> parseOrOff(String text) {
        return isOff(text) ? Optional.empty() : Optional.of(parse(text));
    }

    static boolean isOff(String text) {
        return text.equalsIgnoreCase("off");
    }

    static ByteSize parse(String text, Spelling spelling) {
        if (text.isEmpty()) {
            throw new SpecException(text, 0, "Want a size such as '512', '10M' or '1.5G' but have nothing");
        }
        int numberEnd = numberEnd(text, spelling);
        long unit = unit(text, numberEnd, spelling);
        String digits = text.substring(0, numberEnd);
        BigDecimal number = Decimal.read(digits)
                .orElseThrow(() -> new SpecException(text, 0, "Want a number but have '%s'".formatted(digits)));
        if (number.signum() < 0) {
            throw new SpecException(text, 0, "Want a size of 0 or more but have '%s'".formatted(text));
        }
        return Decimal.times(number, unit)
                .map(ByteSize::new)
                .orElseThrow(() -> new SpecException(text, 0, "Want less than 8 EiB but have '%s'".formatted(text)));
    }

    /// Where the unit starts. The last letter decides, so that `1E` is an exbibyte and `1E3` a thousand.
    private static int numberEnd(String text, Spelling spelling) {
        int end = text.length();
        if (isDigitOrPoint(text.charAt(end - 1))) {
            return end;
        }
        boolean longUnit = end >= 3 && text.charAt(end - 2) == 'i' && isByte(text.charAt(end - 1));
        if (longUnit) {
            return end - 3;
        }
        boolean shortBinary = end >= 2 && (text.charAt(end - 1) == 'i' || text.charAt(end - 1) == 'I');
        boolean decimalLook = spelling == Spelling.WIDE
                && end >= 2
                && isByte(text.charAt(end - 1))
                && power(text.charAt(end - 2)) > 0;
        return shortBinary || decimalLook ? end - 2 : end - 1;
    }

    private static boolean isDigitOrPoint(char c) {
        return (c >= '0' && c <= '9') || c == '.';
    }

    private static boolean isByte(char c) {
        return c == 'b' || c == 'B';
    }

    /// 1 for K to 6 for E, 0 for any other character.
    private static int power(char c) {
        return UNITS.indexOf(Character.toUpperCase(c)) + 1;
    }

    private static long unit(String text, int start, Spelling spelling) {
        if (start == text.length()) {
            return 1L << 10;
        }
        String unit = text.substring(start);
        if (unit.length() == 1 && isByte(unit.charAt(0))) {
            refuseDecimalLook(text, start, spelling);
            return 1;
        }
        int power = power(unit.charAt(0));
        if (power == 0) {
            throw new SpecException(
                    text, start, "Want one of the units B, K, M, G, T, P, E but have '%s'".formatted(unit));
        }
        return 1L << (10 * power);
    }

    private static void refuseDecimalLook(String text, int start, Spelling spelling) {
        if (spelling == Spelling.STRICT && start > 0 && power(text.charAt(start - 1)) > 0) {
            String letter = text.substring(start - 1, start).toUpperCase(Locale.ROOT);
            throw new SpecException(
                    text,
                    start - 1,
                    "Want '%s' or '%siB' (1024-fold) but have '%s'"
                            .formatted(letter, letter, text.substring(start - 1)));
        }
    }

    @Override
    public int compareTo(ByteSize other) {
        return Long.compare(bytes, other.bytes);
    }

    /// The one spelling of this size, which [#parse(String)] reads back exactly: `100B`, `512Ki`, `1.500Mi`.
    @Override
    public String toString() {
        if (bytes == 0) {
            return "0";
        }
        int power = (Long.SIZE - 1 - Long.numberOfLeadingZeros(bytes)) / 10;
        if (power == 0) {
            return bytes + "B";
        }
        String unit = UNITS.charAt(power - 1) + "i";
        long scale = 1L << (10 * power);
        if (bytes % scale == 0) {
            return bytes / scale + unit;
        }
        String rounded = BigDecimal.valueOf(bytes)
                        .divide(BigDecimal.valueOf(scale), FRACTION_DIGITS, RoundingMode.HALF_EVEN)
                        .toPlainString()
                + unit;
        return parse(rounded).bytes() == bytes ? rounded : bytes + "B";
    }
}
