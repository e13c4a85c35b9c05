package io.skyferry.storages.s3;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Supplier;

/// Bytes in the chunks of S3, with a checksum behind the last: so the server learns what it must have although the
/// bytes are read only once.
///
/// Source: "Signature calculations for the Authorization header: transferring payload in multiple chunks" and
/// "including trailing headers" of the Amazon S3 API Reference.
final class TrailedStream extends InputStream {
    /// Stands for a body in this form whose chunks are not signed.
    static final String UNSIGNED = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";

    /// Bytes of every chunk but the last.
    private static final int CHUNK = 128 * 1024;

    private static final String LINE_END = "\r\n";

    /// A checksum of 32 bits in Base64.
    private static final int CHECKSUM_CHARS = 8;

    private final InputStream inner;
    private final Supplier<String> checksum;
    private long left;
    private int chunkLeft;
    private byte[] frame;
    private int at;
    private boolean ended;

    /// @param length how many bytes the stream has
    /// @param checksum of them in Base64; asked for behind the last
    TrailedStream(InputStream inner, long length, Supplier<String> checksum) {
        this.inner = inner;
        this.checksum = checksum;
        this.left = length;
        this.frame = next("");
    }

    /// How long so many bytes are in this form.
    static long lengthOf(long length) {
        long whole = length / CHUNK;
        int rest = (int) (length % CHUNK);
        return whole * framed(CHUNK) + (rest == 0 ? 0 : framed(rest)) + end("").length() + CHECKSUM_CHARS;
    }

    private static long framed(int bytes) {
        return Integer.toHexString(bytes).length() + bytes + 2L * LINE_END.length();
    }

    private static String end(String checksum) {
        return "0" + LINE_END + Checksum.CRC32C.header() + ":" + checksum + LINE_END + LINE_END;
    }

    /// What stands between chunks.
    ///
    /// @param before the end of the one before
    private byte[] next(String before) {
        at = 0;
        String text;
        if (left > 0) {
            chunkLeft = (int) Math.min(CHUNK, left);
            left -= chunkLeft;
            text = before + Integer.toHexString(chunkLeft) + LINE_END;
        } else {
            ended = true;
            text = before + end(checksum.get());
        }
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int count) throws IOException {
        Objects.checkFromIndexSize(offset, count, into.length);
        if (count == 0) {
            return 0;
        }
        if (at < frame.length) {
            int step = Math.min(count, frame.length - at);
            System.arraycopy(frame, at, into, offset, step);
            at += step;
            return step;
        }
        if (ended) {
            return -1;
        }
        int read = inner.read(into, offset, Math.min(count, chunkLeft));
        if (read < 0) {
            throw new IOException("Want %s more bytes but the source has none".formatted(chunkLeft + left));
        }
        chunkLeft -= read;
        if (chunkLeft == 0) {
            frame = next(LINE_END);
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        inner.close();
    }
}
