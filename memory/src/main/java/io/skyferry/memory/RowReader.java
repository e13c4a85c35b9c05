package io.skyferry.memory;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;

/// Unpacks what a [RowWriter] packed.
final class RowReader {
    private final byte[] bytes;
    private final int end;
    private int at;

    private RowReader(byte[] bytes, int end) {
        this.bytes = bytes;
        this.end = end;
    }

    /// Reads a row whose checksum fits it and its key.
    ///
    /// @throws DamageException if it does not, or holds other values
    static <T> T read(byte[] key, byte[] row, Function<RowReader, T> values) {
        try {
            return values.apply(of(key, row));
        } catch (IndexOutOfBoundsException | IllegalArgumentException failure) {
            throw new DamageException("a row cannot be read", failure);
        }
    }

    /// A row whose checksum fits it and its key.
    ///
    /// @throws DamageException if it does not
    static RowReader of(byte[] key, byte[] row) {
        int end = row.length - RowWriter.CHECKSUM;
        if (end < 0 || storedChecksum(row, end) != RowWriter.checksum(key, row, end)) {
            throw new DamageException("a row's checksum is wrong");
        }
        return new RowReader(row, end);
    }

    private static int storedChecksum(byte[] row, int from) {
        int checksum = 0;
        for (int i = 0; i < RowWriter.CHECKSUM; i++) {
            checksum = (checksum << 8) | (row[from + i] & 0xFF);
        }
        return checksum;
    }

    long count() {
        long value = 0;
        int shift = 0;
        byte next = bytes[at++];
        while (next < 0) {
            value |= (next & 0x7FL) << shift;
            shift += 7;
            next = bytes[at++];
        }
        return value | ((long) next << shift);
    }

    /// A count that fits an `int`.
    int small() {
        long value = count();
        if (value != (int) value) {
            throw new IllegalArgumentException("Want a small number but have %s".formatted(value));
        }
        return (int) value;
    }

    long number() {
        long value = count();
        return (value >>> 1) ^ -(value & 1);
    }

    String text() {
        int header = small();
        int length = header >>> 1;
        return (header & 1) == 0 ? narrow(length) : wide(length);
    }

    private String narrow(int length) {
        int from = take(length);
        return new String(bytes, from, length, StandardCharsets.ISO_8859_1);
    }

    private String wide(int length) {
        int from = take(Math.multiplyExact(length, 2));
        char[] chars = new char[length];
        for (int i = 0; i < length; i++) {
            chars[i] = (char) ((bytes[from + 2 * i] << 8) | (bytes[from + 2 * i + 1] & 0xFF));
        }
        return new String(chars);
    }

    byte[] raw(int length) {
        int from = take(length);
        return Arrays.copyOfRange(bytes, from, from + length);
    }

    private int take(int length) {
        if (length < 0 || length > end - at) {
            throw new IllegalArgumentException("Want %s more bytes but have %s".formatted(length, end - at));
        }
        int from = at;
        at += length;
        return from;
    }
}
