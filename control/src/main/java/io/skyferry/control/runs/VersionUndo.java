package io.skyferry.control.runs;

import io.skyferry.control.run.RefusedException;
import io.skyferry.control.run.StorageOpener;
import io.skyferry.engine.work.CancelFlag;
import io.skyferry.storage.Capabilities;
import io.skyferry.storage.Capabilities.ConditionKind;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.StorageSpec;
import io.skyferry.storage.Verb;
import io.skyferry.storage.WriteOptions;
import io.skyferry.storage.WriteOptions.Condition;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Puts back what a run replaced and deleted from the older versions that the target keeps by itself.
///
/// Only paths that no later run changed: of those the newest older version is the one that the run did away with.
final class VersionUndo {
    /// What a run does that can be undone so.
    static final Set<String> UNDONE = Set.of("replaced", "deleted");

    private final StorageOpener storages;
    private final CancelFlag cancel;
    private final Hearing hearing;

    /// Hears what became of each path.
    interface Hearing {
        /// It is as it was.
        void putBack(String path);

        /// It stays as it is.
        void leftAlone(String path, String reason);

        /// It could not be put back.
        void failed(String path, String reason);
    }

    VersionUndo(StorageOpener storages, CancelFlag cancel, Hearing hearing) {
        this.storages = storages;
        this.cancel = cancel;
        this.hearing = hearing;
    }

    /// Puts back what these events tell.
    ///
    /// @param changedSince paths that later runs changed
    /// @throws RefusedException if the target keeps no versions
    RunTotals undo(StorageSpec target, List<FileEvents.Event> events, Set<String> changedSince) {
        long put = 0;
        long left = 0;
        long failed = 0;
        try (Storage storage = storages.open(target)) {
            Capabilities can = storage.capabilities();
            if (!can.can(Verb.VERSIONS) || !can.can(Verb.COPY)) {
                throw new RefusedException(
                        "Want a target that keeps older versions but '%s' replaces and deletes for good, and the task has no backup folder"
                                .formatted(storage.displayName()));
            }
            for (FileEvents.Event event : events) {
                cancel.check("putting back");
                if (changedSince.contains(event.path())) {
                    hearing.leftAlone(event.path(), "A later run changed it again");
                    left++;
                    continue;
                }
                try {
                    Optional<String> reason = refusal(storage, can, new RelPath(event.path()));
                    if (reason.isEmpty()) {
                        hearing.putBack(event.path());
                        put++;
                    } else {
                        hearing.leftAlone(event.path(), reason.orElseThrow());
                        left++;
                    }
                } catch (StorageException failure) {
                    if (failure.kind().reach() == ErrorKind.Reach.STORAGE) {
                        throw failure;
                    }
                    hearing.failed(event.path(), String.valueOf(failure.getMessage()));
                    failed++;
                }
            }
        }
        return new RunTotals(0, 0, put, 0, 0, 0, left, failed, left);
    }

    /// Why a path stays as it is; empty: it was put back.
    private static Optional<String> refusal(Storage storage, Capabilities can, RelPath path) {
        List<Entry.File> older = storage.versions(path);
        if (older.isEmpty()) {
            return Optional.of("No older version of it is kept");
        }
        Optional<Entry> now = storage.stat(path);
        var _ = storage.copy(older.getFirst(), path, WriteOptions.PLAIN.under(condition(can, now)));
        return Optional.empty();
    }

    /// What somebody else wrote in the meantime is not replaced, where the target can look.
    private static Condition condition(Capabilities can, Optional<Entry> now) {
        Set<ConditionKind> kinds = can.conditions().onWrite();
        if (now.isEmpty()) {
            return kinds.contains(ConditionKind.ABSENT) ? new Condition.Absent() : new Condition.None();
        }
        return now.orElseThrow() instanceof Entry.File file
                        && file.version().isPresent()
                        && kinds.contains(ConditionKind.MATCHES)
                ? new Condition.Matches(file.version().orElseThrow())
                : new Condition.None();
    }
}
