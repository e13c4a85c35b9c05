package io.skyferry.cli.console;

import java.io.IOException;

/// What is printed cannot be written any more: the reader went away or the disk is full.
public final class OutputClosedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// What systems say when nobody reads any more, as behind `| head`.
    private static final String READER_GONE = "Broken pipe";

    private final boolean readerIsGone;

    /// What the write said.
    public OutputClosedException(IOException cause) {
        super("The output cannot be written: " + cause.getMessage(), cause);
        this.readerIsGone = READER_GONE.equals(cause.getMessage());
    }

    /// Whether the reader went away, which it may: all else is trouble.
    public boolean readerIsGone() {
        return readerIsGone;
    }
}
