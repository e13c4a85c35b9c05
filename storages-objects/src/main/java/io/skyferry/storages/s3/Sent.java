package io.skyferry.storages.s3;

import io.skyferry.hash.Hasher;
import io.skyferry.http.RequestBody;
import io.skyferry.storage.ByteRange;
import io.skyferry.storage.CancelledException;
import io.skyferry.storage.Content;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.HashType;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.StorageException.Where;
import io.skyferry.storages.s3.sign.SigV4;
import java.io.IOException;
import java.io.InputStream;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A stretch of a content as the body of a request, with the hashes of what was sent.
///
/// Small ones are read before anything is asked, so that their checksum goes with them and the server refuses what
/// arrives damaged. Large ones are streamed: a CRC-32C goes before them where it is known, else behind them; in place
/// of an MD5, what the server says it has is compared with what was sent.
final class Sent {
    /// Up to so many bytes are held: no more than a stream would need for its own buffers.
    static final int HELD = 128 * 1024;

    private final Content content;
    private final long offset;
    private final long length;
    private final SourceStream.End end;
    private final Proof proof;
    private final Where where;
    private final Map<HashType, Hasher> hashers = new EnumMap<>(HashType.class);
    private final Map<HashType, String> hashes = new TreeMap<>();
    private @Nullable SourceStream stream;

    /// What bytes are known by.
    ///
    /// @param checksum that goes with them, or is compared with the tag that they get
    /// @param known what they hash to in hexadecimal digits, where they were read before
    /// @param beside other hashes that are wanted of them
    record Proof(Checksum checksum, Optional<String> known, Set<HashType> beside) {
        Proof(Checksum checksum) {
            this(checksum, Optional.empty(), Set.of());
        }

        /// With this hash as well.
        Proof and(HashType other) {
            Set<HashType> more = EnumSet.of(other);
            more.addAll(beside);
            return new Proof(checksum, known, more);
        }

        /// Of bytes that hash to this.
        Proof of(String hex) {
            return new Proof(checksum, Optional.of(hex), beside);
        }
    }

    private Sent(Content content, long offset, long length, SourceStream.End end, Proof proof, Where where) {
        this.content = content;
        this.offset = offset;
        this.length = length;
        this.end = end;
        this.proof = proof;
        this.where = where;
    }

    /// The whole of a content whose size is known.
    static Sent whole(Content content, long size, Proof proof, Where where) {
        return new Sent(content, 0, size, SourceStream.End.OF_SOURCE, proof, where);
    }

    /// A part of it.
    static Sent part(Content content, ByteRange range, Proof proof, Where where) {
        return new Sent(content, range.offset(), range.length(), SourceStream.End.OF_PART, proof, where);
    }

    /// Puts the bytes into a request.
    Ask into(Ask ask) {
        if (length <= HELD) {
            byte[] bytes = held();
            // The checksum is among the headers that are signed: a signed hash of the bytes besides would prove the
            // same again, for an eighth of what a small file costs.
            return ask.header(checksum().header(), base64())
                    .body(RequestBody.of(bytes, 0, bytes.length), SigV4.UNSIGNED);
        }
        if (proof.known().isPresent()) {
            return ask.header(checksum().header(), Checksum.base64(proof.known().orElseThrow()))
                    .body(body(length, this::open), SigV4.UNSIGNED);
        }
        return switch (checksum()) {
            case MD5 -> ask.body(body(length, this::open), SigV4.UNSIGNED);
            case CRC32C ->
                ask.header("content-encoding", "aws-chunked")
                        .header("x-amz-decoded-content-length", String.valueOf(length))
                        .header("x-amz-trailer", Checksum.CRC32C.header())
                        .body(
                                body(
                                        TrailedStream.lengthOf(length),
                                        () -> new TrailedStream(open(), length, this::base64)),
                                TrailedStream.UNSIGNED);
        };
    }

    private static RequestBody body(long length, RequestBody.Source source) {
        return RequestBody.of(OptionalLong.of(length), RequestBody.Opening.AGAIN, source);
    }

    private String base64() {
        return Checksum.base64(sum());
    }

    private byte[] held() {
        try (InputStream stream = open()) {
            byte[] bytes = stream.readNBytes((int) length);
            if (length == 0 && stream.read() >= 0) {
                throw new IOException("Want no bytes but the source has some");
            }
            return bytes;
        } catch (IOException failure) {
            throw sourceFailed(failure, where);
        }
    }

    static StorageException sourceFailed(IOException failure, Where where) {
        return StorageException.noEffect(
                        ErrorKind.SOURCE_FAILED, where, "The source failed: %s".formatted(failure.getMessage()))
                .causedBy(failure);
    }

    private InputStream open() throws IOException {
        long asked = end == SourceStream.End.OF_SOURCE ? Long.MAX_VALUE : length;
        synchronized (this) {
            hashes.clear();
            renewHashers();
            InputStream inner = SourceStream.opened(() -> content.open(offset, asked));
            stream = new SourceStream(inner, length, end, hashers.values());
            return stream;
        }
    }

    private void renewHashers() {
        hashers.clear();
        hashers.put(checksum().type(), Hasher.of(checksum().type()));
        proof.beside().forEach(type -> hashers.computeIfAbsent(type, Hasher::of));
    }

    /// What was sent hashes to.
    synchronized Map<HashType, String> hashes() {
        if (hashes.isEmpty()) {
            if (hashers.isEmpty()) {
                renewHashers();
            }
            hashers.forEach((type, hasher) -> hashes.put(type, hasher.hex()));
        }
        return Map.copyOf(hashes);
    }

    /// The checksum that was asked for, of what was sent.
    String sum() {
        return hashes().getOrDefault(checksum().type(), "");
    }

    /// Whether what was sent, all of it, is not what was read before.
    synchronized boolean isOther() {
        return stream != null
                && stream.isAllGiven()
                && proof.known().filter(hex -> !hex.equals(sum())).isPresent();
    }

    /// The MD5 of the same bytes, which are read again for it.
    String md5Again() {
        Hasher md5 = Hasher.of(HashType.MD5);
        read(content, new ByteRange(offset, length), new Stretch(length, end), where, feeding(md5));
        return md5.hex();
    }

    Proof proof() {
        return proof;
    }

    /// What the server must have.
    Checksum checksum() {
        return proof.checksum();
    }

    /// The MD5 of a content that is read for nothing else.
    static String md5Of(Content content, long size, Where where) {
        Hasher md5 = Hasher.of(HashType.MD5);
        read(content, ByteRange.ALL, new Stretch(size, SourceStream.End.OF_SOURCE), where, feeding(md5));
        return md5.hex();
    }

    /// What the whole of a content hashes to that is read for nothing else.
    ///
    /// @param parts are fed with it
    static Map<HashType, String> sumsOf(Content content, long size, PartCrcs parts, Where where) {
        Hasher md5 = Hasher.of(HashType.MD5);
        Hasher crc32c = Hasher.of(HashType.CRC32C);
        read(content, ByteRange.ALL, new Stretch(size, SourceStream.End.OF_SOURCE), where, (bytes, count) -> {
            md5.update(bytes, 0, count);
            crc32c.update(bytes, 0, count);
            parts.update(bytes, count);
        });
        return Map.of(HashType.MD5, md5.hex(), HashType.CRC32C, crc32c.hex());
    }

    /// The hash of a part of a content that is read for nothing else.
    static String hashOf(Content content, ByteRange part, HashType type, Where where) {
        Hasher hasher = Hasher.of(type);
        read(content, part, new Stretch(part.length(), SourceStream.End.OF_PART), where, feeding(hasher));
        return hasher.hex();
    }

    /// How much there must be.
    private record Stretch(long length, SourceStream.End end) {}

    /// Takes bytes from the start of an array.
    private interface Taking {
        void take(byte[] bytes, int count);
    }

    private static Taking feeding(Hasher hasher) {
        return (bytes, count) -> hasher.update(bytes, 0, count);
    }

    private static void read(Content content, ByteRange range, Stretch stretch, Where where, Taking taking) {
        byte[] step = new byte[64 * 1024];
        try (InputStream inner = SourceStream.opened(() -> content.openToHash(range.offset(), range.length()));
                var stream = new SourceStream(inner, stretch.length(), stretch.end(), List.of())) {
            for (int read = stream.read(step, 0, step.length); read >= 0; read = stream.read(step, 0, step.length)) {
                taking.take(step, read);
                if (Thread.currentThread().isInterrupted()) {
                    throw new CancelledException("reading the source");
                }
            }
        } catch (IOException failure) {
            throw sourceFailed(failure, where);
        }
    }
}
