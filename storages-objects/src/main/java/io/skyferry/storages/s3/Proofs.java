package io.skyferry.storages.s3;

import io.skyferry.hash.Hasher;
import io.skyferry.http.HttpException;
import io.skyferry.http.HttpResponse;
import io.skyferry.storage.ByteRange;
import io.skyferry.storage.Content;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.HashType;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.StorageException.Where;
import io.skyferry.storage.StorageIdentity;
import io.skyferry.storage.Upload;
import io.skyferry.storages.s3.S3Family.Sums;
import io.skyferry.storages.s3.Sent.Proof;
import io.skyferry.storages.s3.wire.Etags;
import io.skyferry.storages.s3.wire.Replies;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;

/// By what files and their parts are proved to have arrived, as each server has it.
///
/// MD5 is what every server has, and dear. One that may keep a CRC-32C is offered it; a tag must do as well until the
/// server told once what it has. What lies on a disk of this machine is read before it is sent: some servers tell of
/// those checksums only that come before the bytes.
final class Proofs {
    /// How servers refuse what asks for checksums that they do not know, among other things: some, and proxies that
    /// drop such headers, say that the signature does not match.
    private static final Set<ErrorKind> MAY_MEAN_SUMS =
            Set.of(ErrorKind.UNSUPPORTED, ErrorKind.UNEXPECTED, ErrorKind.UNAUTHENTICATED, ErrorKind.FORBIDDEN);

    /// Of the parts of so many uploads at once it is remembered what they hash to; those of more are read again.
    private static final int MOST_KNOWN = 256;

    private final S3Place place;
    private final AtomicBoolean sumsAreRefused = new AtomicBoolean();

    /// Of what the server told what it has.
    private final Set<Told> told = ConcurrentHashMap.newKeySet();

    private final Map<String, PartCrcs> known = new ConcurrentHashMap<>();

    Proofs(S3Place place) {
        this.place = place;
    }

    /// What checksums are told of.
    private enum Told {
        FILES,
        PARTS,
        PARTS_BEHIND
    }

    /// What the server said as it began an upload.
    record Begun(String id, PartSums sums) {}

    private boolean mustKeep() {
        return place.settings().sums() == Sums.ALWAYS;
    }

    private boolean mayKeep() {
        return place.settings().sums() != Sums.NEVER && !sumsAreRefused.get();
    }

    /// Does what offers or asks for checksums; does it plainly where the server knows none.
    private <R> R offering(Supplier<R> offered, Supplier<R> plain) {
        if (!mayKeep()) {
            return plain.get();
        }
        try {
            return offered.get();
        } catch (StorageException failure) {
            if (mustKeep() || !mayMeanSums(failure)) {
                throw failure;
            }
            R done = plain.get();
            sumsAreRefused.set(true);
            return done;
        }
    }

    /// What may have had an effect is nobody's to say again but the caller's.
    private static boolean mayMeanSums(StorageException failure) {
        return MAY_MEAN_SUMS.contains(failure.kind())
                && (failure.kind() == ErrorKind.UNSUPPORTED || failure.effect() == StorageException.Effect.NONE);
    }

    /// Writes a file at once.
    ///
    /// @param writing is called again where the server refuses what is offered
    <R> R write(Content content, long size, Where where, Function<Proof, R> writing) {
        Proof plain = new Proof(mustKeep() ? Checksum.CRC32C : Checksum.MD5).and(HashType.XXH128);
        if (mustKeep() || size <= Sent.HELD || !isHere(content)) {
            return writing.apply(plain);
        }
        return offering(() -> writing.apply(ofFile(content, size, where)), () -> writing.apply(plain));
    }

    private Proof ofFile(Content content, long size, Where where) {
        String sum = Sent.hashOf(content, new ByteRange(0, size), HashType.CRC32C, where);
        Proof proof = new Proof(Checksum.CRC32C).of(sum).and(HashType.XXH128);
        return told.contains(Told.FILES) ? proof : proof.and(HashType.MD5);
    }

    /// Sends what reads a whole file.
    HttpResponse read(Ask ask, long size) {
        if (!mustKeep() && size <= Sent.HELD) {
            return place.api().send(ask);
        }
        return offering(
                () -> place.api().send(ask.header("x-amz-checksum-mode", "ENABLED")),
                () -> place.api().send(ask.without("x-amz-checksum-mode")));
    }

    /// Begins an upload of bytes that are read before they are sent.
    Begun begun(Ask ask) {
        return offering(() -> begunAsked(ask), () -> begunPlainly(PartSums.unasked(ask)));
    }

    private Begun begunAsked(Ask ask) {
        Begun begun = begunPlainly(PartSums.asked(ask));
        return mustKeep() && begun.sums() == PartSums.TAGS ? new Begun(begun.id(), PartSums.OF_WHOLE) : begun;
    }

    /// Begins an upload of bytes that are not read before they are sent. Their checksums stand behind them, which not
    /// every server takes that keeps checksums: only those that always do are asked.
    Begun begunUnread(Ask ask) {
        return mustKeep() ? begun(ask) : begunPlainly(ask);
    }

    /// Begins an upload as it was asked for.
    Begun begunPlainly(Ask ask) {
        Begun begun = place.api()
                .read(ask, Replies::made, (headers, made) -> new Begun(made.uploadId(), PartSums.of(headers)));
        if (begun.id().isEmpty()) {
            throw StorageException.unknownEffect(
                    ErrorKind.UNEXPECTED, ask.where(), "Want the id of an upload but the server gave none");
        }
        return begun;
    }

    /// Remembers what the parts of an upload hash to, as its content was read when it was begun.
    void know(String id, PartCrcs parts) {
        if (known.size() < MOST_KNOWN) {
            known.put(id, parts);
        }
    }

    /// An upload has ended.
    void forget(String id) {
        known.remove(id);
    }

    /// By what a part is to be proved.
    Proof ofPart(Upload upload, int number, Content whole, Where where) {
        UploadToken token = UploadToken.of(upload.token());
        var plain = new Proof(token.sums().checksum());
        if (plain.checksum() == Checksum.MD5) {
            return plain;
        }
        // Only who always keeps them is sent checksums behind the bytes; what was read when the upload was begun can be
        // read again, also where a limit of bandwidth hides by now that it is here.
        Proof proof = isHere(whole) || !mustKeep() ? plain.of(sum(token.id(), upload, number, whole, where)) : plain;
        return told.contains(ofParts(proof)) ? proof : proof.and(HashType.MD5);
    }

    private String sum(String id, Upload upload, int number, Content whole, Where where) {
        return Optional.ofNullable(known.get(id))
                .flatMap(parts -> parts.hex(upload.rules(), number))
                .orElseGet(() -> Sent.hashOf(whole, upload.rules().range(number), HashType.CRC32C, where));
    }

    private static Told ofParts(Proof proof) {
        return proof.known().isPresent() ? Told.PARTS : Told.PARTS_BEHIND;
    }

    /// Sends a part.
    ///
    /// @return what the server says it has, which is what was sent
    S3Head sendPart(Ask ask, Sent sent) {
        return send(ask, sent, ofParts(sent.proof()));
    }

    /// Sends a file. What arrived otherwise is not left there: the next run would take it for the file.
    ///
    /// @param ask the PUT of this key
    /// @return what the server says it has, which is what was sent
    S3Head sendFile(String key, Ask ask, Sent sent) {
        S3Head head = answer(ask, sent);
        try {
            return proved(ask, sent, Told.FILES, head);
        } catch (StorageException doubt) {
            if (doubt.kind() == ErrorKind.CORRUPT && isThere(Ask.of("GET", key, ask.where()), sent, doubt)) {
                // The tag looks like an MD5 and is none.
                place.sawOtherTag();
                return head;
            }
            throw takenBack(key, ask.where(), head, doubt);
        }
    }

    private S3Head send(Ask ask, Sent sent, Told what) {
        return proved(ask, sent, what, answer(ask, sent));
    }

    private S3Head answer(Ask ask, Sent sent) {
        try {
            return place.api().headers(ask);
        } catch (StorageException failure) {
            if (failure.kind() == ErrorKind.CORRUPT && sent.isOther()) {
                throw StorageException.noEffect(
                                ErrorKind.SOURCE_FAILED, ask.where(), "The source changed while it was sent")
                        .causedBy(failure);
            }
            throw failure;
        }
    }

    private S3Head proved(Ask ask, Sent sent, Told what, S3Head head) {
        S3Writer.expectArrived(place, head, sent, ask.where());
        if (sent.checksum() == Checksum.MD5) {
            return head;
        }
        if (head.crc32c().isPresent()) {
            told.add(what);
        } else if (told.remove(what) && place.tagsAreMd5()) {
            // Another node of the server than the one that told before. Nothing else was taken of these bytes.
            Etags.md5(head.etag())
                    .ifPresent(theirs -> S3Writer.expectSame(Checksum.MD5, sent.md5Again(), theirs, ask.where()));
        }
        return head;
    }

    /// Whether the server has what was sent, by reading it.
    private boolean isThere(Ask read, Sent sent, StorageException doubt) {
        Hasher hasher = Hasher.of(sent.checksum().type());
        Map<String, String> reading = place.settings().encryption().reading();
        try (HttpResponse reply = place.api().send(read.headers(reading))) {
            byte[] piece = new byte[Sent.HELD];
            for (int count = reply.body().read(piece);
                    count >= 0;
                    count = reply.body().read(piece)) {
                hasher.update(piece, 0, count);
            }
        } catch (HttpException | IOException | StorageException failure) {
            doubt.addSuppressed(failure);
            return false;
        }
        return hasher.hex().equals(sent.sum());
    }

    /// Removes what was just written, unless somebody has written there since. Where versions are kept, the one before
    /// it is the newest again.
    ///
    /// @param doubt why it may not stay
    /// @return the same, which says so where it could not be removed
    StorageException takenBack(String key, Where where, S3Head written, StorageException doubt) {
        Optional<String> version = written.versionId();
        try {
            boolean isOurs = version.isPresent()
                    || (!written.etag().isEmpty()
                            && place.api().head(key, where).map(S3Head::etag).equals(Optional.of(written.etag())));
            if (isOurs) {
                place.api().headers(Ask.of("DELETE", key, where).query("versionId", version));
            }
            return doubt;
        } catch (StorageException failure) {
            doubt.addSuppressed(failure);
            return StorageException.unknownEffect(
                            doubt.kind(),
                            where,
                            "%s. It is there still, as it could not be removed: %s"
                                    .formatted(doubt.getMessage(), failure.getMessage()))
                    .causedBy(doubt);
        }
    }

    /// Whether reading a content costs no more than disk time.
    static boolean isHere(Content content) {
        return content.origin()
                .map(Content.Origin::storage)
                .map(StorageIdentity::isHere)
                .orElse(false);
    }
}
