package io.skyferry.http;

import io.skyferry.storage.StorageException.Effect;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// Bytes of a reply that was read whole. Whoever reads many replies one after the other keeps it, so that each page of
/// a long listing is not garbage of its own several times its size. For one thread at a time.
public final class ReplyBuffer {
    private static final int FIRST = 8192;

    private byte[] bytes = new byte[FIRST];
    private int length;

    /// Where they are: the first [#length()] count, until the next reply is read.
    public byte[] bytes() {
        return bytes;
    }

    /// How many there are.
    public int length() {
        return length;
    }

    /// How many there is room for without asking for more memory.
    public int room() {
        return bytes.length;
    }

    void fill(InputStream from, int max) throws IOException {
        length = 0;
        while (true) {
            int count = from.read(bytes, length, bytes.length - length);
            if (count < 0) {
                return;
            }
            length += count;
            if (length > max) {
                throw new HttpException(
                        HttpException.Kind.MALFORMED,
                        Effect.UNKNOWN,
                        "Want a reply of at most %s bytes but it is longer".formatted(max));
            }
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, 2 * length);
            }
        }
    }
}
