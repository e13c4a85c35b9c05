package io.skyferry.memory;

import io.skyferry.engine.pair.Agreed;
import java.sql.SQLException;

/// A row on its way into the table: added to a group, then written.
///
/// One object for both, made by `new`: see [AgreedRow] for what a lambda would cost.
final class PutRow implements GroupWriter.Addition, Tables.Write {
    private final Agreed row;
    private final Flushes flushes;
    private final Shortcuts shortcuts;
    private final Marks marks;
    private final byte[] key;
    private byte[] packed = {};

    PutRow(Agreed row, Flushes flushes, Shortcuts shortcuts) {
        this.row = row;
        this.flushes = flushes;
        this.shortcuts = shortcuts;
        this.marks = Marks.of(row);
        this.key = row.key().bytes();
    }

    @Override
    public void to(Group group) {
        packed = AgreedRow.pack(key, row, flushIn(group));
        group.addRow(row, marks, this);
        shortcuts.saw(marks);
    }

    private long flushIn(Group group) {
        if (row.doubt().unflushedIn().isEmpty()) {
            return 0;
        }
        String boot = row.doubt().unflushedIn().orElseThrow();
        long known = flushes.numberOf(boot);
        if (known != 0) {
            return known;
        }
        long number = flushes.add(boot);
        group.add(to -> to.putFlush(number, boot));
        return number;
    }

    @Override
    public void to(Tables tables) throws SQLException {
        tables.put(key, marks, packed);
    }
}
