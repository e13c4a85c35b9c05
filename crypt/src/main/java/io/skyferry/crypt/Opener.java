package io.skyferry.crypt;

import io.skyferry.crypt.box.SecretBox;
import io.skyferry.crypt.content.BoxFormat;
import io.skyferry.crypt.content.DamagedException;
import io.skyferry.crypt.content.Nonce;
import io.skyferry.crypt.content.OpeningStream;
import io.skyferry.crypt.content.StretchStream;
import io.skyferry.storage.Body;
import io.skyferry.storage.ByteRange;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.StorageException.Where;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;

/// Reads encrypted files: of a range, the blocks that hold it and no more.
final class Opener {
    private final Storage below;
    private final SecretBox box;

    Opener(Storage below, SecretBox box) {
        this.below = below;
        this.box = box;
    }

    /// What was opened.
    ///
    /// @param stored the file as the storage below describes it
    record Opened(Entry.File stored, Nonce nonce, InputStream plain) {}

    /// The plain bytes of a range.
    ///
    /// @param stored the file as it was seen, by its stored name and size
    /// @param seal what is remembered of it: another nonce or size means another file
    /// @throws IOException as the storage's streams do, and [DamagedException]
    Opened open(Entry.File stored, Optional<CryptSeal> seal, ByteRange range, Where where) throws IOException {
        if (seal.isPresent()
                && stored.size() != Entry.File.UNKNOWN_SIZE
                && seal.orElseThrow().sealedSize() != stored.size()) {
            // The header tells a file that was cut from another one.
            check(header(stored, where), seal, where);
            throw broken(
                    where,
                    "Want the %s encrypted bytes that are remembered but have %s of them"
                            .formatted(seal.orElseThrow().sealedSize(), stored.size()));
        }
        OptionalLong size = EntryMapper.plainSize(stored.size());
        if (size.isEmpty()) {
            throw new DamagedException("Want an encrypted file but none has %s bytes".formatted(stored.size()));
        }
        long plainEnd =
                range.length() > Long.MAX_VALUE - range.offset() ? Long.MAX_VALUE : range.offset() + range.length();
        boolean known = size.orElseThrow() >= 0;
        plainEnd = known ? Math.min(plainEnd, size.orElseThrow()) : plainEnd;
        if (plainEnd <= range.offset()) {
            return nothing(stored, seal, where);
        }
        long first = range.offset() / BoxFormat.BLOCK;
        long storedEnd = known ? stored.size() : Long.MAX_VALUE;
        if (plainEnd != Long.MAX_VALUE) {
            storedEnd = Math.min(storedEnd, BoxFormat.sealedOffset((plainEnd - 1) / BoxFormat.BLOCK + 1));
        }
        OptionalLong expected =
                known ? OptionalLong.of(storedEnd - BoxFormat.sealedOffset(first)) : OptionalLong.empty();
        if (first == 0) {
            Body body =
                    below.read(stored, new ByteRange(0, storedEnd == Long.MAX_VALUE ? ByteRange.TO_END : storedEnd));
            return opening(body, range, seal, where, expected);
        }
        Nonce nonce = seal.isPresent() ? seal.orElseThrow().nonce() : header(stored, where);
        long from = BoxFormat.sealedOffset(first);
        Body body = below.read(
                stored, new ByteRange(from, storedEnd == Long.MAX_VALUE ? ByteRange.TO_END : storedEnd - from));
        var opening = new OpeningStream(box, nonce, body.stream(), first, expected);
        InputStream plain = new CheckedStart(opening, stored, seal, where);
        return new Opened(
                body.file(),
                nonce,
                StretchStream.of(plain, range.offset() - first * BoxFormat.BLOCK, plainEnd - range.offset()));
    }

    /// From the file's start on: the header comes in the same answer.
    private Opened opening(Body body, ByteRange range, Optional<CryptSeal> seal, Where where, OptionalLong expected)
            throws IOException {
        try {
            Nonce nonce = nonceOf(body.stream().readNBytes(BoxFormat.HEADER));
            check(nonce, seal, where);
            var opening = new OpeningStream(box, nonce, body.stream(), 0, expected);
            return new Opened(body.file(), nonce, StretchStream.of(opening, range.offset(), range.length()));
        } catch (IOException | StorageException failure) {
            body.close();
            throw failure;
        }
    }

    private Opened nothing(Entry.File stored, Optional<CryptSeal> seal, Where where) throws IOException {
        try (Body body = below.read(stored, new ByteRange(0, BoxFormat.HEADER))) {
            Nonce nonce = nonceOf(body.stream().readNBytes(BoxFormat.HEADER));
            check(nonce, seal, where);
            return new Opened(body.file(), nonce, InputStream.nullInputStream());
        }
    }

    /// The nonce in a file's header.
    Nonce header(Entry.File stored, Where where) throws IOException {
        return nothing(stored, Optional.empty(), where).nonce();
    }

    private static Nonce nonceOf(byte[] header) throws DamagedException {
        return BoxFormat.nonceOf(header)
                .orElseThrow(() -> new DamagedException("Want an encrypted file but it does not begin like one"));
    }

    private static void check(Nonce nonce, Optional<CryptSeal> seal, Where where) {
        if (seal.isEmpty() || seal.orElseThrow().nonce().equals(nonce)) {
            return;
        }
        long blocks = seal.orElseThrow().sealedSize() / BoxFormat.SEALED_BLOCK + 1;
        if (seal.orElseThrow().nonce().isWithin(blocks, nonce)) {
            throw broken(where, "Want the encrypted file that is remembered but its first blocks are missing");
        }
        throw exchanged(where);
    }

    private static StorageException broken(Where where, String message) {
        return StorageException.noEffect(ErrorKind.CORRUPT, where, message);
    }

    private static StorageException exchanged(Where where) {
        return StorageException.noEffect(
                ErrorKind.PRECONDITION_FAILED,
                where,
                "Want the encrypted file that is remembered but another one was put in its place");
    }

    /// Tells a damaged block from an exchanged file, where the nonce was remembered and not read.
    private final class CheckedStart extends InputStream {
        private final InputStream opening;
        private final Entry.File stored;
        private final Optional<CryptSeal> seal;
        private final Where where;

        CheckedStart(InputStream opening, Entry.File stored, Optional<CryptSeal> seal, Where where) {
            this.opening = opening;
            this.stored = stored;
            this.seal = seal;
            this.where = where;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                return opening.read(bytes, offset, length);
            } catch (DamagedException damaged) {
                if (seal.isPresent()) {
                    check(header(stored, where), seal, where);
                }
                throw damaged;
            }
        }

        @Override
        public void close() throws IOException {
            opening.close();
        }
    }
}
