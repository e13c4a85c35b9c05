package io.skyferry.memory;

import io.skyferry.storage.StorageIdentity;
import java.util.HexFormat;

/// The canonical names of a pair's roots, in the one order in which the memory knows them.
///
/// @param left the one that sorts first
/// @param right the other
record PairNames(String left, String right) {
    static final String NAME = "pair";

    /// The names of two roots, whichever is called left.
    static PairNames of(StorageIdentity one, StorageIdentity other) {
        return inOrder(one, other)
                ? new PairNames(one.canonical(), other.canonical())
                : new PairNames(other.canonical(), one.canonical());
    }

    /// Whether the first root is the memory's left one.
    static boolean inOrder(StorageIdentity one, StorageIdentity other) {
        return one.canonical().compareTo(other.canonical()) <= 0;
    }

    /// What the pair's files are called.
    String id() {
        return HexFormat.of().toHexDigits(Spread.of(left + "\0" + right));
    }

    byte[] packed(byte[] key) {
        return new RowWriter().text(left).text(right).sealed(key);
    }

    static PairNames unpack(RowReader in) {
        return new PairNames(in.text(), in.text());
    }

    @Override
    public String toString() {
        return "'%s' and '%s'".formatted(left, right);
    }
}
