package io.skyferry.storage;

/// A part that has arrived.
///
/// @param number from 1 up
/// @param size in bytes
/// @param tag what the storage wants back to finish the upload: an ETag, a hash of the bytes; what a listing of
///     parts may not tell stands behind a blank
public record Part(int number, long size, String tag) {
    /// Whether a listing means this part, which may tell less of it than the storage said when the part arrived.
    public boolean isListedAs(Part listed) {
        return number == listed.number
                && size == listed.size
                && (tag.equals(listed.tag) || tag.startsWith(listed.tag + " "));
    }
}
