package io.skyferry.crypt.synology;

import io.skyferry.crypt.content.DamagedException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/// Reads an LZ4 frame block by block; blocks may refer to those before. For one thread.
///
/// Holds one block and 64 KiB of what came before it, whatever the frame claims.
///
/// Source: "LZ4 Frame Format Description" 1.6.1 and "LZ4 Block Format Description".
final class Lz4Frame {
    private static final int MAGIC = 0x184D2204;
    private static final int WINDOW = 64 << 10;
    private static final int SHORTEST_MATCH = 4;

    private final InputStream in;
    private final byte[] output;
    private final byte[] input;
    private final boolean hasBlockSums;
    private final boolean hasContentSum;
    private final Xxh32 content = new Xxh32();
    private int end;

    /// Reads the frame's header.
    Lz4Frame(InputStream in) throws IOException {
        this.in = in;
        if (number() != MAGIC) {
            throw new DamagedException("Want an LZ4 frame but its first bytes are others");
        }
        byte[] head = new byte[10];
        take(head, 0, 2);
        int flags = head[0];
        int length = 2;
        if ((flags & 0xC0) != 0x40 || (flags & 0x03) != 0) {
            throw new DamagedException("Want an LZ4 frame of version 1 but its flags are %s".formatted(flags));
        }
        if ((flags & 0x08) != 0) {
            take(head, 2, 8);
            length = 10;
        }
        int size = (head[1] >> 4) & 7;
        int sum = in.read();
        if (size < 4 || sum != ((Xxh32.of(head, 0, length) >>> 8) & 0xFF)) {
            throw new DamagedException("Want the header of an LZ4 frame but it is damaged");
        }
        hasBlockSums = (flags & 0x10) != 0;
        hasContentSum = (flags & 0x04) != 0;
        int block = 1 << (8 + 2 * size);
        input = new byte[block];
        output = new byte[WINDOW + block];
    }

    /// The next block's content; empty at the end of the frame, whose checksum fits.
    Optional<byte[]> next() throws IOException {
        int mark = number();
        if (mark == 0) {
            if (hasContentSum && number() != content.value()) {
                throw new DamagedException("Want the content that an LZ4 frame was made of but its checksum differs");
            }
            return Optional.empty();
        }
        int length = mark & Integer.MAX_VALUE;
        if (length > input.length) {
            throw new DamagedException(
                    "Want an LZ4 block of at most %s bytes but have %s".formatted(input.length, length));
        }
        take(input, 0, length);
        if (hasBlockSums && number() != Xxh32.of(input, 0, length)) {
            throw new DamagedException("Want an LZ4 block as it was made but its checksum differs");
        }
        slide();
        int start = end;
        if (mark < 0) {
            System.arraycopy(input, 0, output, end, length);
            end += length;
        } else {
            expand(length);
        }
        content.update(output, start, end - start);
        return Optional.of(Arrays.copyOfRange(output, start, end));
    }

    private void slide() {
        if (end > WINDOW) {
            System.arraycopy(output, end - WINDOW, output, 0, WINDOW);
            end = WINDOW;
        }
    }

    private void expand(int length) throws DamagedException {
        int at = 0;
        int most = end + input.length;
        while (at < length) {
            int token = input[at++] & 0xFF;
            int literals = token >>> 4;
            if (literals == 15) {
                int more;
                do {
                    more = byteAt(at++, length);
                    literals += more;
                } while (more == 255);
            }
            if (literals > length - at || literals > most - end) {
                throw damaged();
            }
            System.arraycopy(input, at, output, end, literals);
            at += literals;
            end += literals;
            if (at == length) {
                return;
            }
            int distance = byteAt(at, length) | (byteAt(at + 1, length) << 8);
            at += 2;
            int match = token & 15;
            if (match == 15) {
                int more;
                do {
                    more = byteAt(at++, length);
                    match += more;
                } while (more == 255);
            }
            match += SHORTEST_MATCH;
            if (distance == 0 || distance > end || match > most - end) {
                throw damaged();
            }
            for (int i = 0; i < match; i++) {
                output[end] = output[end - distance];
                end++;
            }
        }
    }

    private int byteAt(int at, int length) throws DamagedException {
        if (at >= length) {
            throw damaged();
        }
        return input[at] & 0xFF;
    }

    private static DamagedException damaged() {
        return new DamagedException("Want an LZ4 block but it does not expand");
    }

    private int number() throws IOException {
        byte[] four = new byte[4];
        take(four, 0, 4);
        return (four[0] & 0xFF) | ((four[1] & 0xFF) << 8) | ((four[2] & 0xFF) << 16) | (four[3] << 24);
    }

    private void take(byte[] bytes, int from, int length) throws IOException {
        if (in.readNBytes(bytes, from, length) < length) {
            throw new DamagedException("Want a whole LZ4 frame but it ends early");
        }
    }
}
