package io.skyferry.crypt;

import io.skyferry.crypt.box.KernelChoice;
import io.skyferry.crypt.box.SecretBox;
import io.skyferry.crypt.content.BoxFormat;
import io.skyferry.crypt.content.DamagedException;
import io.skyferry.crypt.content.Nonce;
import io.skyferry.crypt.content.OpeningStream;
import io.skyferry.crypt.content.SealedContent;
import io.skyferry.crypt.content.SentTags;
import io.skyferry.storage.Content;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/// Encrypts and decrypts the contents of single files, as a user asks for it.
public final class CryptFiles {
    private final SecretBox box;

    /// @param kernels how blocks are computed, as [io.skyferry.crypt.box.Kernels#shared]
    public CryptFiles(CryptKeys keys, KernelChoice kernels) {
        this.box = new SecretBox(keys.data(), kernels);
    }

    /// What is in an encrypted file, in one pass.
    ///
    /// A file that was cut at the edge of a block looks whole: its own bytes do not tell how long it was.
    ///
    /// @throws DamagedException if it does not begin like one; the stream throws it if a block does not decrypt
    /// @throws IOException as the stream does
    public InputStream opened(InputStream sealed) throws IOException {
        byte[] header = sealed.readNBytes(BoxFormat.HEADER);
        if (header.length < BoxFormat.HEADER) {
            throw new DamagedException("Want an encrypted file of at least %s bytes but it has %s"
                    .formatted(BoxFormat.HEADER, header.length));
        }
        Nonce nonce = BoxFormat.nonceOf(header)
                .orElseThrow(() -> new DamagedException("Want an encrypted file but it does not begin like one"));
        return new OpeningStream(box, nonce, sealed, 0, OptionalLong.empty());
    }

    /// The encrypted form of a content.
    ///
    /// @param nonce never used before under these keys
    public Content sealed(Content plain, Nonce nonce) {
        return new SealedContent(plain, box, nonce, new SentTags());
    }
}
