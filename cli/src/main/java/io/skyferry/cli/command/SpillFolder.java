package io.skyferry.cli.command;

import io.skyferry.control.run.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/// A folder for what does not fit into memory, which goes when the run ends.
///
/// @param path may not be there: it is made by who needs it
record SpillFolder(Path path) implements AutoCloseable {
    @Override
    public void close() {
        try {
            Folders.remove(path);
        } catch (IOException failure) {
            throw new UncheckedIOException("Could not remove '%s'".formatted(path), failure);
        }
    }
}
