package io.skyferry.control.runs;

import io.skyferry.control.run.Browser;
import io.skyferry.control.run.Deletion;
import io.skyferry.control.run.EmptyDirectories;
import io.skyferry.control.run.Places;
import io.skyferry.control.run.StorageOpener;
import io.skyferry.control.run.Walk;
import io.skyferry.engine.work.CancelFlag;
import io.skyferry.filter.Selection;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.StorageSpec;
import io.skyferry.storage.Verb;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Removes what old runs of a task replaced and deleted from its backup folder.
///
/// Only folders of runs that the history knows as this task's are touched: others may belong to another task, or to
/// another Skyferry.
final class OldBackups {
    private static final Pattern FOLDER = Pattern.compile("run-([0-9]{1,18})");
    private static final int BATCH = 500;

    private final StorageOpener storages;
    private final StorageSpec parent;
    private final CancelFlag cancel;
    private final Consumer<String> trouble;

    /// @param parent the folder with a folder for each run
    /// @param trouble hears of what stays
    OldBackups(StorageOpener storages, StorageSpec parent, CancelFlag cancel, Consumer<String> trouble) {
        this.storages = storages;
        this.parent = parent;
        this.cancel = cancel;
        this.trouble = trouble;
    }

    /// Removes the folders of these runs.
    ///
    /// @return how many are gone
    int remove(Set<Long> runs) {
        int removed = 0;
        for (Entry entry : listed()) {
            Matcher folder = FOLDER.matcher(entry.path().name());
            if (entry instanceof Entry.Directory && folder.matches() && runs.contains(Long.valueOf(folder.group(1)))) {
                removed += isRemoved(entry.path()) ? 1 : 0;
            }
        }
        return removed;
    }

    private List<Entry> listed() {
        try {
            return new Browser(storages).children(parent, cancel);
        } catch (StorageException failure) {
            if (failure.kind() != ErrorKind.NOT_FOUND) {
                trouble.accept("Old backups stay: " + failure.getMessage());
            }
            return List.of();
        }
    }

    private boolean isRemoved(RelPath folder) {
        Map<String, String> settings = new HashMap<>(parent.settings());
        settings.merge(Places.ROOT_SETTING, folder.text(), (root, name) -> root + "/" + name);
        List<Deletion.Refusal> refusals = new ArrayList<>();
        try (Storage storage = storages.open(new StorageSpec(parent.provider(), settings, parent.layers()))) {
            var walk = new Walk(storage, Selection.everything(), Walk.ALL, cancel);
            var deletion = new Deletion(storage, cancel, _ -> {});
            List<Entry.File> batch = new ArrayList<>();
            walk.each(entry -> {
                if (entry instanceof Entry.File file && batch.add(file) && batch.size() == BATCH) {
                    refusals.addAll(deletion.delete(batch));
                    batch.clear();
                }
            });
            refusals.addAll(deletion.delete(batch));
            if (storage.capabilities().can(Verb.REMOVE_DIRECTORY)) {
                refusals.addAll(new EmptyDirectories(storage, cancel).removeBelow(walk));
                removeFolder(folder);
            }
        } catch (StorageException failure) {
            trouble.accept("The backup '%s' stays: %s".formatted(folder, failure.getMessage()));
            return false;
        }
        refusals.forEach(one -> trouble.accept("'%s/%s' stays: %s".formatted(folder, one.path(), one.reason())));
        return refusals.isEmpty();
    }

    private void removeFolder(RelPath folder) {
        try (Storage above = storages.open(parent)) {
            above.removeDirectory(folder);
        }
    }
}
