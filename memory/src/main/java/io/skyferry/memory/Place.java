package io.skyferry.memory;

import io.skyferry.engine.pair.Side;
import io.skyferry.storage.RelPath;

/// A path on a side, as a key of the small tables.
record Place(Side side, RelPath path) {
    /// The side as it stands in the tables.
    int sideNumber() {
        return side == Side.LEFT ? 0 : 1;
    }

    static Side sideOf(int number) {
        return switch (number) {
            case 0 -> Side.LEFT;
            case 1 -> Side.RIGHT;
            default -> throw new DamageException("there is no side %s".formatted(number));
        };
    }

    /// What the checksum of the row covers besides the row.
    byte[] key() {
        return new RowWriter().count(sideNumber()).raw(path.bytes()).plain();
    }

    /// The same for a part of an upload of the path.
    byte[] keyOfPart(int number) {
        return new RowWriter().count(number).raw(key()).plain();
    }

    @Override
    public String toString() {
        return "'%s' on the %s side".formatted(path, side == Side.LEFT ? "left" : "right");
    }
}
