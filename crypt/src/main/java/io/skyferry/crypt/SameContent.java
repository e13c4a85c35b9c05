package io.skyferry.crypt;

import io.skyferry.crypt.content.BoxFormat;
import io.skyferry.crypt.content.Nonce;
import io.skyferry.storage.ByteRange;
import io.skyferry.storage.Capabilities;
import io.skyferry.storage.Capabilities.Keeping;
import io.skyferry.storage.Content;
import io.skyferry.storage.Entry;
import io.skyferry.storage.StorageException.Where;
import io.skyferry.storage.WriteOptions;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/// Says whether an encrypted file is what a write would have made.
final class SameContent {
    private final Opener opener;
    private final Capabilities capabilities;

    SameContent(Opener opener, Capabilities capabilities) {
        this.opener = opener;
        this.capabilities = capabilities;
    }

    /// The nonce of the file, if it holds the content and has the time; empty if it does not.
    ///
    /// @param stored as the storage below describes it
    Optional<Nonce> nonceOf(Entry.File stored, Content content, WriteOptions options, Where where) {
        boolean sized =
                content.size().isEmpty() || BoxFormat.sealedSize(content.size().orElseThrow()) == stored.size();
        if (!sized || !hasTime(stored, options)) {
            return Optional.empty();
        }
        try {
            Opener.Opened opened = opener.open(stored, Optional.empty(), ByteRange.ALL, where);
            try (InputStream there = opened.plain();
                    InputStream wanted = content.open(0, Long.MAX_VALUE)) {
                return holdTheSame(there, wanted) ? Optional.of(opened.nonce()) : Optional.empty();
            }
        } catch (IOException unreadable) {
            // What cannot be read is not known to be the same; the refusal stands.
            return Optional.empty();
        }
    }

    private boolean hasTime(Entry.File stored, WriteOptions options) {
        Optional<Instant> known = stored.modTime().known();
        if (options.modTime().isEmpty()
                || known.isEmpty()
                || capabilities.modTimes().keeping() == Keeping.NOT_KEPT) {
            return true;
        }
        Duration apart = Duration.between(known.orElseThrow(), options.modTime().orElseThrow())
                .abs();
        return apart.compareTo(capabilities.modTimes().precision()) < 0;
    }

    private static boolean holdTheSame(InputStream a, InputStream b) throws IOException {
        byte[] left = new byte[BoxFormat.BLOCK];
        byte[] right = new byte[BoxFormat.BLOCK];
        int count;
        do {
            count = a.readNBytes(left, 0, left.length);
            if (count != b.readNBytes(right, 0, right.length) || !Arrays.equals(left, 0, count, right, 0, count)) {
                return false;
            }
        } while (count == left.length);
        return true;
    }
}
