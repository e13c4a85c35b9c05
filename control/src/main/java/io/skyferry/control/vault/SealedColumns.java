package io.skyferry.control.vault;

import io.skyferry.control.store.Session;
import java.sql.SQLException;
import java.util.List;

/// Where the database keeps sealed secrets: all tables with a column `sealed`, and what their seals are
/// bound to.
final class SealedColumns {
    /// The tables.
    static final List<String> TABLES = List.of("credential_setting", "task_secret", "run_secret", "alert_channel");

    private static final List<Column> COLUMNS = List.of(
            new Column("credential_setting", "credential_id", "name"),
            new Column("task_secret", "task_id", "name"),
            new Column("run_secret", "run_id", "name"),
            new Column("alert_channel", "id", "'secret'"));

    private SealedColumns() {}

    /// @param row the column with the number of the row
    /// @param field what gives the name of the field
    private record Column(String table, String row, String field) {}

    private static final class Sealed {
        private final long row;
        private final String field;
        private final byte[] bytes;

        Sealed(long row, String field, byte[] bytes) {
            this.row = row;
            this.field = field;
            this.bytes = bytes;
        }
    }

    /// Seals all of them anew.
    ///
    /// @return how many there are
    static long sealAnew(Session session, Vault vault) throws SQLException {
        long count = 0;
        for (Column column : COLUMNS) {
            List<Sealed> all = session.list(
                    "select %s, %s, sealed from %s where sealed is not null"
                            .formatted(column.row(), column.field(), column.table()),
                    row -> new Sealed(row.getLong(1), row.getString(2), row.getBytes(3)));
            for (Sealed one : all) {
                var spot = new Spot(column.table(), one.row, one.field);
                byte[] anew = vault.seal(spot, vault.open(spot, one.bytes), Vault.Standing.IN_USE);
                String more = column.field().startsWith("'") ? " and ? = " + column.field() : " and name = ?";
                session.change(
                        "update %s set sealed = ? where %s = ?%s".formatted(column.table(), column.row(), more),
                        anew,
                        one.row,
                        one.field);
                count++;
            }
        }
        return count;
    }
}
