package io.skyferry.storages.s3;

import io.skyferry.storage.Content;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.HashType;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.StorageException.Where;
import io.skyferry.storage.StorageIdentity;
import io.skyferry.storage.Upload;
import io.skyferry.storages.s3.wire.Replies;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/// By what the parts of large files are proved to have arrived, as each server has it.
final class PartProofs {
    /// How servers refuse what asks for checksums that they do not know, among other things.
    private static final Set<ErrorKind> MAY_MEAN_SUMS = Set.of(ErrorKind.UNSUPPORTED, ErrorKind.UNEXPECTED);

    /// Of the parts of so many uploads at once it is remembered what they hash to; those of more are read again.
    private static final int MOST_KNOWN = 256;

    private final S3Place place;
    private final AtomicBoolean sumsAreRefused = new AtomicBoolean();

    /// For which forms of checksums the server told what it has.
    private final Set<Sent.Form> tellers = ConcurrentHashMap.newKeySet();

    private final Map<String, PartCrcs> known = new ConcurrentHashMap<>();

    PartProofs(S3Place place) {
        this.place = place;
    }

    /// What the server said as it began an upload.
    record Begun(String id, PartSums sums) {}

    /// Begins an upload of bytes that are not read before they are sent. Their checksums stand behind them, which not
    /// every server takes that keeps checksums: only those that always do are asked.
    Begun begunUnread(Ask ask) {
        return place.settings().checksum() == Checksum.CRC32C ? begun(ask) : begunPlainly(ask);
    }

    /// Begins an upload of bytes that are read before they are sent.
    Begun begun(Ask ask) {
        boolean mustKeep = place.settings().checksum() == Checksum.CRC32C;
        if (!place.settings().asksForSums() || sumsAreRefused.get()) {
            return begunPlainly(ask);
        }
        try {
            Begun begun = begunPlainly(PartSums.asked(ask));
            return mustKeep && begun.sums() == PartSums.TAGS ? new Begun(begun.id(), PartSums.OF_WHOLE) : begun;
        } catch (StorageException failure) {
            if (mustKeep || !MAY_MEAN_SUMS.contains(failure.kind())) {
                throw failure;
            }
            Begun without = begunPlainly(PartSums.unasked(ask));
            sumsAreRefused.set(true);
            return without;
        }
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
    ///
    /// Not every server that keeps checksums tells what it has: until one was told, a tag must do as well. What
    /// lies on a disk of this machine is read before it is sent, as some tell of those checksums only that come
    /// before the bytes.
    Sent.Proof proof(Upload upload, int number, Content whole, Where where) {
        UploadToken token = UploadToken.of(upload.token());
        var plain = new Sent.Proof(token.sums().checksum());
        if (plain.checksum() == Checksum.MD5) {
            return plain;
        }
        Sent.Proof proof = isHere(whole)
                ? plain.of(hex(token.id(), upload, number)
                        .orElseGet(() -> Sent.hashOf(whole, upload.rules().range(number), HashType.CRC32C, where)))
                : plain;
        return tellers.contains(proof.form()) ? proof : proof.and(HashType.MD5);
    }

    private Optional<String> hex(String id, Upload upload, int number) {
        return Optional.ofNullable(known.get(id)).flatMap(parts -> parts.hex(upload.rules(), number));
    }

    /// Learns from the reply to a part.
    void answered(Sent.Proof proof, S3Head head) {
        head.crc32c().ifPresent(_ -> tellers.add(proof.form()));
    }

    /// Whether reading a content costs no more than disk time.
    static boolean isHere(Content content) {
        return content.origin()
                .map(Content.Origin::storage)
                .map(StorageIdentity::isHere)
                .orElse(false);
    }
}
