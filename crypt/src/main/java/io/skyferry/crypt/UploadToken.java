package io.skyferry.crypt;

import io.skyferry.crypt.content.BoxFormat;
import io.skyferry.crypt.content.Nonce;
import io.skyferry.storage.Capabilities;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.PartRules;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.StorageException.Where;
import io.skyferry.storage.Upload;

/// An encrypted upload in parts: its nonce, and the token of the storage below.
record UploadToken(Nonce nonce, String below) {
    private static final String FORM = "1:";
    private static final int HEAD = FORM.length() + 2 * Nonce.BYTES;

    /// Reads the token of an upload.
    ///
    /// @throws StorageException `NOT_FOUND` if it is none of ours
    static UploadToken of(Upload upload, Where where) {
        String text = upload.token();
        try {
            if (text.startsWith(FORM) && text.length() > HEAD && text.charAt(HEAD) == ':') {
                return new UploadToken(Nonce.ofHex(text.substring(FORM.length(), HEAD)), text.substring(HEAD + 1));
            }
        } catch (IllegalArgumentException noNonce) {
            throw notOurs(where).causedBy(noNonce);
        }
        throw notOurs(where);
    }

    private static StorageException notOurs(Where where) {
        return StorageException.noEffect(
                ErrorKind.NOT_FOUND, where, "Want an upload that was begun here but have another's token");
    }

    /// The token as it is stored.
    String text() {
        return FORM + nonce.hex() + ":" + below;
    }

    /// The same upload as the storage below knows it.
    Upload stored(RelPath file, PartRules plain) {
        return new Upload(file, below, storedRules(plain));
    }

    /// Parts of whole blocks, the first one with the header.
    static PartRules storedRules(PartRules plain) {
        long total = plain.totalBytes() < 0 ? Entry.File.UNKNOWN_SIZE : BoxFormat.sealedSize(plain.totalBytes());
        return new PartRules(total, BoxFormat.sealedBlocks(plain.partBytes()), BoxFormat.HEADER);
    }

    /// How a plain content is cut so that the storage below gets about the parts that it asked for.
    ///
    /// @param total in bytes, negative while nobody knows
    /// @param wanted bytes of a part, as the storage below would cut
    /// @param uploads what it declares
    static PartRules plainRules(long total, long wanted, Capabilities.Uploads uploads) {
        long least = Math.ceilDiv(uploads.minPart(), BoxFormat.SEALED_BLOCK);
        long most = Math.max(1, (uploads.maxPart() - BoxFormat.HEADER) / BoxFormat.SEALED_BLOCK);
        long few = total < 0 ? 1 : Math.ceilDiv(Math.ceilDiv(total, BoxFormat.BLOCK), uploads.maxParts());
        long blocks = Math.max(Math.max(1, wanted / BoxFormat.SEALED_BLOCK), Math.max(least, few));
        return new PartRules(total, Math.min(blocks, most) * BoxFormat.BLOCK);
    }
}
