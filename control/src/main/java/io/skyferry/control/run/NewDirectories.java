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

    /// Makes the place itself; one that is there already is fine.
    ///
    /// @throws io.skyferry.storage.StorageException `UNSUPPORTED` where there is nothing that could be made
    public void make(StorageSpec place) {
        try (Storage storage = opener.open(place)) {
            if (storage.capabilities().can(Verb.MAKE_DIRECTORY) || !isMadeAbove(place)) {
                storage.makeDirectory(RelPath.ROOT);
            }
        }
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
