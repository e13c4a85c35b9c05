package io.skyferry.engine.execute;

import io.skyferry.engine.plan.Step;
import io.skyferry.engine.report.Tally.Holds;
import io.skyferry.engine.scan.EntryLines;
import io.skyferry.engine.scan.Spill;
import io.skyferry.engine.work.Lanes;
import io.skyferry.limits.Counted;
import io.skyferry.storage.DeleteResult;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Removal;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.Verb;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Deletes that wait until everything else is done. Added to by one thread.
public final class LaterDeletes implements AutoCloseable {
    private static final int BATCH = 250;

    private final Scope scope;
    private final Backups backups;
    private final Looks looks;
    private final Renames renames;
    private final Transfers.News news;
    private final Spill files;
    private final Spill directories;
    private long bytes;

    /// @param renames whose origins are no deletes to the user
    /// @param news whether absence was seen just now, or when a plan was made
    /// @param folder where they are kept, if they are many
    LaterDeletes(Scope scope, Backups backups, Renames renames, Transfers.News news, Path folder) {
        this.news = news;
        this.renames = renames;
        this.scope = scope;
        this.backups = backups;
        this.looks = new Looks(scope);
        this.files = new Spill(folder, "deletes");
        this.directories = new Spill(folder, "directories");
    }

    void add(Entry.File target) {
        files.add(EntryLines.write(target));
        bytes += Math.max(0, target.size());
    }

    void add(RelPath directory) {
        directories.add(EntryLines.write(new Entry.Directory(directory, Optional.empty())));
    }

    /// How many files go, those aside that only change their path.
    long count() {
        return files.count() - (holdOrigins() ? renames.count() : 0);
    }

    /// A plan tells of a rename and of no delete beside it.
    private boolean holdOrigins() {
        return news == Transfers.News.TAKEN || renames.leaveOrigins();
    }

    /// How many files stay if nothing is deleted.
    long waiting() {
        return renames.leaveOrigins() ? files.count() : count();
    }

    /// What is told where they may not be done.
    ///
    /// @param count how many of them are no renames
    static String heldBack(long count) {
        return Counted.of(count, "delete was", "deletes were") + " held back, as something failed";
    }

    boolean isEmpty() {
        return files.count() == 0 && directories.count() == 0;
    }

    /// How many bytes go, those aside that only change their path.
    long bytes() {
        return bytes - (holdOrigins() ? renames.bytes() : 0);
    }

    /// The files, in the order of their keys.
    void forEachFile(Consumer<Entry.File> work) {
        Iterator<String> lines = files.forward();
        while (lines.hasNext()) {
            if (EntryLines.read(lines.next()) instanceof Entry.File file) {
                work.accept(file);
            }
        }
    }

    /// The directories, those inside others first.
    void forEachDirectory(Consumer<RelPath> work) {
        Iterator<String> lines = directories.backward();
        while (lines.hasNext()) {
            work.accept(EntryLines.read(lines.next()).path());
        }
    }

    /// Deletes the files, then the directories that are empty by then.
    void run(Lanes lanes) {
        List<Entry.File> batch = new ArrayList<>();
        forEachFile(file -> {
            if (renames.leaveOrigins() || !renames.movedAway(file.path())) {
                batch.add(renames.asCopied(file));
            }
            if (batch.size() == BATCH) {
                hand(lanes, batch);
            }
        });
        hand(lanes, batch);
        lanes.await();
        if (scope.target().capabilities().can(Verb.REMOVE_DIRECTORY)) {
            forEachDirectory(this::removeDirectory);
        }
    }

    private void hand(Lanes lanes, List<Entry.File> batch) {
        if (!batch.isEmpty()) {
            List<Entry.File> full = List.copyOf(batch);
            batch.clear();
            lanes.submit(() -> delete(full));
        }
    }

    private void delete(List<Entry.File> batch) {
        scope.checkCancelled();
        List<Entry.File> sure = batch.stream().filter(this::isAbsentStill).toList();
        if (backups.areWanted()) {
            sure.forEach(this::deleteOrMoveAside);
        } else if (scope.target().capabilities().can(Verb.DELETE_ALL) && sure.size() > 1) {
            deleteTogether(sure);
        } else {
            sure.forEach(this::deleteOne);
        }
    }

    private void deleteTogether(List<Entry.File> sure) {
        List<DeleteResult> results;
        try {
            results = scope.target().deleteAll(sure);
        } catch (StorageException failure) {
            sure.forEach(file -> tell(new DeleteResult.Refused(file, failure)));
            return;
        }
        results.forEach(this::tell);
    }

    private void deleteOne(Entry.File file) {
        scope.checkCancelled();
        try {
            tell(new DeleteResult.Removed(file, scope.target().delete(file)));
        } catch (StorageException failure) {
            tell(new DeleteResult.Refused(file, failure));
        }
    }

    private boolean isAbsentStill(Entry.File target) {
        try {
            boolean absent = news == Transfers.News.TAKEN ? looks.isAbsentStill(target) : looks.isAbsentNow(target);
            if (!absent && news == Transfers.News.TAKEN) {
                scope.tally()
                        .warn("'%s' stays: the source has it, though its listing did not".formatted(target.path()));
            } else if (!absent) {
                scope.tally()
                        .failed(target.path(), "It stays: the source has it since the plan was made", Holds.NOTHING);
            }
            return absent;
        } catch (StorageException failure) {
            scope.tally().failed(target.path(), Transfers.reason(failure), Holds.NOTHING);
            return false;
        }
    }

    /// What was renamed is kept under its new path.
    private void deleteOrMoveAside(Entry.File file) {
        if (renames.movedAway(file.path())) {
            deleteOne(file);
        } else {
            moveAside(file);
        }
    }

    private void moveAside(Entry.File file) {
        try {
            backups.away(file);
            tell(new DeleteResult.Removed(file, new Removal.Gone()));
        } catch (StorageException failure) {
            tell(new DeleteResult.Refused(file, failure));
        }
    }

    private void tell(DeleteResult result) {
        switch (result) {
            case DeleteResult.Removed(Entry.File file, Removal removal) -> {
                scope.forget(file.path());
                if (!(removal instanceof Removal.Missing) && !renames.movedAway(file.path())) {
                    scope.tally().deleted(new Step.DeleteTarget(file));
                }
            }
            case DeleteResult.Refused(Entry.File file, StorageException failure) ->
                scope.tally().failed(file.path(), Transfers.reason(failure), Holds.NOTHING);
        }
    }

    private void removeDirectory(RelPath directory) {
        scope.checkCancelled();
        try {
            scope.target().removeDirectory(directory);
            scope.tally().done(new Step.RemoveDirectory(directory));
        } catch (StorageException failure) {
            // One that still holds something keeps what the run leaves alone: excluded files, links.
            if (failure.kind() != ErrorKind.DIRECTORY_NOT_EMPTY) {
                scope.tally().failed(directory, Transfers.reason(failure), Holds.NOTHING);
            }
        }
    }

    @Override
    public void close() {
        files.close();
        directories.close();
    }
}
