package io.skyferry.control.store;

/// What SQLite and PostgreSQL call by different names.
enum Dialect {
    /// One file.
    SQLITE(
            "blob",
            "select 1 from sqlite_schema where type = 'table' and name = ?",
            "select 1 from sqlite_schema limit 1"),
    /// A server.
    POSTGRES(
            "bytea",
            "select 1 from information_schema.tables where table_schema = current_schema() and table_name = ?",
            "select 1 from information_schema.tables where table_schema = current_schema() limit 1");

    private final String blob;
    private final String tableNamed;
    private final String anyTable;

    Dialect(String blob, String tableNamed, String anyTable) {
        this.blob = blob;
        this.tableNamed = tableNamed;
        this.anyTable = anyTable;
    }

    /// The type of bytes.
    String blob() {
        return blob;
    }

    /// Asks whether there is a table of a name.
    String tableNamed() {
        return tableNamed;
    }

    /// Asks whether there is any table.
    String anyTable() {
        return anyTable;
    }
}
