package io.skyferry.control.run;

import io.skyferry.engine.work.CancelFlag;
import io.skyferry.storage.Body;
import io.skyferry.storage.ByteRange;
import io.skyferry.storage.Entry;
import io.skyferry.storage.HashType;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/// Looks at what files hold.
public final class Contents {
    private static final int BUFFER_BYTES = 256 * 1024;

    private final CancelFlag cancel;

    /// Stops looking when the flag says so.
    public Contents(CancelFlag cancel) {
        this.cancel = cancel;
    }

    /// Takes bytes as they come.
    @FunctionalInterface
    public interface Sink {
        /// Takes the first bytes of a buffer.
        void accept(byte[] buffer, int length);
    }

    /// Gives a stretch of a file to a sink.
    public void read(Storage storage, Entry.File file, ByteRange range, Sink sink) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try (Body body = storage.read(file, range)) {
            InputStream stream = body.stream();
            for (int length = stream.read(buffer); length >= 0; length = stream.read(buffer)) {
                cancel.check("reading " + file.path());
                sink.accept(buffer, length);
            }
        } catch (IOException failure) {
            throw StorageException.inStream(failure);
        }
    }

    /// Whether two files hold the same bytes; reads both, up to the first difference.
    public boolean areEqual(Storage left, Entry.File leftFile, Storage right, Entry.File rightFile) {
        byte[] leftBuffer = new byte[BUFFER_BYTES];
        byte[] rightBuffer = new byte[BUFFER_BYTES];
        try (Body leftBody = left.read(leftFile, ByteRange.ALL);
                Body rightBody = right.read(rightFile, ByteRange.ALL)) {
            while (true) {
                cancel.check("comparing " + leftFile.path());
                int length = leftBody.stream().readNBytes(leftBuffer, 0, BUFFER_BYTES);
                int other = rightBody.stream().readNBytes(rightBuffer, 0, BUFFER_BYTES);
                if (length != other || !Arrays.equals(leftBuffer, 0, length, rightBuffer, 0, length)) {
                    return false;
                }
                if (length < BUFFER_BYTES) {
                    return true;
                }
            }
        } catch (IOException failure) {
            throw StorageException.inStream(failure);
        }
    }

    /// The hashes of a file: those that its listing gave, the others by reading it.
    ///
    /// @throws IllegalArgumentException if one of them cannot be computed here
    public Map<HashType, String> hashes(Storage storage, Entry.File file, Set<HashType> wanted) {
        Map<HashType, String> hashes = new EnumMap<>(HashType.class);
        Map<HashType, Hashing> open = new EnumMap<>(HashType.class);
        for (HashType type : wanted) {
            String kept = file.hashes().get(type);
            if (kept != null) {
                hashes.put(type, kept);
            } else {
                open.put(type, Hashing.of(type));
            }
        }
        if (!open.isEmpty()) {
            read(storage, file, ByteRange.ALL, (buffer, length) -> open.values().forEach(one -> one.add(buffer, length)));
            open.forEach((type, hashing) -> hashes.put(type, hashing.text()));
        }
        return hashes;
    }

    /// A hash that is being computed.
    private interface Hashing {
        void add(byte[] buffer, int length);

        String text();

        static Hashing of(HashType type) {
            return switch (type) {
                case MD5 -> digest("MD5");
                case SHA1 -> digest("SHA-1");
                case SHA256 -> digest("SHA-256");
                case CRC32C -> checksum(new CRC32C());
                case XXH128 -> throw new IllegalArgumentException("Want MD5, SHA1, SHA256 or CRC32C but have XXH128");
            };
        }

        private static Hashing digest(String algorithm) {
            MessageDigest digest;
            try {
                digest = MessageDigest.getInstance(algorithm);
            } catch (NoSuchAlgorithmException missing) {
                throw new IllegalStateException("This Java lacks " + algorithm, missing);
            }
            return new Hashing() {
                @Override
                public void add(byte[] buffer, int length) {
                    digest.update(buffer, 0, length);
                }

                @Override
                public String text() {
                    return HexFormat.of().formatHex(digest.digest());
                }
            };
        }

        private static Hashing checksum(Checksum checksum) {
            return new Hashing() {
                @Override
                public void add(byte[] buffer, int length) {
                    checksum.update(buffer, 0, length);
                }

                @Override
                public String text() {
                    return HexFormat.of().toHexDigits((int) checksum.getValue());
                }
            };
        }
    }
}
