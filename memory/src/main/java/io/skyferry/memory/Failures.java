package io.skyferry.memory;

import io.skyferry.engine.pair.PairMemoryException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// Puts what went wrong with a memory file into a sentence that says what to do.
final class Failures {
    private static final Set<Integer> DAMAGE =
            Set.of(SQLiteErrorCode.SQLITE_CORRUPT.code, SQLiteErrorCode.SQLITE_NOTADB.code);

    /// What SQLite says of files that are damaged, no databases of ours, or out of reach for good.
    private static final Set<Integer> UNBELIEVABLE = Set.of(
            SQLiteErrorCode.SQLITE_CORRUPT.code,
            SQLiteErrorCode.SQLITE_NOTADB.code,
            SQLiteErrorCode.SQLITE_CANTOPEN.code,
            SQLiteErrorCode.SQLITE_PERM.code,
            SQLiteErrorCode.SQLITE_READONLY.code,
            SQLiteErrorCode.SQLITE_ERROR.code,
            SQLiteErrorCode.SQLITE_MISMATCH.code,
            SQLiteErrorCode.SQLITE_SCHEMA.code);

    private final Path file;
    private final PairNames names;
    private final Consumer<String> onDamage;

    /// For one memory.
    ///
    /// @param onDamage is told what is wrong with the file, so that it is put aside when it is opened next
    Failures(Path file, PairNames names, Consumer<String> onDamage) {
        this.file = file;
        this.names = names;
        this.onDamage = onDamage;
    }

    /// What was found out about a file that is being opened: whether it can be told to be of no use.
    static boolean isUnbelievable(SQLException failure) {
        return UNBELIEVABLE.contains(failure.getErrorCode() & 0xFF) || isShortRead(failure);
    }

    private static boolean isShortRead(SQLException failure) {
        return failure instanceof SQLiteException precise
                && Set.of(
                                SQLiteErrorCode.SQLITE_IOERR_SHORT_READ,
                                SQLiteErrorCode.SQLITE_IOERR_READ,
                                SQLiteErrorCode.SQLITE_IOERR_DATA,
                                SQLiteErrorCode.SQLITE_IOERR_CORRUPTFS)
                        .contains(precise.getResultCode());
    }

    /// The failure for the user.
    PairMemoryException of(Throwable failure) {
        return switch (failure) {
            case PairMemoryException ours -> ours;
            case CompletionException wrapped when wrapped.getCause() != null -> of(wrapped.getCause());
            case DamageException damage -> damaged(String.valueOf(damage.getMessage()), damage);
            case SQLException sql -> ofSqlite(sql);
            case Error error -> throw error;
            default -> said("could not be used", failure);
        };
    }

    private PairMemoryException ofSqlite(SQLException failure) {
        int code = failure.getErrorCode() & 0xFF;
        if (DAMAGE.contains(code) || isShortRead(failure)) {
            return damaged("SQLite says: " + failure.getMessage(), failure);
        }
        if (code == SQLiteErrorCode.SQLITE_FULL.code) {
            return said("could not be written: there is no space left for it. Make room and run again", failure);
        }
        if (code == SQLiteErrorCode.SQLITE_BUSY.code || code == SQLiteErrorCode.SQLITE_LOCKED.code) {
            return said("is locked by a program that is not ours. Close it and run again", failure);
        }
        return said("could not be used. SQLite says: " + failure.getMessage(), failure);
    }

    private PairMemoryException damaged(String what, Throwable cause) {
        onDamage.accept(what);
        return said(
                "is damaged: %s. Run again: it will be put aside, and that run will look at everything anew"
                        .formatted(what),
                cause);
    }

    /// A failure outside of SQLite.
    ///
    /// @param predicate what goes behind "The memory of the pair in a file"
    PairMemoryException of(String predicate, Throwable cause) {
        return said(predicate, cause);
    }

    private PairMemoryException said(String predicate, Throwable cause) {
        return new PairMemoryException("The memory of %s in '%s' %s".formatted(names, file, predicate), cause);
    }

    /// A failure that no exception told of.
    PairMemoryException said(String predicate) {
        return new PairMemoryException("The memory of %s in '%s' %s".formatted(names, file, predicate));
    }
}
