package io.skyferry.engine.pair;

import io.skyferry.storage.RelPath;

/// Where an entry sorts when two listings are joined: its path, folded where a side folds; a directory's ends in `/`.
///
/// @param text ordered by its bytes, as [RelPath#bytesOf] gives them
public record PairKey(String text) implements Comparable<PairKey> {
    /// The key as bytes, to be stored.
    public byte[] bytes() {
        return RelPath.bytesOf(text);
    }

    @Override
    public int compareTo(PairKey other) {
        return RelPath.compareTexts(text, other.text);
    }
}
