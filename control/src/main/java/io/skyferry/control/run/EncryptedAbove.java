package io.skyferry.control.run;

import io.skyferry.control.crypt.Encryption;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.LayerSpec;
import io.skyferry.storage.ListPage;
import io.skyferry.storage.ListRequest;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.StorageSpec;
import java.util.List;
import java.util.Optional;

/// An encrypted folder that lies in another one is most often a mistake: who has `crypt:/backup` and writes to
/// `crypt:/backup/letters` means a folder of the plain tree, but would begin a second encrypted one whose stored name
/// is plain. To the outer one that is an entry that does not decrypt.
final class EncryptedAbove {
    private EncryptedAbove() {}

    /// Refuses a place with nothing in it yet that lies in an encrypted folder with encrypted names of directories.
    ///
    /// @throws RefusedException naming the encrypted folder
    static void refuse(StorageSpec place, StorageOpener opener) {
        if (!hidesDirectories(place) || !isNew(place, opener)) {
            return;
        }
        Optional<StorageSpec> folder = Places.folderAbove(place);
        while (folder.isPresent()) {
            try (Storage above = opener.open(folder.orElseThrow().under(List.of()))) {
                if (holdsKeyCheck(above)) {
                    throw new RefusedException(
                            "Want the top of an encrypted folder but have '%s', which lies in the encrypted '%s'."
                                            .formatted(nameOf(place), above.displayName())
                                    + " Name that one, and choose what is in it by its plain names with filters");
                }
            }
            folder = Places.folderAbove(folder.orElseThrow());
        }
    }

    /// Whether directories are stored under other names than their own.
    static boolean hidesDirectories(StorageSpec place) {
        return place.layers().stream().anyMatch(EncryptedAbove::hidesDirectories);
    }

    private static boolean hidesDirectories(LayerSpec layer) {
        return layer.kind().equals(Encryption.LAYER)
                && !Encryption.OFF.equals(layer.settings().get(Encryption.NAMES))
                && !Encryption.OFF.equals(layer.settings().get(Encryption.DIRECTORY_NAMES));
    }

    /// What holds something is proved by its key, wherever it lies.
    private static boolean isNew(StorageSpec place, StorageOpener opener) {
        try (Storage below = opener.open(place.under(List.of()))) {
            ListPage page = below.list(ListRequest.children(RelPath.ROOT));
            return page.next().isEmpty() && page.entries().stream().allMatch(Entry.Leftover.class::isInstance);
        } catch (StorageException failure) {
            return switch (failure.kind()) {
                case NOT_FOUND -> true;
                case NOT_A_DIRECTORY -> false;
                default -> throw failure;
            };
        }
    }

    private static boolean holdsKeyCheck(Storage folder) {
        try {
            return folder.stat(new RelPath(Encryption.KEY_CHECK)).orElse(null) instanceof Entry.File;
        } catch (StorageException failure) {
            // What may not be looked at is not this account's: nobody encrypted from here.
            if (failure.kind().retry() == ErrorKind.Retry.NEVER) {
                return false;
            }
            throw failure;
        }
    }

    private static String nameOf(StorageSpec place) {
        return place.settings().getOrDefault(Places.ROOT_SETTING, "");
    }
}
