package io.skyferry.crypt;

import io.skyferry.crypt.box.SecretBox;
import io.skyferry.crypt.content.Nonce;
import io.skyferry.crypt.content.SealedContent;
import io.skyferry.crypt.content.SentTags;
import io.skyferry.crypt.content.UnrepeatableException;
import io.skyferry.storage.Content;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.HashType;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.StorageException.Where;
import io.skyferry.storage.WriteOptions;
import io.skyferry.storage.WriteOptions.Condition;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Stores files encrypted, and says what became of a write that was refused for what is there.
final class Writes {
    private final Storage below;
    private final SecretBox box;
    private final Opener opener;
    private final KeyProof proof;
    private final RandomGenerator random;
    private final Damaged damaged;

    Writes(Storage below, SecretBox box, Opener opener, KeyProof proof, RandomGenerator random) {
        this.below = below;
        this.box = box;
        this.opener = opener;
        this.proof = proof;
        this.random = random;
        this.damaged = new Damaged(below);
    }

    /// Stores a whole file.
    ///
    /// @param stored where the storage below is to have it
    Entry.File write(RelPath stored, Content content, WriteOptions options, Where where) {
        try {
            return seal(stored, content, options, where);
        } catch (StorageException failure) {
            return thereAlready(stored, content, options, failure, where);
        }
    }

    private Entry.File seal(RelPath stored, Content content, WriteOptions options, Where where) {
        Nonce nonce = Nonce.draw(random);
        var hashed = new HashedContent(content);
        Entry.File made =
                below.write(stored, new SealedContent(hashed, box, nonce, new SentTags()), options.of(Map.of()));
        proof.leaveCheck();
        return withHash(EntryMapper.plainFile(made, where.path(), Optional.of(nonce), where), hashed.hash());
    }

    private static Entry.File withHash(Entry.File file, Optional<String> hash) {
        return new Entry.File(
                file.path(),
                file.size(),
                file.modTime(),
                hash.map(hex -> Map.of(HashType.XXH128, hex)).orElse(Map.of()),
                file.version(),
                file.id(),
                file.seal());
    }

    /// A write that was refused for what is there has succeeded if that is the same: the storage below
    /// cannot tell, for the same content is never encrypted to the same bytes.
    private Entry.File thereAlready(
            RelPath stored, Content content, WriteOptions options, StorageException failure, Where where) {
        boolean refused = failure.kind() == ErrorKind.ALREADY_EXISTS || failure.kind() == ErrorKind.PRECONDITION_FAILED;
        if (refused && below.stat(stored).orElse(null) instanceof Entry.File there) {
            Optional<Nonce> nonce =
                    new SameContent(opener, below.capabilities()).nonceOf(there, content, options, where);
            if (nonce.isPresent()) {
                return EntryMapper.plainFile(there, where.path(), nonce, where);
            }
            Optional<WriteOptions> replacing = damaged.replacing(there, options);
            if (replacing.isPresent()) {
                return seal(stored, content, replacing.orElseThrow(), where);
            }
        }
        if (failure.kind() == ErrorKind.SOURCE_FAILED && isUnrepeatable(failure)) {
            // Neither side is at fault: under a new nonce the whole can be sent again.
            throw StorageException.unknownEffect(ErrorKind.UNAVAILABLE, where, String.valueOf(failure.getMessage()))
                    .causedBy(failure);
        }
        throw failure;
    }

    private static boolean isUnrepeatable(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnrepeatableException) {
                return true;
            }
        }
        return false;
    }

    /// The options for a large file, which would be refused for what is there when all of it has been sent: what may be
    /// replaced is found out before.
    WriteOptions overDamaged(RelPath stored, WriteOptions options) {
        if (!(options.condition() instanceof Condition.Absent)) {
            return options;
        }
        try {
            return below.stat(stored).orElse(null) instanceof Entry.File there
                    ? damaged.replacing(there, options).orElse(options)
                    : options;
        } catch (StorageException unseen) {
            // What cannot be looked at stays: the upload itself says what is wrong.
            return options;
        }
    }
}
