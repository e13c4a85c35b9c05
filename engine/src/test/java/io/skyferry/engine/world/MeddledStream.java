package io.skyferry.engine.world;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// A body during which something may happen: before its first bytes and in its middle.
final class MeddledStream extends FilterInputStream {
    private final Runnable moment;
    private int reads;

    MeddledStream(InputStream in, Runnable moment) {
        super(in);
        this.moment = moment;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        if (reads < 2) {
            reads++;
            moment.run();
        }
        // A few bytes first, so that there is a middle.
        return super.read(to, offset, reads == 1 ? Math.min(length, 4) : length);
    }
}
