package io.skyferry.memory;

import java.util.Arrays;
import java.util.zip.CRC32;

/// Packs the values of a row into bytes that end with a checksum.
final class RowWriter {
    /// How many bytes the checksum takes.
    static final int CHECKSUM = 4;

    private byte[] bytes = new byte[256];
    private int size;

    /// A number that is not negative, in as few bytes as it needs.
    RowWriter count(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
        return this;
    }

    /// Any number.
    RowWriter number(long value) {
        return count((value << 1) ^ (value >> 63));
    }

    /// Any text, lone surrogates too: one byte a character where all are Latin-1, else two.
    RowWriter text(String text) {
        int length = text.length();
        room(10 + 2 * length);
        int start = size;
        count((long) length << 1);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c > 0xFF) {
                size = start;
                return wide(text);
            }
            bytes[size++] = (byte) c;
        }
        return this;
    }

    private RowWriter wide(String text) {
        count(((long) text.length() << 1) | 1);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            bytes[size++] = (byte) (c >> 8);
            bytes[size++] = (byte) c;
        }
        return this;
    }

    /// Bytes as they are; their number is not written.
    RowWriter raw(byte[] value) {
        room(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
        return this;
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }

    /// All of it without a checksum.
    byte[] plain() {
        return Arrays.copyOf(bytes, size);
    }

    /// All of it with a checksum over the row's key and the row.
    byte[] sealed(byte[] key) {
        int checksum = checksum(key, bytes, size);
        byte[] sealed = Arrays.copyOf(bytes, size + CHECKSUM);
        for (int i = 0; i < CHECKSUM; i++) {
            sealed[size + i] = (byte) (checksum >>> (24 - 8 * i));
        }
        return sealed;
    }

    /// CRC-32, which the JDK computes by machine instructions from the first call on.
    static int checksum(byte[] key, byte[] row, int length) {
        var crc = new CRC32();
        crc.update(key);
        crc.update(row, 0, length);
        return (int) crc.getValue();
    }
}
