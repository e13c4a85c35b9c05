package io.skyferry.control.run;

import io.skyferry.engine.work.CancelFlag;
import io.skyferry.storage.DeleteResult;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Deletes what was listed, each thing only as it was seen.
public final class Deletion {
    private final Storage storage;
    private final CancelFlag cancel;
    private final Consumer<Entry.File> deleted;

    /// Deletes in this storage.
    ///
    /// @param deleted hears of each file that is gone
    public Deletion(Storage storage, CancelFlag cancel, Consumer<Entry.File> deleted) {
        this.storage = storage;
        this.cancel = cancel;
        this.deleted = deleted;
    }

    /// What stayed.
    ///
    /// @param reason one sentence
    public record Refusal(RelPath path, String reason) {}

    /// Deletes files.
    ///
    /// @return those that stayed
    public List<Refusal> delete(List<Entry.File> files) {
        List<Refusal> refusals = new ArrayList<>();
        if (files.isEmpty()) {
            return refusals;
        }
        if (storage.capabilities().can(Verb.DELETE_ALL)) {
            cancel.check("deleting");
            for (DeleteResult result : storage.deleteAll(List.copyOf(files))) {
                switch (result) {
                    case DeleteResult.Removed(Entry.File file, var _) -> deleted.accept(file);
                    case DeleteResult.Refused(Entry.File file, StorageException failure) ->
                        refusals.add(new Refusal(file.path(), String.valueOf(failure.getMessage())));
                }
            }
            return refusals;
        }
        for (Entry.File file : files) {
            cancel.check("deleting");
            try {
                storage.delete(file);
                deleted.accept(file);
            } catch (StorageException failure) {
                endAtStorage(failure);
                refusals.add(new Refusal(file.path(), String.valueOf(failure.getMessage())));
            }
        }
        return refusals;
    }

    static void endAtStorage(StorageException failure) {
        if (failure.kind().reach() == ErrorKind.Reach.STORAGE) {
            throw failure;
        }
    }
}
