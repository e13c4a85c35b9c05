package io.skyferry.cli.console;

import java.io.IOException;

/// What is printed cannot be written any more: the reader went away or the disk is full.
public final class OutputClosedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// What the write said.
    public OutputClosedException(IOException cause) {
        super("The output cannot be written: " + cause.getMessage(), cause);
    }
}
