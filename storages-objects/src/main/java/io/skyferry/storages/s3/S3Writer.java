package io.skyferry.storages.s3;

import io.skyferry.storage.Content;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.HashType;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.StorageException.Where;
import io.skyferry.storage.Verb;
import io.skyferry.storage.WriteOptions;
import io.skyferry.storages.s3.wire.Etags;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Writes files at once.
final class S3Writer {
    private final S3Place place;
    private final S3Conditions conditions;
    private final S3Copies copies;
    private final Proofs proofs;

    S3Writer(S3Place place, S3Conditions conditions, S3Copies copies, Proofs proofs) {
        this.place = place;
        this.conditions = conditions;
        this.copies = copies;
        this.proofs = proofs;
    }

    Entry.File write(RelPath file, Content content, WriteOptions options) {
        Where where = place.where(Verb.WRITE, file);
        String key = place.newKey(where, file);
        Optional<Entry.File> fetched = copies.fetch(content, file, options, where);
        if (fetched.isPresent()) {
            return fetched.orElseThrow();
        }
        if (content.size().isEmpty()) {
            throw place.refusal(
                    ErrorKind.CONTENT_REJECTED, where, "Want a size before the first byte, which S3 asks for");
        }
        long size = content.size().orElseThrow();
        if (size > S3Settings.MAX_PART) {
            throw place.refusal(
                    ErrorKind.TOO_LARGE,
                    where,
                    "Want at most %s bytes at once but have %s".formatted(S3Settings.MAX_PART, size));
        }
        Optional<S3Head> inTheWay = conditions.inTheWay(options.condition(), S3Conditions.Making.WRITE, key, where);
        if (inTheWay.isPresent()) {
            return theSame(inTheWay, file, content, options, where);
        }
        try {
            return proofs.write(
                    content,
                    size,
                    where,
                    proof -> put(key, file, Sent.whole(content, size, proof, where), size, options, where));
        } catch (StorageException failure) {
            if (conditions.areUnknown(options.condition(), failure)
                    || conditions.areMisread(options.condition(), failure, key, where)) {
                return write(file, content, options);
            }
            if (S3Conditions.isRefusal(options.condition(), failure)) {
                return theSame(place.api().head(key, where), file, content, options, where);
            }
            throw failure;
        }
    }

    private Entry.File put(String key, RelPath file, Sent sent, long size, WriteOptions options, Where where) {
        Ask ask = sent.into(Ask.of("PUT", key, where)
                .headers(Making.headers(place.settings(), file, options))
                .headers(conditions.headers(options.condition(), S3Conditions.Making.WRITE)));
        S3Head head = proofs.sendFile(key, ask, sent);
        if (head.etag().isEmpty()) {
            return place.file(file, place.api().head(key, where).orElseThrow(() -> vanished(where)));
        }
        Map<HashType, String> hashes = new TreeMap<>(place.hashes(head.etag()));
        hashes.putAll(sent.hashes());
        return place.made(file, size, options.modTime(), hashes, head.etag());
    }

    private StorageException vanished(Where where) {
        return place.refusal(ErrorKind.PRECONDITION_FAILED, where, "Want what was just written but nothing is there");
    }

    /// What the server says it has is what was sent. Its tag is the MD5 of that, unless it encrypts with keys of its
    /// own.
    static void expectArrived(S3Place place, S3Head head, Sent sent, Where where) {
        expectEncrypted(place, head, where);
        boolean tells = head.encryption().isEmpty() || head.encryption().equals("AES256");
        if (!tells) {
            place.sawOtherTag();
        }
        boolean isTaggedOtherwise = isTaggedOtherwise(head, sent);
        if (sent.checksum() == Checksum.CRC32C && head.crc32c().isPresent()) {
            expectSame(Checksum.CRC32C, sent.sum(), head.crc32c().orElseThrow(), where);
            if (isTaggedOtherwise) {
                place.sawOtherTag();
            }
        } else if (place.tagsAreMd5() && isTaggedOtherwise) {
            // A server that was thought to keep checksums, and is silent on this one, gives a tag all the same.
            expectSame(Checksum.MD5, sent.hashes().getOrDefault(HashType.MD5, ""), head.etag(), where);
        }
    }

    /// Whether a tag that can be an MD5 is not that of what was sent, as far as that is known.
    private static boolean isTaggedOtherwise(S3Head head, Sent sent) {
        String ours = sent.hashes().getOrDefault(HashType.MD5, "");
        return !ours.isEmpty()
                && Etags.md5(head.etag()).filter(theirs -> !theirs.equals(ours)).isPresent();
    }

    static void expectSame(Checksum checksum, String ours, String theirs, Where where) {
        if (!theirs.equals(ours)) {
            throw StorageException.unknownEffect(
                    ErrorKind.CORRUPT,
                    where,
                    "Want bytes with the %s %s at the server but it has %s".formatted(checksum, ours, theirs));
        }
    }

    /// A server that takes a customer's key says so in its reply; one that says nothing kept the bytes as they are.
    static void expectEncrypted(S3Place place, S3Head head, Where where) {
        if (place.settings().encryption() instanceof Encryption.ByCustomer
                && !head.encryption().equals(S3Head.BY_CUSTOMER)) {
            throw StorageException.unknownEffect(
                    ErrorKind.MISCONFIGURED,
                    where,
                    "Want a server that encrypts with the customer's key but this one does not say that it did");
        }
    }

    /// A condition did not hold: that is success where a lost reply was to this very call.
    private Entry.File theSame(Optional<S3Head> now, RelPath file, Content content, WriteOptions options, Where where) {
        if (now.isPresent() && isMade(now.orElseThrow(), content, options, where)) {
            return place.file(file, now.orElseThrow());
        }
        throw conditions.refusal(options.condition(), where);
    }

    private static boolean isMade(S3Head now, Content content, WriteOptions options, Where where) {
        long size = content.size().orElse(Entry.File.UNKNOWN_SIZE);
        boolean mayBe = now.size() == size
                && now.md5().isPresent()
                && options.modTime()
                        .map(time -> now.time().map(time::equals).orElse(false))
                        .orElse(true);
        return mayBe && Sent.md5Of(content, size, where).equals(now.md5().orElseThrow());
    }
}
