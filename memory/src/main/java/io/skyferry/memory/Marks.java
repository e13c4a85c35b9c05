package io.skyferry.memory;

import io.skyferry.engine.pair.Agreed;
import io.skyferry.engine.pair.Side;
import io.skyferry.storage.ItemId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a row's identities are looked up by.
///
/// @param left null where the left side has no identity
/// @param right the same for the right side
record Marks(@Nullable Long left, @Nullable Long right) {
    static Marks of(Agreed row) {
        return new Marks(of(row.leftId()), of(row.rightId()));
    }

    private static @Nullable Long of(Optional<ItemId> id) {
        return id.isPresent() ? AgreedRow.markOf(id.orElseThrow()) : null;
    }

    @Nullable
    Long on(Side side) {
        return side == Side.LEFT ? left : right;
    }
}
