package io.skyferry.crypt;

import io.skyferry.crypt.content.BoxFormat;
import io.skyferry.storage.Body;
import io.skyferry.storage.ByteRange;
import io.skyferry.storage.Entry;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.WriteOptions;
import io.skyferry.storage.WriteOptions.Condition;
import java.io.IOException;
import java.util.Optional;

/// What a loss of power left of encrypted files, with a length that none has. Listings tell it as unusable, so whoever
/// writes finds nothing at its path and asks that nothing be there. What was never encrypted is left alone.
final class Damaged {
    private static final int FIRST = 8;

    private final Storage below;

    Damaged(Storage below) {
        this.below = below;
    }

    /// The options that put a new file in the place of what is left of another; empty if the stored file may be whole
    /// or somebody else's, or if the options do not ask for a place where nothing is.
    ///
    /// @param path where the storage below has it
    Optional<WriteOptions> replacing(RelPath path, WriteOptions options) {
        if (!(options.condition() instanceof Condition.Absent)
                || !(below.stat(path).orElse(null) instanceof Entry.File stored)
                || EntryMapper.plainSize(stored.size()).isPresent()
                || !wasEncrypted(stored)) {
            return Optional.empty();
        }
        return Optional.of(options.under(
                stored.version().<Condition>map(Condition.Matches::new).orElseGet(Condition.None::new)));
    }

    private boolean wasEncrypted(Entry.File stored) {
        if (stored.size() == 0) {
            return true;
        }
        try (Body body = below.read(stored, new ByteRange(0, FIRST))) {
            return BoxFormat.mayBegin(body.stream().readNBytes(FIRST));
        } catch (IOException failure) {
            throw StorageException.inStream(failure);
        }
    }
}
