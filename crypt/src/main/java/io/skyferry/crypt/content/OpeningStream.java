package io.skyferry.crypt.content;

import io.skyferry.crypt.box.SecretBox;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.OptionalLong;

/// Gives what is in sealed blocks, from the start of a block on. For one thread.
///
/// No byte is given away before its block proved to be the one that was sealed there.
public final class OpeningStream extends InputStream {
    private final SecretBox box;
    private final Nonce nonce;
    private final InputStream sealed;
    private final byte[] nonceBytes = new byte[Nonce.BYTES];
    private final byte[] input;
    private final byte[] content;
    private final boolean measured;
    private int at;
    private int end;
    private long block;
    private long expected;

    /// @param nonce of the file's first block
    /// @param sealed blocks, without the header
    /// @param block number of the first of them
    /// @param expected how many sealed bytes must come; empty: as many as do
    public OpeningStream(SecretBox box, Nonce nonce, InputStream sealed, long block, OptionalLong expected) {
        this.box = box;
        this.nonce = nonce;
        this.sealed = sealed;
        this.block = block;
        this.measured = expected.isPresent();
        this.expected = expected.orElse(Long.MAX_VALUE);
        this.input = new byte[(int) Math.min(BoxFormat.SEALED_BLOCK, Math.max(1, this.expected))];
        this.content = new byte[Math.max(0, input.length - SecretBox.TAG)];
    }

    @Override
    public int read() throws IOException {
        return ready() ? content[at++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length == 0) {
            return 0;
        }
        if (at == end && length >= BoxFormat.BLOCK) {
            // A whole block goes where it is wanted, without a copy.
            int opened = openNext(bytes, offset);
            return opened == 0 ? -1 : opened;
        }
        if (!ready()) {
            return -1;
        }
        // No further than the block: what is good is given before the next one may turn out to be damaged.
        int count = Math.min(length, end - at);
        System.arraycopy(content, at, bytes, offset, count);
        at += count;
        return count;
    }

    @Override
    public long skip(long count) throws IOException {
        long done = 0;
        while (done < count && ready()) {
            int step = (int) Math.min(count - done, end - at);
            at += step;
            done += step;
        }
        return done;
    }

    private boolean ready() throws IOException {
        if (at == end) {
            end = openNext(content, 0);
            at = 0;
        }
        return at < end;
    }

    /// Opens the next block.
    ///
    /// @return how many bytes it holds; 0: there is none
    private int openNext(byte[] plain, int plainAt) throws IOException {
        if (expected == 0) {
            return 0;
        }
        int want = (int) Math.min(BoxFormat.SEALED_BLOCK, expected);
        int length = sealed.readNBytes(input, 0, want);
        if (length < want && measured) {
            throw new DamagedException(
                    "Want %s more encrypted bytes but they end after %s".formatted(expected, length));
        }
        expected = measured ? expected - length : length < want ? 0 : expected;
        if (length == 0) {
            return 0;
        }
        if (length <= SecretBox.TAG) {
            throw new DamagedException("Want a whole block but block %s has only %s bytes".formatted(block, length));
        }
        nonce.plus(block).writeTo(nonceBytes, 0);
        if (!box.open(nonceBytes, input, 0, length - SecretBox.TAG, plain, plainAt)) {
            throw new DamagedException(
                    "Want what was encrypted under this key but block %s does not decrypt".formatted(block));
        }
        block++;
        return length - SecretBox.TAG;
    }

    @Override
    public void close() throws IOException {
        sealed.close();
    }
}
