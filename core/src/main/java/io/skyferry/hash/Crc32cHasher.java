package io.skyferry.hash;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// The JDK's CRC-32C, which uses the processor's own instruction; its value is written high byte first.
final class Crc32cHasher implements Hasher {
    private static final long STEP = 1L << 20;

    private final CRC32C crc = new CRC32C();

    @Override
    public void update(byte[] bytes, int offset, int length) {
        crc.update(bytes, offset, length);
    }

    @Override
    public void update(MemorySegment bytes, long offset, long length) {
        for (long at = 0; at < length; at += STEP) {
            crc.update(bytes.asSlice(offset + at, Math.min(STEP, length - at)).asByteBuffer());
        }
    }

    @Override
    public byte[] digest() {
        byte[] value =
                ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
        crc.reset();
        return value;
    }

    @Override
    public void reset() {
        crc.reset();
    }
}
