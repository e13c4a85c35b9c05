package io.skyferry.naming;

import io.skyferry.storage.StorageException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.UnaryOperator;

/// A body whose failures are told in plain names.
final class NamedStream extends FilterInputStream {
    private final UnaryOperator<StorageException> plain;

    NamedStream(InputStream inner, UnaryOperator<StorageException> plain) {
        super(inner);
        this.plain = plain;
    }

    @Override
    public int read() throws IOException {
        try {
            return super.read();
        } catch (IOException broken) {
            throw told(broken);
        }
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        try {
            return super.read(to, offset, length);
        } catch (IOException broken) {
            throw told(broken);
        }
    }

    private IOException told(IOException broken) {
        return broken.getCause() instanceof StorageException failure
                ? plain.apply(failure).asIo()
                : broken;
    }
}
