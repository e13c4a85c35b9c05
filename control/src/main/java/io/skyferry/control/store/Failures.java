package io.skyferry.control.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/// Puts what went wrong with the database into a sentence that names the file and says what to do.
final class Failures {
    private Failures() {}

    /// The failure for the user; what the work itself threw is left as it is.
    static RuntimeException of(Path file, Throwable failure) {
        return switch (failure) {
            case StoreException ours -> said(file, String.valueOf(ours.getMessage()), ours);
            case SQLException sql -> said(file, words(sql), sql);
            case IOException disk -> said(file, "cannot be used: " + disk, disk);
            case UncheckedIOException disk -> said(file, "cannot be used: " + disk.getCause(), disk);
            case RuntimeException others -> others;
            case Error error -> throw error;
            default -> said(file, "cannot be used", failure);
        };
    }

    private static String words(SQLException failure) {
        int code = failure.getErrorCode() & 0xFF;
        if (code == SQLiteErrorCode.SQLITE_BUSY.code || code == SQLiteErrorCode.SQLITE_LOCKED.code) {
            return "is locked by another program. Close it and try again";
        }
        if (code == SQLiteErrorCode.SQLITE_FULL.code) {
            return "cannot be written: there is no space left for it";
        }
        if (code == SQLiteErrorCode.SQLITE_CORRUPT.code || code == SQLiteErrorCode.SQLITE_NOTADB.code) {
            return "is damaged, or is no database of Skyferry. Put a copy of it back, or move it away to begin anew";
        }
        return "cannot be used. SQLite says: " + failure.getMessage();
    }

    private static StoreException said(Path file, String predicate, Throwable cause) {
        return new StoreException("The database '%s' %s".formatted(file, predicate), cause);
    }
}
