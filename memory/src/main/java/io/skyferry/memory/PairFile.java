package io.skyferry.memory;

import io.skyferry.engine.pair.PairMemoryException;
import java.io.IOException;
import java.util.Optional;

/// A pair's files while they are ours: the lock, its note, and whether the database is still the one that was opened.
final class PairFile {
    private final MemoryFiles files;
    private final PairLock lock;
    private final Failures failures;
    private final LockNote found;
    private Optional<Object> identity = Optional.empty();

    /// The files of a lock that was just taken.
    PairFile(MemoryFiles files, PairNames names, PairLock lock) {
        this.files = files;
        this.lock = lock;
        this.failures = new Failures(files.database(), names, this::distrust);
        this.found = lock.note();
    }

    MemoryFiles files() {
        return files;
    }

    Failures failures() {
        return failures;
    }

    /// How the last holder left the memory.
    LockNote found() {
        return found;
    }

    /// Says whose the pair is now.
    void take(Holder holder) {
        write(new LockNote(Optional.of(holder), found.end(), found.reason(), found.runs(), found.mark()));
    }

    /// Says that the memory is open from now on.
    void opened() {
        identity = FileIdentity.of(files.database());
        write(new LockNote(lock.note().holder(), LockNote.End.OPEN, "", found.runs(), ""));
    }

    /// Looks whether others would find what is open here.
    ///
    /// @throws PairMemoryException if not
    void check() {
        if (!FileIdentity.of(files.database()).equals(identity)) {
            throw failures.said("was removed or replaced while a run works with it. What this run agreed on is lost;"
                    + " the next run looks at everything anew");
        }
        if (!lock.isInPlace()) {
            throw failures.said("is no longer protected: its lock '%s' was lost or removed while a run works with it"
                    .formatted(files.lock()));
        }
    }

    /// Writes down that the memory is not to be believed when it is opened next.
    private void distrust(String why) {
        write(lock.note().withEnd(LockNote.End.DAMAGED, why));
    }

    /// Writes down that all was written.
    ///
    /// @param runs that had written something
    void leaveInOrder(long runs) {
        LockNote note = lock.note();
        boolean inOrder = note.end() != LockNote.End.DAMAGED
                && FileIdentity.of(files.database()).equals(identity)
                && !files.hasLog();
        if (inOrder) {
            String mark = FileIdentity.markOf(files.database());
            write(new LockNote(note.holder(), LockNote.End.CLEAN, "", runs, mark));
        }
    }

    private void write(LockNote note) {
        try {
            lock.write(note);
        } catch (IOException problem) {
            // Only a note: without it the memory is checked through when it is opened next.
            System.getLogger(PairFile.class.getName())
                    .log(System.Logger.Level.DEBUG, "The note of a pair's lock could not be written", problem);
        }
    }

    /// Lets the pair go.
    void close() {
        try {
            lock.close();
        } catch (IOException problem) {
            throw failures.of("could not be let go", problem);
        }
    }
}
