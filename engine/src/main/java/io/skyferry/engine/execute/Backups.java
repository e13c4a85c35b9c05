package io.skyferry.engine.execute;

import io.skyferry.engine.compare.Tags;
import io.skyferry.engine.run.OneWayRun;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.Verb;
import io.skyferry.storage.WriteOptions;
import java.util.Optional;

/// Keeps aside what is about to be replaced or deleted at the target, where the user wants that.
///
/// It is moved aside; where the storage cannot move, it is copied and stays in its place until it is replaced.
final class Backups {
    private final Optional<OneWayRun.Backup> place;
    private final Scope scope;

    Backups(Scope scope) {
        this.place = scope.run().backup();
        this.scope = scope;
    }

    boolean areWanted() {
        return place.isPresent();
    }

    /// A file that makes room for another one.
    ///
    /// @param stands what still stands in its place
    /// @param kept where it is now, if it was moved
    record Aside(Optional<Entry.File> stands, Optional<Entry.File> kept) {}

    /// What will stand in a file's place once it is aside.
    Optional<Entry.File> willStand(Optional<Entry.File> file) {
        return place.filter(Backups::moves).isPresent() ? Optional.empty() : file;
    }

    private static boolean moves(OneWayRun.Backup backup) {
        return backup.storage().capabilities().can(Verb.MOVE);
    }

    /// Keeps a file aside before it is replaced; nothing where no backup is wanted.
    Aside aside(Optional<Entry.File> file) {
        if (place.isEmpty() || file.isEmpty()) {
            return new Aside(file, Optional.empty());
        }
        OneWayRun.Backup backup = place.orElseThrow();
        if (moves(backup)) {
            return new Aside(Optional.empty(), Optional.of(keep(backup, file.orElseThrow())));
        }
        // What stays in its place must be known well enough that nothing else can be taken for it afterwards.
        Entry.File known = known(backup, file.orElseThrow());
        keep(backup, known);
        return new Aside(Optional.of(known), Optional.empty());
    }

    private static Entry.File known(OneWayRun.Backup backup, Entry.File file) {
        return Tags.isWhole(file)
                ? file
                : backup.storage()
                        .stat(inPlace(backup, file).path())
                        .filter(Entry.File.class::isInstance)
                        .map(Entry.File.class::cast)
                        .filter(now -> now.size() == file.size())
                        .map(now -> now.at(file.path()))
                        .orElse(file);
    }

    /// Puts a file back that made room in vain.
    ///
    /// @return what stands in its place again; empty: it could not be put back, and stays aside
    Optional<Entry.File> back(Aside aside, RelPath path) {
        if (aside.kept().isEmpty()) {
            return aside.stands();
        }
        OneWayRun.Backup backup = place.orElseThrow();
        try {
            Entry.File back = backup.storage()
                    .move(aside.kept().orElseThrow(), backup.target().resolve(path.text()));
            return Optional.of(back.at(path));
        } catch (StorageException failure) {
            return Optional.empty();
        }
    }

    /// Keeps a file aside that is to go.
    void away(Entry.File file) {
        OneWayRun.Backup backup = place.orElseThrow();
        if (moves(backup)) {
            keep(backup, file);
            return;
        }
        // What goes must be known well enough that nothing else, written since it was kept, can be taken for it.
        Entry.File known = known(backup, file);
        keep(backup, known);
        backup.storage().delete(inPlace(backup, known));
    }

    private static Entry.File inPlace(OneWayRun.Backup backup, Entry.File file) {
        return file.at(backup.target().resolve(file.path().text()));
    }

    private Entry.File keep(OneWayRun.Backup backup, Entry.File file) {
        RelPath name = backup.keptName(file.path());
        expectFree(backup, name);
        RelPath to = backup.directory().resolve(name.text());
        makeAbove(backup.storage(), to);
        try {
            return put(backup, file, to);
        } catch (StorageException failure) {
            if (failure.kind() != ErrorKind.ALREADY_EXISTS) {
                throw failure;
            }
            // An older backup of the same path gives way, as the manual says.
            Optional<Entry> older = backup.storage().stat(to);
            if (older.isPresent() && older.orElseThrow() instanceof Entry.File old) {
                backup.storage().delete(old);
            }
            return put(backup, file, to);
        }
    }

    /// What is kept beside the new file takes no name that the source has, or had when a run last saw it.
    private void expectFree(OneWayRun.Backup backup, RelPath name) {
        if (backup.isBeside()
                && (scope.rowOf(name).isPresent() || scope.source().stat(name).isPresent())) {
            throw StorageException.noEffect(
                    ErrorKind.NAME_REJECTED,
                    new StorageException.Where(backup.storage().displayName(), Verb.MOVE, name),
                    "Want to keep what is replaced as '%s' but that is a file of the source: give another --suffix, or a --backup-dir"
                            .formatted(name));
        }
    }

    private static Entry.File put(OneWayRun.Backup backup, Entry.File file, RelPath to) {
        return moves(backup)
                ? backup.storage().move(inPlace(backup, file), to)
                : backup.storage()
                        .copy(inPlace(backup, file), to, WriteOptions.PLAIN.under(new WriteOptions.Condition.Absent()));
    }

    /// Makes the directories above a path, where the storage has directories.
    static void makeAbove(Storage storage, RelPath path) {
        if (!path.parent().isRoot() && storage.capabilities().can(Verb.MAKE_DIRECTORY)) {
            storage.makeDirectory(path.parent());
        }
    }
}
