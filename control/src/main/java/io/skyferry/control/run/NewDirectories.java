package io.skyferry.control.run;

import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageSpec;
import io.skyferry.storage.Verb;
import java.util.Optional;

/// Makes the directory that a place stands for, and the bucket, which is one to its account.
public final class NewDirectories {
    private final StorageOpener opener;

    /// Opens by this.
    public NewDirectories(StorageOpener opener) {
        this.opener = opener;
    }

    /// What became of the wish.
    public enum Made {
        /// The directory is there.
        YES,
        /// The storage has no empty directories: this one is there with its first file.
        WITH_ITS_FIRST_FILE
    }

    /// Makes the place itself; one that is there already is fine.
    public Made make(StorageSpec place) {
        try (Storage storage = opener.open(place)) {
            if (storage.capabilities().can(Verb.MAKE_DIRECTORY)) {
                storage.makeDirectory(RelPath.ROOT);
                return Made.YES;
            }
        }
        if (isMadeAbove(place)) {
            return Made.YES;
        }
        // The bucket is made as well, if it is not there yet.
        Places.folderAbove(place).ifPresent(this::make);
        return Made.WITH_ITS_FIRST_FILE;
    }

    /// What makes no directories may be one to what is above it.
    private boolean isMadeAbove(StorageSpec place) {
        Optional<Places.Above> above = new Places(opener).openAbove(place);
        if (above.isEmpty()) {
            return false;
        }
        try (Places.Above account = above.orElseThrow()) {
            boolean can = account.storage().capabilities().can(Verb.MAKE_DIRECTORY);
            if (can) {
                account.storage().makeDirectory(account.directory());
            }
            return can;
        }
    }
}
