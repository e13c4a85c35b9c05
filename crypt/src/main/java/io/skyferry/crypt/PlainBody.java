package io.skyferry.crypt;

import io.skyferry.crypt.content.DamagedException;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.StorageException.Where;
import java.io.IOException;
import java.io.InputStream;

/// A file's plain bytes; its failures are told in plain names.
final class PlainBody extends InputStream {
    private final InputStream plain;
    private final Where where;

    PlainBody(InputStream plain, Where where) {
        this.plain = plain;
        this.where = where;
    }

    @Override
    public int read() throws IOException {
        try {
            return plain.read();
        } catch (IOException failure) {
            throw told(failure, where).asIo();
        }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            return plain.read(bytes, offset, length);
        } catch (IOException failure) {
            throw told(failure, where).asIo();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            plain.close();
        } catch (IOException failure) {
            throw told(failure, where).asIo();
        }
    }

    /// What a stream of the storage below threw, in our terms.
    static StorageException told(IOException failure, Where where) {
        return failure instanceof DamagedException
                ? StorageException.noEffect(ErrorKind.CORRUPT, where, String.valueOf(failure.getMessage()))
                        .causedBy(failure)
                : StorageException.inStream(failure).at(where);
    }
}
