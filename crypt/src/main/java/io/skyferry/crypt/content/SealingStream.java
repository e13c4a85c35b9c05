package io.skyferry.crypt.content;

import io.skyferry.crypt.box.SecretBox;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.OptionalLong;

/// Gives the encryption of a plain stream, from the start of a block on. For one thread.
public final class SealingStream extends InputStream {
    private final SecretBox box;
    private final Nonce nonce;
    private final InputStream plain;
    private final BlockGuard guard;
    private final byte[] nonceBytes = new byte[Nonce.BYTES];
    private final byte[] content;
    private final boolean isMeasured;
    private byte[] sealed;
    private int at;
    private int end;
    private long block;
    private long expected;
    private boolean headerDue;

    /// @param nonce of the file's first block
    /// @param plain what to encrypt, from the block on
    /// @param block number of the first block; the header comes before block 0
    /// @param expected how many plain bytes must come; empty: as many as do
    public SealingStream(
            SecretBox box, Nonce nonce, InputStream plain, long block, OptionalLong expected, BlockGuard guard) {
        this.box = box;
        this.nonce = nonce;
        this.plain = plain;
        this.block = block;
        this.expected = expected.orElse(Long.MAX_VALUE);
        this.guard = guard;
        this.isMeasured = expected.isPresent();
        this.content = new byte[(int) Math.min(BoxFormat.BLOCK, Math.max(1, this.expected))];
        this.sealed = new byte[0];
        this.headerDue = block == 0;
    }

    @Override
    public int read() throws IOException {
        return ready() ? sealed[at++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        int done = 0;
        while (done < length && ready()) {
            int count = Math.min(length - done, end - at);
            System.arraycopy(sealed, at, bytes, offset + done, count);
            at += count;
            done += count;
        }
        return done == 0 && length > 0 ? -1 : done;
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
        return at < end || sealNext();
    }

    private boolean sealNext() throws IOException {
        if (headerDue) {
            return giveHeader();
        }
        if (expected == 0) {
            return false;
        }
        int want = (int) Math.min(BoxFormat.BLOCK, expected);
        int length = plain.readNBytes(content, 0, want);
        if (length < want && isMeasured) {
            throw new IOException("Want %s more bytes but the content ended after %s".formatted(expected, length));
        }
        expected = isMeasured ? expected - length : length < want ? 0 : expected;
        if (length == 0) {
            return false;
        }
        if (expected == 0) {
            expectEnd();
        }
        guard.beforeSealing(block, content, length);
        if (sealed.length < length + SecretBox.TAG) {
            sealed = new byte[length + SecretBox.TAG];
        }
        nonce.plus(block).writeTo(nonceBytes, 0);
        box.seal(nonceBytes, content, 0, length, sealed, 0);
        guard.beforeLeaving(block, sealed, 0);
        at = 0;
        end = length + SecretBox.TAG;
        block++;
        return true;
    }

    private boolean giveHeader() throws IOException {
        if (expected == 0) {
            expectEnd();
        }
        headerDue = false;
        sealed = BoxFormat.header(nonce);
        at = 0;
        end = sealed.length;
        return true;
    }

    /// A source that grew is not the one that was to be stored.
    private void expectEnd() throws IOException {
        if (isMeasured && plain.read() >= 0) {
            throw new IOException("Want no more bytes than were said but the content goes on");
        }
    }

    @Override
    public void close() throws IOException {
        plain.close();
    }
}
