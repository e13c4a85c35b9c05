package io.skyferry.crypt.content;

import io.skyferry.crypt.box.KernelChoice;
import io.skyferry.crypt.box.SecretBox;
import io.skyferry.hash.Hasher;
import io.skyferry.storage.HashType;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Tells plain blocks apart: XXH128 of a block that is hidden behind a secret stream first.
///
/// By itself XXH128 only tells apart what chance makes: whoever can choose blocks can choose two with one hash, and
/// have both encrypted under one nonce. Whoever does not know the stream, which comes from the key, cannot. A
/// cryptographic hash would do as well, but takes longer than the encryption.
///
/// Safe for many threads.
public final class BlockHash {
    private static final byte[] LABEL = "skyferry block hash 1\n".getBytes(StandardCharsets.US_ASCII);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final long[] stream = new long[BoxFormat.BLOCK / Long.BYTES];
    private final Queue<Desk> idle = new ConcurrentLinkedQueue<>();

    /// What one hash at a time is computed with.
    private static final class Desk {
        private final long[] hidden = new long[BoxFormat.BLOCK / Long.BYTES];
        private final Hasher hasher = Hasher.of(HashType.XXH128);
    }

    /// @param key of the contents
    public BlockHash(byte[] key, KernelChoice kernels) {
        byte[] sealed = new byte[SecretBox.TAG + BoxFormat.BLOCK];
        new SecretBox(derived(key), kernels)
                .seal(new byte[SecretBox.NONCE], new byte[BoxFormat.BLOCK], 0, BoxFormat.BLOCK, sealed, 0);
        for (int i = 0; i < stream.length; i++) {
            stream[i] = (long) LONGS.get(sealed, SecretBox.TAG + i * Long.BYTES);
        }
    }

    /// A key for this alone, so that its stream covers nothing else.
    private static byte[] derived(byte[] key) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(LABEL);
            return sha.digest(key);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }

    /// The hash of the first bytes of an array, 32 hexadecimal digits.
    ///
    /// @param length at most a block
    public String of(byte[] block, int length) {
        Desk desk = idle.poll();
        if (desk == null) {
            desk = new Desk();
        }
        long[] hidden = desk.hidden;
        int words = length / Long.BYTES;
        for (int i = 0; i < words; i++) {
            hidden[i] = (long) LONGS.get(block, i * Long.BYTES) ^ stream[i];
        }
        int rest = length - words * Long.BYTES;
        if (rest > 0) {
            byte[] last = new byte[Long.BYTES];
            System.arraycopy(block, words * Long.BYTES, last, 0, rest);
            hidden[words] = (long) LONGS.get(last, 0) ^ stream[words];
        }
        desk.hasher.update(MemorySegment.ofArray(hidden), 0, length);
        String hash = desk.hasher.hex();
        idle.add(desk);
        return hash;
    }
}
