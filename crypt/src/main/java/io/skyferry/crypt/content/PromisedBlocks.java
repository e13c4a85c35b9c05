package io.skyferry.crypt.content;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// The hashes of a stretch of plain blocks: nothing else is encrypted in their place.
///
/// @param hash tells blocks apart
/// @param first number of the first block
/// @param hashes of each block
public record PromisedBlocks(BlockHash hash, long first, List<String> hashes) implements BlockGuard {
    /// Makes the list unchangeable.
    public PromisedBlocks {
        hashes = List.copyOf(hashes);
    }

    /// Hashes the blocks of a stream.
    ///
    /// @param first number of the stream's first block
    public static PromisedBlocks of(InputStream plain, long first, BlockHash hash) throws IOException {
        var hashes = new ArrayList<String>();
        byte[] block = new byte[BoxFormat.BLOCK];
        for (int length = plain.readNBytes(block, 0, block.length);
                length > 0;
                length = plain.readNBytes(block, 0, block.length)) {
            hashes.add(hash.of(block, length));
        }
        return new PromisedBlocks(hash, first, hashes);
    }

    /// One hash over all of them, short enough to be stored for every part.
    public String digest() {
        MessageDigest sha = sha256();
        for (String hash : hashes) {
            sha.update(HexFormat.of().parseHex(hash));
        }
        return HexFormat.of().formatHex(sha.digest());
    }

    @Override
    public void beforeSealing(long block, byte[] plain, int length) throws ChangedSourceException {
        long index = block - first;
        if (index < 0 || index >= hashes.size() || !hashes.get((int) index).equals(hash.of(plain, length))) {
            throw new ChangedSourceException(block);
        }
    }

    @Override
    public void beforeLeaving(long block, byte[] sealed, int at) {
        // What was sealed is what was promised.
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }
}
