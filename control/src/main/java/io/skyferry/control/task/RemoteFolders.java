package io.skyferry.control.task;

import io.skyferry.control.run.Places;
import io.skyferry.control.run.RefusedException;
import io.skyferry.control.run.StorageOpener;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.StorageSpec;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Looks whether the folder is there from which a task is to bring files.
///
/// Source: TrueNAS looks so when a PULL task is saved. There an account that does not answer keeps the task from being
/// saved; here it does not, as the run will tell.
public final class RemoteFolders {
    private static final System.Logger LOGGER = System.getLogger(RemoteFolders.class.getName());

    private final Supplier<StorageOpener> openers;

    /// @param openers makes one for a person who waits
    public RemoteFolders(Supplier<StorageOpener> openers) {
        this.openers = openers;
    }

    /// What is wrong with the folder of a task at its account; empty: nothing that can be seen.
    Optional<String> fault(TaskWork work) {
        String folder = work.fields().attributes().getOrDefault("folder", "").replaceAll("^/+|/+$", "");
        if (work.fields().direction() == Direction.PUSH || folder.isEmpty()) {
            return Optional.empty();
        }
        StorageSpec place = work.remote().under(List.of());
        try {
            StorageOpener opener = openers.get();
            if (isDirectory(place, opener)) {
                return Optional.empty();
            }
            return Optional.of(isFile(place, opener) ? "This is not a directory" : "Directory does not exist");
        } catch (StorageException | RefusedException | IllegalArgumentException silent) {
            LOGGER.log(System.Logger.Level.DEBUG, "A folder could not be looked at", silent);
            return Optional.empty();
        }
    }

    private static boolean isDirectory(StorageSpec place, StorageOpener opener) {
        try (Storage storage = opener.open(place)) {
            return storage.stat(RelPath.ROOT).orElse(null) instanceof Entry.Directory;
        } catch (StorageException failure) {
            if (failure.kind() == ErrorKind.NOT_A_DIRECTORY || failure.kind() == ErrorKind.NOT_FOUND) {
                return false;
            }
            throw failure;
        }
    }

    private static boolean isFile(StorageSpec place, StorageOpener opener) {
        Optional<StorageSpec> above = Places.folderAbove(place);
        if (above.isEmpty()) {
            return false;
        }
        String root = place.settings().getOrDefault(Places.ROOT_SETTING, "").replaceAll("/+$", "");
        try (Storage storage = opener.open(above.orElseThrow())) {
            return storage.stat(new RelPath(root.substring(root.lastIndexOf('/') + 1)))
                            .orElse(null)
                    instanceof Entry.File;
        } catch (StorageException failure) {
            if (failure.kind() == ErrorKind.NOT_A_DIRECTORY || failure.kind() == ErrorKind.NOT_FOUND) {
                return false;
            }
            throw failure;
        }
    }
}
