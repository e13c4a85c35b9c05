package io.skyferry.crypt;

import io.skyferry.crypt.box.SecretBox;
import io.skyferry.crypt.content.BlockGuard;
import io.skyferry.crypt.content.Nonce;
import io.skyferry.crypt.content.SealedContent;
import io.skyferry.storage.Content;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.Part;
import io.skyferry.storage.PartRules;
import io.skyferry.storage.PendingUpload;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.StorageException.Where;
import io.skyferry.storage.Upload;
import io.skyferry.storage.WriteOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;

/// Uploads in parts, each under one nonce that its token keeps; no block of them is encrypted that differs from its
/// promise.
final class CryptUploads {
    private final Storage below;
    private final SecretBox box;
    private final PathCipher paths;
    private final RandomGenerator random;
    private final PromiseBook promises;

    CryptUploads(Storage below, SecretBox box, PathCipher paths, RandomGenerator random, PromiseBook promises) {
        this.below = below;
        this.box = box;
        this.paths = paths;
        this.random = random;
        this.promises = promises;
    }

    /// What was made of an upload, and the nonce that it was encrypted under.
    record Finished(Entry.File stored, Nonce nonce) {}

    /// @param stored where the storage below is to keep it
    Upload begin(RelPath file, RelPath stored, Content content, WriteOptions options) {
        Nonce nonce = Nonce.draw(random);
        Content sealed = new SealedContent(content, box, nonce, BlockGuard.NOTHING);
        Upload begun = below.beginUpload(stored, sealed, options.of(Map.of()));
        PartRules rules = UploadToken.plainRules(
                content.size().orElse(Entry.File.UNKNOWN_SIZE),
                begun.rules().partBytes(),
                below.capabilities().uploads());
        return new Upload(file, new UploadToken(nonce, begun.token()).text(), rules);
    }

    String promise(Upload upload, int number, Content whole, Where where) {
        UploadToken token = UploadToken.of(upload, where);
        BlockGuard blocks = promises.make(upload, number, whole, where);
        Content sealed = new SealedContent(whole, box, token.nonce(), blocks);
        return promises.text(upload, number, below.promise(stored(upload, token, where), number, sealed), where);
    }

    Part put(Upload upload, int number, String promise, Content whole, Where where) {
        return sealing(upload, number, promise, whole, where, (stored, hidden) -> {
            Part part = below.putPart(stored, number, PromiseBook.below(promise, where), hidden);
            return PromiseBook.plain(part)
                    .orElseThrow(() -> StorageException.unknownEffect(
                            ErrorKind.CORRUPT, where, "Want a part of whole blocks but have %s".formatted(part)));
        });
    }

    Optional<Part> held(Upload upload, Part part, String promise, Content whole, Where where) {
        return sealing(
                upload,
                part.number(),
                promise,
                whole,
                where,
                (stored, hidden) -> below.held(
                                stored, PromiseBook.stored(part), PromiseBook.below(promise, where), hidden)
                        .flatMap(PromiseBook::plain));
    }

    /// Has a part of the content encrypted as it was promised.
    private <R> R sealing(
            Upload upload, int number, String promise, Content whole, Where where, BiFunction<Upload, Content, R> use) {
        UploadToken token = UploadToken.of(upload, where);
        Upload stored = stored(upload, token, where);
        try {
            BlockGuard blocks = promises.keep(upload, number, promise, whole, where);
            return use.apply(stored, new SealedContent(whole, box, token.nonce(), blocks));
        } catch (StorageException failure) {
            if (PromiseBook.isBroken(failure)) {
                // Nothing more may be encrypted under this nonce: the upload is of no use any more.
                below.abandonUpload(stored);
            }
            throw failure;
        }
    }

    List<Part> parts(Upload upload, Where where) {
        return below.listParts(stored(upload, UploadToken.of(upload, where), where)).stream()
                .flatMap(part -> PromiseBook.plain(part).stream())
                .toList();
    }

    Finished finish(Upload upload, List<Part> parts, Where where) {
        UploadToken token = UploadToken.of(upload, where);
        Entry.File made = below.finishUpload(
                stored(upload, token, where),
                parts.stream().map(PromiseBook::stored).toList());
        return new Finished(made, token.nonce());
    }

    void abandon(Upload upload, Where where) {
        below.abandonUpload(stored(upload, UploadToken.of(upload, where), where));
    }

    List<PendingUpload> pending(RelPath file, Where where) {
        var mapper = new EntryMapper(paths);
        return below.listUploads(paths.storedFile(file, where)).stream()
                .map(mapper::pending)
                .toList();
    }

    void abandon(PendingUpload pending) {
        new EntryMapper(paths).storedPending(pending).ifPresent(below::abandonPending);
    }

    private Upload stored(Upload upload, UploadToken token, Where where) {
        return token.stored(paths.storedFile(upload.file(), where), upload.rules());
    }
}
