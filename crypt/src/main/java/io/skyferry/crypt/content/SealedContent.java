package io.skyferry.crypt.content;

import io.skyferry.crypt.box.SecretBox;
import io.skyferry.storage.Content;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;

/// The encryption of a content under one nonce: what the storage below stores.
///
/// It can be opened again, from any offset, and gives the same bytes or fails.
public final class SealedContent implements Content {
    private final Content plain;
    private final SecretBox box;
    private final Nonce nonce;
    private final BlockGuard guard;

    /// @param guard shared by all contents that are made under this nonce
    public SealedContent(Content plain, SecretBox box, Nonce nonce, BlockGuard guard) {
        this.plain = plain;
        this.box = box;
        this.nonce = nonce;
        this.guard = guard;
    }

    @Override
    public OptionalLong size() {
        OptionalLong size = plain.size();
        return size.isEmpty() ? size : OptionalLong.of(BoxFormat.sealedSize(size.orElseThrow()));
    }

    @Override
    public InputStream open(long offset, long length) throws IOException {
        return sealed(plain::open, offset, length);
    }

    @Override
    public InputStream openToHash(long offset, long length) throws IOException {
        return sealed(plain::openToHash, offset, length);
    }

    /// How the plain bytes are opened.
    private interface Opening {
        InputStream open(long offset, long length) throws IOException;
    }

    private InputStream sealed(Opening opening, long offset, long length) throws IOException {
        OptionalLong size = size();
        long end = length > Long.MAX_VALUE - offset ? Long.MAX_VALUE : offset + length;
        end = Math.min(end, size.orElse(Long.MAX_VALUE));
        if (end <= offset) {
            return InputStream.nullInputStream();
        }
        long first = blockAt(offset);
        long plainFrom = first * BoxFormat.BLOCK;
        long plainTo = end == Long.MAX_VALUE ? Long.MAX_VALUE : plainEnd(end);
        OptionalLong expected = plain.size().isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(Math.min(plainTo, plain.size().orElseThrow()) - plainFrom);
        InputStream from = opening.open(plainFrom, plainTo == Long.MAX_VALUE ? Long.MAX_VALUE : plainTo - plainFrom);
        var sealing = new SealingStream(box, nonce, from, first, expected, guard);
        return StretchStream.of(sealing, offset - (first == 0 ? 0 : BoxFormat.sealedOffset(first)), end - offset);
    }

    private static long blockAt(long offset) {
        return Math.max(0, offset - BoxFormat.HEADER) / BoxFormat.SEALED_BLOCK;
    }

    /// Where the block ends, in plain bytes, that holds the last byte before an offset.
    private static long plainEnd(long sealedEnd) {
        return sealedEnd <= BoxFormat.HEADER ? 0 : (blockAt(sealedEnd - 1) + 1) * BoxFormat.BLOCK;
    }

    @Override
    public String fingerprint() {
        return plain.fingerprint() + "+" + nonce.hex();
    }

    /// Nobody else can make these bytes.
    @Override
    public Optional<Origin> origin() {
        return Optional.empty();
    }
}
