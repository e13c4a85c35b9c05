package io.skyferry.memory;

import io.skyferry.engine.pair.PairMemory.Standing;
import io.skyferry.engine.pair.PairMemoryException;
import io.skyferry.engine.pair.Roots;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.Optional;

/// Opens a memory file, or makes one; finds out before whether what is there can be believed.
///
/// On the thread that writes. A file that was left in order and has not been touched since is believed after one look
/// at its head; any other is checked through.
final class Opening {
    private final MemoryFiles files;
    private final PairNames names;
    private final LockNote note;
    private final Tuning tuning;
    private final Failures failures;

    /// What was opened.
    ///
    /// @param tables to write to
    /// @param occupied which of the small tables hold anything
    record Opened(
            Tables tables, Flushes flushes, Optional<Roots> roots, Queries.Occupied occupied, Standing standing) {}

    Opening(MemoryFiles files, PairNames names, LockNote note, Tuning tuning, Failures failures) {
        this.files = files;
        this.names = names;
        this.note = note;
        this.tuning = tuning;
        this.failures = failures;
    }

    /// Opens it.
    ///
    /// @throws PairMemoryException if there can be no memory: no space, no right to write, a newer version's file
    Opened open() {
        try {
            if (!files.exists()) {
                files.removeCompanions();
                return made(Optional.empty());
            }
            try {
                return believed();
            } catch (DamageException damage) {
                return replaced(String.valueOf(damage.getMessage()));
            } catch (SQLException failure) {
                if (Failures.isUnbelievable(failure)) {
                    return replaced("SQLite says: " + failure.getMessage());
                }
                throw failure;
            }
        } catch (SQLException failure) {
            throw failures.of(failure);
        } catch (IOException failure) {
            throw failures.of("could not be put in order: %s".formatted(failure), failure);
        }
    }

    private Opened replaced(String reason) throws IOException, SQLException {
        String aside = String.valueOf(files.putAside().getFileName());
        return made(Optional.of("%s. It was put aside as '%s'".formatted(reason, aside)));
    }

    private Opened made(Optional<String> reason) throws SQLException {
        Database database = Database.open(files.database(), tuning, Database.Missing.MADE);
        try {
            return madeIn(database, reason.<Standing>map(Standing.Replaced::new).orElseGet(Standing.New::new));
        } catch (SQLException | RuntimeException failure) {
            database.close();
            throw failure;
        }
    }

    private Opened madeIn(Database database, Standing standing) throws SQLException {
        database.begin(Database.Durability.PROCESS);
        Schema.bringUp(database, 0);
        Tables.putMeta(database, PairNames.NAME, names.packed(Tables.metaKey(PairNames.NAME)));
        var counts = new Counts(0, 0, note.runs(), 0, "");
        Tables.putMeta(database, Counts.NAME, counts.packed(Tables.metaKey(Counts.NAME)));
        database.commit();
        return opened(database, counts, standing);
    }

    private Opened believed() throws IOException, SQLException {
        requireUndamaged();
        boolean inOrder = isAsItWasLeft();
        Database database = Database.open(files.database(), tuning, Database.Missing.TOLD);
        try {
            if (note.runs() == 0 && Schema.isUntouched(database)) {
                // Whoever made the file was killed before the first table was in it.
                return madeIn(database, new Standing.New());
            }
            if (!inOrder) {
                checkThrough(database);
            }
            return recognised(database);
        } catch (SQLException | RuntimeException failure) {
            database.close();
            throw failure;
        }
    }

    private void requireUndamaged() throws IOException {
        if (note.end() == LockNote.End.DAMAGED) {
            throw new DamageException("damage was found in it earlier, " + note.reason());
        }
        if (!Files.isRegularFile(files.database())) {
            throw new DamageException("it is no file");
        }
        if (Files.size(files.database()) == 0 && note.runs() > 0) {
            throw new DamageException("it is empty");
        }
    }

    /// Whether the last holder left the file in order and nobody touched it since.
    private boolean isAsItWasLeft() {
        return note.end() == LockNote.End.CLEAN
                && note.mark().equals(FileIdentity.markOf(files.database()))
                && !files.hasLog();
    }

    private static void checkThrough(Database database) throws SQLException {
        String found =
                database.first("pragma quick_check(1)", row -> row.getString(1)).orElse("nothing");
        if (!"ok".equals(found)) {
            throw new DamageException("a check of it found " + found);
        }
    }

    private Opened recognised(Database database) throws SQLException {
        int version = Schema.versionOf(database);
        PairNames found = namesIn(database);
        if (!found.equals(names)) {
            throw new DamageException("it is the memory of " + found);
        }
        if (version > Schema.VERSION) {
            throw failures.said("was written by a newer version of Skyferry (its version is %s, this one knows %s)."
                            .formatted(version, Schema.VERSION)
                    + " Update Skyferry, or remove the file");
        }
        if (version < Schema.VERSION) {
            database.begin(Database.Durability.PROCESS);
            Schema.bringUp(database, version);
            database.commit();
        }
        Counts counts = countsIn(database);
        String older = counts.older().isEmpty() ? olderThanNote(counts) : counts.older();
        return opened(database, counts.withOlder(older), standingOf(counts, older));
    }

    private static PairNames namesIn(Database database) throws SQLException {
        byte[] row = metaIn(database, PairNames.NAME);
        return RowReader.read(Tables.metaKey(PairNames.NAME), row, PairNames::unpack);
    }

    private static Counts countsIn(Database database) throws SQLException {
        byte[] row = metaIn(database, Counts.NAME);
        return RowReader.read(Tables.metaKey(Counts.NAME), row, Counts::unpack);
    }

    private static byte[] metaIn(Database database, String name) throws SQLException {
        return Queries.meta(database, name).orElseThrow(() -> new DamageException("it lacks a row"));
    }

    private String olderThanNote(Counts counts) {
        return counts.runs() >= note.runs()
                ? ""
                : "it knows of %s runs that wrote something, but there were %s".formatted(counts.runs(), note.runs());
    }

    private static Standing standingOf(Counts counts, String older) {
        if (counts.rows() == 0) {
            return new Standing.New();
        }
        return older.isEmpty() ? new Standing.Known() : new Standing.RolledBack(older);
    }

    private Opened opened(Database database, Counts counts, Standing standing) throws SQLException {
        var flushes = new Flushes(Queries.flushes(database), counts.flushed());
        var tables = new Tables(database, counts, Math.max(counts.runs(), note.runs()) + 1);
        return new Opened(tables, flushes, Queries.roots(database), Queries.occupied(database), standing);
    }
}
