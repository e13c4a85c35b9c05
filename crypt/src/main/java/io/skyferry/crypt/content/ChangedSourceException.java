package io.skyferry.crypt.content;

import java.io.IOException;

/// The source gave other bytes than before for the same place of the same upload.
public final class ChangedSourceException extends IOException {
    private static final long serialVersionUID = 1;

    /// Says which block differs.
    public ChangedSourceException(long block) {
        super("Want the same bytes as before but the source changed in its block %s".formatted(block));
    }
}
