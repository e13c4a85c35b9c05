package io.skyferry.cli.console;

import io.skyferry.storage.RelPath;
import java.io.IOException;
import java.io.OutputStream;

/// A place to print to, whatever the locale: text goes out as UTF-8, and names of files as the very bytes they have.
///
/// Safe for many threads; each call is written as one piece.
public final class Output implements LineSink, AutoCloseable {
    private static final int BUFFER_BYTES = 32 * 1024;

    private final OutputStream stream;
    private final Kind kind;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int filled;

    /// What stands behind an output.
    public enum Kind {
        /// Somebody reads along: lines go out at once, and what would disturb the terminal is escaped.
        TERMINAL,
        /// A file or another program: bytes go out as they are, when the buffer is full.
        PIPE
    }

    /// Prints to this stream.
    public Output(OutputStream stream, Kind kind) {
        this.stream = stream;
        this.kind = kind;
    }

    /// What stands behind it.
    public Kind kind() {
        return kind;
    }

    /// Prints a line.
    ///
    /// @throws OutputClosedException if nobody reads any more
    @Override
    public void line(String text) {
        text(text + "\n");
        if (kind == Kind.TERMINAL) {
            flush();
        }
    }

    /// Prints a name as this output can take it: escaped for a terminal, bytes for all others.
    public String name(String name) {
        return kind == Kind.TERMINAL ? Names.shown(name) : name;
    }

    /// Prints text that brings its own line ends.
    ///
    /// @throws OutputClosedException if nobody reads any more
    public void text(String text) {
        byte[] bytes = RelPath.bytesOf(text);
        bytes(bytes, bytes.length);
    }

    /// Writes bytes as they are.
    ///
    /// @throws OutputClosedException if nobody reads any more
    public synchronized void bytes(byte[] bytes, int length) {
        if (filled + length > BUFFER_BYTES) {
            flush();
        }
        if (length > BUFFER_BYTES) {
            try {
                stream.write(bytes, 0, length);
            } catch (IOException closed) {
                throw new OutputClosedException(closed);
            }
            return;
        }
        System.arraycopy(bytes, 0, buffer, filled, length);
        filled += length;
    }

    /// Sends what is waiting.
    ///
    /// @throws OutputClosedException if nobody reads any more
    public synchronized void flush() {
        try {
            int waiting = filled;
            filled = 0;
            stream.write(buffer, 0, waiting);
            stream.flush();
        } catch (IOException closed) {
            throw new OutputClosedException(closed);
        }
    }

    /// Sends what is waiting and closes the stream.
    @Override
    public void close() {
        flush();
        try {
            stream.close();
        } catch (IOException closed) {
            throw new OutputClosedException(closed);
        }
    }
}
