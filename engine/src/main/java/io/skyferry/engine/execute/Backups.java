package io.skyferry.engine.execute;

import io.skyferry.engine.run.OneWayRun;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.Verb;
import java.util.Optional;

/// Moves aside what is about to be replaced or deleted at the target, where the user wants it kept.
final class Backups {
    private final Optional<OneWayRun.Backup> place;

    Backups(Optional<OneWayRun.Backup> place) {
        this.place = place;
    }

    boolean areWanted() {
        return place.isPresent();
    }

    /// Moves a file aside, so that its path is free; nothing where no backup is wanted.
    ///
    /// @return what still stands in the file's place
    Optional<Entry.File> aside(Optional<Entry.File> file) {
        if (place.isEmpty() || file.isEmpty()) {
            return file;
        }
        move(place.orElseThrow(), file.orElseThrow());
        return Optional.empty();
    }

    private static void move(OneWayRun.Backup backup, Entry.File file) {
        Entry.File inPlace = file.at(below(backup.target(), file.path().text()));
        RelPath to = below(backup.directory(), file.path().text() + backup.suffix());
        makeAbove(backup.storage(), to);
        try {
            backup.storage().move(inPlace, to);
        } catch (StorageException failure) {
            if (failure.kind() != ErrorKind.ALREADY_EXISTS) {
                throw failure;
            }
            // An older backup of the same path gives way, as the manual says.
            Optional<Entry> older = backup.storage().stat(to);
            if (older.isPresent() && older.orElseThrow() instanceof Entry.File old) {
                backup.storage().delete(old);
            }
            backup.storage().move(inPlace, to);
        }
    }

    /// Makes the directories above a path, where the storage has directories.
    static void makeAbove(Storage storage, RelPath path) {
        if (!path.parent().isRoot() && storage.capabilities().can(Verb.MAKE_DIRECTORY)) {
            storage.makeDirectory(path.parent());
        }
    }

    private static RelPath below(RelPath root, String path) {
        return root.resolve(path);
    }
}
