package io.skyferry.storages.local;

import io.skyferry.storage.Entry;
import io.skyferry.storages.local.disk.DiskException;
import io.skyferry.storages.local.disk.DiskFile;
import io.skyferry.storages.local.disk.Fault;
import io.skyferry.storages.local.disk.Inode;
import io.skyferry.storages.local.disk.Kind;

/// A file of this machine that is read directly, with what was seen of it.
final class SourceFile implements AutoCloseable {
    private final DiskFile file;
    private final Inode state = new Inode();
    private final String version;

    private SourceFile(DiskFile file) throws DiskException {
        this.file = file;
        file.look(state);
        this.version = state.version();
    }

    /// Takes an open file over, and closes it if it cannot be looked at.
    static SourceFile of(DiskFile file) throws DiskException {
        try {
            return new SourceFile(file);
        } catch (DiskException refused) {
            file.close();
            throw refused;
        }
    }

    DiskFile file() {
        return file;
    }

    Inode state() {
        return state;
    }

    /// Whether this is a file, and the one that was seen.
    boolean is(Entry.File seen) {
        return state.kind() == Kind.FILE
                && (seen.version().isEmpty()
                        || seen.version().orElseThrow().text().equals(version));
    }

    /// Looks again.
    ///
    /// @throws DiskException if the file is no longer what it was when it was opened
    void expectUnchanged() throws DiskException {
        Inode now = new Inode();
        file.look(now);
        if (!now.isSameVersionAs(state)) {
            throw new DiskException(Fault.BUSY, "It changed while it was read");
        }
    }

    @Override
    public void close() {
        file.close();
    }
}
