package io.skyferry.storage;

/// A stretch of a file.
///
/// @param offset of its first byte
/// @param length in bytes; [#TO_END] for all that follows
public record ByteRange(long offset, long length) {
    /// Stands for a length that reaches to the end.
    public static final long TO_END = Long.MAX_VALUE;

    /// The whole file.
    public static final ByteRange ALL = new ByteRange(0, TO_END);

    /// Checks the numbers.
    public ByteRange {
        if (offset < 0 || length < 0) {
            throw new IllegalArgumentException("Want a range from 0 up but have %s+%s".formatted(offset, length));
        }
    }

    /// How many bytes this is of a file of that size.
    public long lengthIn(long size) {
        return Math.max(0, Math.min(length, size - offset));
    }

    /// What is left of the range when its first bytes are done.
    public ByteRange skip(long done) {
        return new ByteRange(offset + done, length == TO_END ? TO_END : length - done);
    }
}
