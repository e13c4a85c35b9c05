package io.skyferry.crypt;

import io.skyferry.crypt.content.BoxFormat;
import io.skyferry.storage.Body;
import io.skyferry.storage.ByteRange;
import io.skyferry.storage.Entry;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.WriteOptions;
import io.skyferry.storage.WriteOptions.Condition;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// What a loss of power left of encrypted files, with a length that none has. Listings tell it as unusable, so whoever
/// writes finds nothing at its path and asks that nothing be there. What was never encrypted is left alone.
final class Damaged {
    private static final int CHUNK = 64 * 1024;

    private final Storage below;

    Damaged(Storage below) {
        this.below = below;
    }

    /// The options that put a new file in the place of what is left of another; empty if the stored file may be whole
    /// or somebody else's, if no condition can name it, or if the options do not ask for a place where nothing is.
    ///
    /// @param stored as the storage below has it now
    Optional<WriteOptions> replacing(Entry.File stored, WriteOptions options) {
        boolean mayGo = options.condition() instanceof Condition.Absent
                && stored.version().isPresent()
                && EntryMapper.plainSize(stored.size()).isEmpty()
                && wasEncrypted(stored);
        return mayGo
                ? Optional.of(
                        options.under(new Condition.Matches(stored.version().orElseThrow())))
                : Optional.empty();
    }

    /// Whether it begins as all of ours do, or holds nothing but the zeros that a loss of power leaves.
    private boolean wasEncrypted(Entry.File stored) {
        if (stored.size() == 0) {
            return true;
        }
        try (Body body = below.read(stored, ByteRange.ALL)) {
            InputStream bytes = body.stream();
            byte[] some = bytes.readNBytes(CHUNK);
            if (BoxFormat.isBegun(some)) {
                return true;
            }
            while (some.length > 0 && isZero(some)) {
                some = bytes.readNBytes(CHUNK);
            }
            return some.length == 0;
        } catch (StorageException | IOException unreadable) {
            // What cannot be read stays: the write itself says what is wrong.
            return false;
        }
    }

    private static boolean isZero(byte[] bytes) {
        for (byte one : bytes) {
            if (one != 0) {
                return false;
            }
        }
        return true;
    }
}
