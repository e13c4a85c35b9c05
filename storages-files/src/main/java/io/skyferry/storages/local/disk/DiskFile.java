package io.skyferry.storages.local.disk;

/// A file that is open.
public interface DiskFile extends AutoCloseable {
    /// Looks at the file itself, under whatever name it stands now.
    void look(Inode into) throws DiskException;

    /// Reads into the front of a buffer.
    ///
    /// @return how many bytes; 0 at the end
    int read(CopyBuffer into, int length, long at) throws DiskException;

    /// Writes a stretch of a buffer.
    void write(CopyBuffer from, int offset, int length, long at) throws DiskException;

    /// Sets the modification time.
    void setTime(long second, int nano) throws DiskException;

    /// Takes over the permissions of another file, and its owner where that is allowed; never a set-id bit.
    void adopt(Inode other) throws DiskException;

    /// Cuts or lengthens the file; what is new reads as zeros.
    void resize(long size) throws DiskException;

    /// Makes this file share the other's blocks.
    ///
    /// @return whether the file system could
    boolean cloneOf(DiskFile source);

    /// Where the next written stretch begins; the size where none does. The place itself where nobody knows.
    long nextData(long at, long size);

    /// Where the written stretch ends.
    long nextHole(long at, long size);

    /// Makes a stretch read as zeros without keeping room for it.
    ///
    /// @return whether the file system could
    boolean punch(long at, long length);

    /// Does now what this disk cannot do later for all files at once.
    void settle() throws DiskException;

    /// Puts the content on the medium.
    void sync() throws DiskException;

    @Override
    void close();
}
