package io.skyferry.control.run;

import io.skyferry.control.run.Deletion.Refusal;
import io.skyferry.engine.work.CancelFlag;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Removes directories that hold nothing.
public final class EmptyDirectories {
    private final Storage storage;
    private final CancelFlag cancel;

    /// Removes them from this storage.
    public EmptyDirectories(Storage storage, CancelFlag cancel) {
        this.storage = storage;
        this.cancel = cancel;
    }

    /// Removes those of a walk that hold nothing, the deepest first; the storage's root stays.
    ///
    /// @return those that hold nothing and stayed
    public List<Refusal> removeBelow(Walk walk) {
        List<RelPath> directories = new ArrayList<>();
        List<Refusal> refusals = new ArrayList<>();
        walk.each(entry -> {
            if (entry instanceof Entry.Directory(RelPath path, var _)) {
                directories.add(path);
            } else if (entry instanceof Entry.Unlisted(RelPath path, var _, String reason)) {
                refusals.add(new Refusal(path, reason));
            }
        });
        directories.sort(null);
        for (RelPath directory : directories.reversed()) {
            cancel.check("removing directories");
            remove(directory).ifPresent(refusals::add);
        }
        return refusals;
    }

    /// Removes one directory if it holds nothing.
    ///
    /// @return why it holds nothing and stayed
    public Optional<Refusal> remove(RelPath directory) {
        if (!storage.capabilities().can(Verb.REMOVE_DIRECTORY)) {
            // Where directories are no more than parts of names, none is empty.
            return Optional.empty();
        }
        try {
            storage.removeDirectory(directory);
            return Optional.empty();
        } catch (StorageException failure) {
            Deletion.endAtStorage(failure);
            return failure.kind() == ErrorKind.DIRECTORY_NOT_EMPTY
                    ? Optional.empty()
                    : Optional.of(new Refusal(directory, String.valueOf(failure.getMessage())));
        }
    }
}
