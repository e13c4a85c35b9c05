package io.skyferry.storage;

/// How a content is cut into parts: equal ones, the last one shorter.
///
/// @param totalBytes of the whole; [Entry.File#UNKNOWN_SIZE] when nobody knows before the end
/// @param partBytes of each part but the last
public record PartRules(long totalBytes, long partBytes) {
    /// Checks the numbers.
    public PartRules {
        if (partBytes <= 0) {
            throw new IllegalArgumentException("Want parts of at least one byte but have %s".formatted(partBytes));
        }
    }

    /// How many parts there are; at least one, also of nothing.
    ///
    /// @throws IllegalStateException if the size is unknown
    public int count() {
        if (totalBytes < 0) {
            throw new IllegalStateException("The number of parts is unknown while the size is");
        }
        return Math.toIntExact(Math.max(1, Math.ceilDiv(totalBytes, partBytes)));
    }

    /// The bytes of a part.
    ///
    /// @param number from 1 up
    public ByteRange range(int number) {
        long offset = (number - 1) * partBytes;
        return new ByteRange(offset, totalBytes < 0 ? partBytes : Math.min(partBytes, totalBytes - offset));
    }
}
