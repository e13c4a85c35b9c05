package io.skyferry.storage;

/// How a content is cut into parts: equal ones, the last one shorter.
///
/// A layer may hand down other rules than [Storage#beginUpload] gave, as long as they keep to what is declared.
///
/// @param totalBytes of the whole; [Entry.File#UNKNOWN_SIZE] when nobody knows before the end
/// @param partBytes of each part but the last
/// @param headBytes that the first part has more than the others: the header of an encrypted file
public record PartRules(long totalBytes, long partBytes, long headBytes) {
    /// Checks the numbers.
    public PartRules {
        if (partBytes <= 0 || headBytes < 0) {
            throw new IllegalArgumentException(
                    "Want parts of at least one byte but have %s and %s".formatted(partBytes, headBytes));
        }
    }

    /// Equal parts from the start.
    public PartRules(long totalBytes, long partBytes) {
        this(totalBytes, partBytes, 0);
    }

    /// How many parts there are; at least one, also of nothing.
    ///
    /// @throws IllegalStateException if the size is unknown
    public int count() {
        if (totalBytes < 0) {
            throw new IllegalStateException("The number of parts is unknown while the size is");
        }
        return Math.toIntExact(Math.max(1, Math.ceilDiv(totalBytes - headBytes, partBytes)));
    }

    /// The bytes of a part.
    ///
    /// @param number from 1 up
    public ByteRange range(int number) {
        long offset = number == 1 ? 0 : headBytes + (number - 1) * partBytes;
        long length = number == 1 ? headBytes + partBytes : partBytes;
        return new ByteRange(offset, totalBytes < 0 ? length : Math.min(length, totalBytes - offset));
    }
}
