package io.skyferry.layers;

import java.io.IOException;
import java.io.InputStream;

/// A stream over another one; who extends it says what happens to the reading of many bytes.
abstract class PassingStream extends InputStream {
    private InputStream inner;

    PassingStream(InputStream inner) {
        this.inner = inner;
    }

    final InputStream inner() {
        return inner;
    }

    final void goOnWith(InputStream other) {
        inner = other;
    }

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        return inner.read(to, offset, length);
    }

    @Override
    public final int available() throws IOException {
        return inner.available();
    }

    @Override
    public void close() throws IOException {
        inner.close();
    }
}
