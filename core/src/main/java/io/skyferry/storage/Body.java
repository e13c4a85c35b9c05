package io.skyferry.storage;

import java.io.IOException;
import java.io.InputStream;

/// A file's bytes on their way.
///
/// The stream gives its last bytes only after the version was checked again; one that ends early throws. What it
/// throws is an [IOException] whose cause is the [StorageException].
///
/// @param file what is being read
public record Body(Entry.File file, InputStream stream) implements AutoCloseable {
    @Override
    public void close() {
        try {
            stream.close();
        } catch (IOException closing) {
            throw StorageException.inStream(closing);
        }
    }
}
