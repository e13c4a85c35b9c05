package io.skyferry.crypt.content;

import io.skyferry.crypt.box.SecretBox;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;

/// Knows the tags of the blocks that left already: the same nonce and another plain text give another tag.
///
/// Holds 16 bytes a block for the first 4 GiB; what lies behind may leave once.
public final class SentTags implements BlockGuard {
    /// Blocks whose tags are kept.
    static final int KEPT = 1 << 16;

    private final BitSet known = new BitSet();
    private byte[] tags = new byte[0];
    private long never = KEPT;

    @Override
    public synchronized void beforeSealing(long block, byte[] plain, int length) throws UnrepeatableException {
        if (block >= KEPT && block < never) {
            throw new UnrepeatableException(KEPT);
        }
    }

    @Override
    public synchronized void beforeLeaving(long block, byte[] sealed, int at) throws IOException {
        if (block >= KEPT) {
            beforeSealing(block, sealed, 0);
            never = block + 1;
            return;
        }
        int number = Math.toIntExact(block);
        int start = number * SecretBox.TAG;
        if (known.get(number)) {
            if (!Arrays.equals(tags, start, start + SecretBox.TAG, sealed, at, at + SecretBox.TAG)) {
                throw new ChangedSourceException(block);
            }
        } else {
            if (tags.length < start + SecretBox.TAG) {
                tags = Arrays.copyOf(tags, Math.max(start + SecretBox.TAG, 2 * tags.length));
            }
            System.arraycopy(sealed, at, tags, start, SecretBox.TAG);
            known.set(number);
        }
    }
}
