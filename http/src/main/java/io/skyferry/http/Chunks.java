package io.skyferry.http;

import java.io.EOFException;
import java.io.IOException;

/// Reads the frame of a chunked body: sizes, line ends, trailers. Trailers are read and forgotten.
///
/// Source: RFC 9112, section 7.1.
final class Chunks {
    private static final int MAX_SIZE_DIGITS = 15;
    private static final int MAX_LINE = 4096;
    private static final int MAX_TRAILERS = 16 * 1024;

    private final Inlet inlet;
    private boolean isFirst = true;

    Chunks(Inlet inlet) {
        this.inlet = inlet;
    }

    /// The size of the next chunk; 0 behind the last, when all is read.
    long next() throws IOException {
        if (!isFirst) {
            expect('\r');
            expect('\n');
        }
        isFirst = false;
        long size = size();
        if (size == 0) {
            trailers();
        }
        return size;
    }

    private long size() throws IOException {
        long size = 0;
        int digits = 0;
        int letter = one();
        while (Character.digit(letter, 16) >= 0 && letter < 0x80) {
            size = size * 16 + Character.digit(letter, 16);
            digits++;
            if (digits > MAX_SIZE_DIGITS) {
                throw new MalformedReply("a chunk whose size is no size");
            }
            letter = one();
        }
        if (digits == 0) {
            throw new MalformedReply("a chunk without a size");
        }
        extension(letter);
        return size;
    }

    /// The rest of a size's line, which may say more that nobody needs.
    private void extension(int first) throws IOException {
        int letter = first;
        while (letter == ' ' || letter == '\t') {
            letter = one();
        }
        if (letter != '\r' && letter != ';') {
            throw new MalformedReply("a chunk whose size is no size");
        }
        for (int count = 0; letter != '\r'; count++) {
            if (count > MAX_LINE || letter == '\n' || (letter < ' ' && letter != '\t')) {
                throw new MalformedReply("a chunk whose first line is none");
            }
            letter = one();
        }
        expect('\n');
    }

    private void trailers() throws IOException {
        int total = 0;
        int letter = one();
        while (letter != '\r') {
            if (!Tokens.isToken(letter)) {
                throw new MalformedReply("a trailer without a name");
            }
            while (letter != '\r') {
                total++;
                if (total > MAX_TRAILERS || letter == '\n' || letter == 0) {
                    throw new MalformedReply("trailers that are none");
                }
                letter = one();
            }
            expect('\n');
            letter = one();
        }
        expect('\n');
    }

    private void expect(int wanted) throws IOException {
        if (one() != wanted) {
            throw new MalformedReply("a chunk that does not end where it said");
        }
    }

    private int one() throws IOException {
        int letter = inlet.read();
        if (letter < 0) {
            throw new EOFException("in the middle of a chunk");
        }
        return letter;
    }
}
