package io.skyferry.storage;

/// What a layer wants remembered of a file and given back with it; the engine keeps it and never looks inside.
///
/// @param text opaque to all but the layer that made it; its first line tells the sealed content from all others, what
///     follows may be known or not
public record Seal(String text) {
    /// Whether both are of one sealed content: where two paths have such seals, one was put in the place of the other.
    public boolean isOfSameContent(Seal other) {
        return content().equals(other.content());
    }

    /// What tells the sealed content from all others.
    public String content() {
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }
}
