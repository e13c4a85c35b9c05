package io.skyferry.crypt;

import io.skyferry.crypt.content.BlockHash;
import io.skyferry.crypt.content.BoxFormat;
import io.skyferry.crypt.content.ChangedSourceException;
import io.skyferry.crypt.content.PromisedBlocks;
import io.skyferry.storage.ByteRange;
import io.skyferry.storage.CancelledException;
import io.skyferry.storage.Content;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.Part;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.StorageException.Where;
import io.skyferry.storage.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Supplier;

/// Makes and keeps promises: what a part's plain blocks are, fixed before the first of them is encrypted.
///
/// A promise is one hash over the hashes of the blocks. The latter are kept for parts that are under
/// way; for others, after a crash, they are made anew from the source and must give the same promise.
final class PromiseBook {
    private static final String FORM = "1:";
    private static final int HASH = 64;
    private static final int HEAD = FORM.length() + HASH;

    /// Parts under way whose hashes are kept; a part of 64 MiB takes some 100 KiB.
    private static final int KEPT = 32;

    private final SequencedMap<String, PromisedBlocks> recent = new LinkedHashMap<>();
    private final Supplier<BlockHash> making;
    private Optional<BlockHash> hash = Optional.empty();

    /// @param making asked when the first promise is made: most storages make none
    PromiseBook(Supplier<BlockHash> making) {
        this.making = making;
    }

    private synchronized BlockHash hash() {
        if (hash.isEmpty()) {
            hash = Optional.of(making.get());
        }
        return hash.orElseThrow();
    }

    /// Reads a part's source and fixes its blocks.
    PromisedBlocks make(Upload upload, int number, Content whole, Where where) {
        PromisedBlocks blocks = blocks(upload, number, whole, where);
        synchronized (recent) {
            recent.put(key(upload, number), blocks);
            if (recent.size() > KEPT) {
                recent.pollFirstEntry();
            }
        }
        return blocks;
    }

    /// The promise as it is stored, around that of the storage below.
    String text(Upload upload, int number, String below, Where where) {
        return FORM
                + kept(upload, number)
                        .orElseThrow(() -> StorageException.noEffect(
                                ErrorKind.UNAVAILABLE, where, "Want fewer parts under way at a time"))
                        .digest()
                + below;
    }

    /// The blocks that were promised, and no others.
    ///
    /// @throws StorageException `SOURCE_FAILED` if the source does not hold them any more
    PromisedBlocks keep(Upload upload, int number, String promise, Content whole, Where where) {
        String digest = digest(promise, where);
        Optional<PromisedBlocks> known =
                kept(upload, number).filter(blocks -> blocks.digest().equals(digest));
        if (known.isPresent()) {
            return known.orElseThrow();
        }
        PromisedBlocks blocks = blocks(upload, number, whole, where);
        if (!blocks.digest().equals(digest)) {
            var changed = new ChangedSourceException(blocks.first());
            throw sourceFailed(where, changed);
        }
        return blocks;
    }

    private Optional<PromisedBlocks> kept(Upload upload, int number) {
        synchronized (recent) {
            return Optional.ofNullable(recent.get(key(upload, number)));
        }
    }

    private static String key(Upload upload, int number) {
        return number + ":" + upload.token();
    }

    private PromisedBlocks blocks(Upload upload, int number, Content whole, Where where) {
        ByteRange range = upload.rules().range(number);
        try (InputStream plain = whole.openToHash(range.offset(), range.length())) {
            return PromisedBlocks.of(plain, range.offset() / BoxFormat.BLOCK, hash());
        } catch (CancelledException stop) {
            throw stop;
        } catch (IOException | RuntimeException failure) {
            throw sourceFailed(where, failure);
        }
    }

    private static StorageException sourceFailed(Where where, Exception failure) {
        return StorageException.noEffect(ErrorKind.SOURCE_FAILED, where, String.valueOf(failure.getMessage()))
                .causedBy(failure);
    }

    private static String digest(String promise, Where where) {
        if (!promise.startsWith(FORM) || promise.length() < HEAD) {
            throw StorageException.noEffect(
                    ErrorKind.PRECONDITION_FAILED, where, "Want what was promised for the part but have no promise");
        }
        return promise.substring(FORM.length(), HEAD);
    }

    /// The promise of the storage below.
    static String below(String promise, Where where) {
        digest(promise, where);
        return promise.substring(HEAD);
    }

    /// Whether a source turned out to be another than was promised.
    static boolean isBroken(StorageException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ChangedSourceException) {
                return true;
            }
        }
        return false;
    }

    /// A part with its plain size; empty if it is not made of whole blocks.
    static Optional<Part> plain(Part stored) {
        long blocks = stored.size() - (stored.number() == 1 ? BoxFormat.HEADER : 0);
        var size = BoxFormat.plainBlocks(blocks);
        return size.isPresent()
                ? Optional.of(new Part(stored.number(), size.orElseThrow(), stored.tag()))
                : Optional.empty();
    }

    /// A part with its size once encrypted.
    static Part stored(Part plain) {
        long header = plain.number() == 1 ? BoxFormat.HEADER : 0;
        return new Part(plain.number(), header + BoxFormat.sealedBlocks(plain.size()), plain.tag());
    }
}
