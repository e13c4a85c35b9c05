package io.skyferry.storages.local.disk;

/// A directory that is open. What is done through it is done to that directory, wherever it was moved since.
///
/// A name is one segment, a path one or more of them, both as bytes.
public interface Folder extends AutoCloseable {
    /// Takes a name that was read.
    @FunctionalInterface
    interface NameSink {
        /// One name, never `.` or `..`.
        ///
        /// @param bytes valid during the call only
        void take(byte[] bytes, int offset, int length, Kind kind) throws DiskException;
    }

    /// Looks at the directory itself.
    void look(Inode into) throws DiskException;

    /// Looks at what stands under a name; links before the last segment of a path are followed.
    ///
    /// @return whether anything is there
    boolean look(byte[] path, Links last, Inode into) throws DiskException;

    /// The same for a name that stands among other bytes.
    boolean look(byte[] bytes, int offset, int length, Links last, Inode into) throws DiskException;

    /// Looks at what stands under a path without following links on the way.
    ///
    /// @return whether anything is there; nothing is below a file or a link
    boolean lookBeneath(byte[] path, Inode into) throws DiskException;

    /// Opens a directory below; an empty path opens this one again.
    Folder enter(byte[] path, Links links) throws DiskException;

    /// Reads all names, in the disk's order.
    void read(NameSink sink) throws DiskException;

    /// Opens a file below for reading. What is opened may be no file: look at it.
    DiskFile open(byte[] path, Links links) throws DiskException;

    /// Makes a file that is not there yet, for writing and reading.
    ///
    /// @param permissions the usual bits, less what the process masks
    DiskFile create(byte[] name, int permissions) throws DiskException;

    /// Opens a file that is there, for writing and reading.
    DiskFile edit(byte[] name) throws DiskException;

    /// Gives a name in this folder another one, here or elsewhere.
    void rename(byte[] name, Folder to, byte[] other, Renaming how) throws DiskException;

    /// Removes a name that is no directory's.
    ///
    /// @return whether anything was there
    boolean remove(byte[] name) throws DiskException;

    /// Removes an empty directory.
    ///
    /// @return whether anything was there
    boolean removeDirectory(byte[] name) throws DiskException;

    /// Makes a directory.
    ///
    /// @return whether nothing was there before
    boolean makeDirectory(byte[] name) throws DiskException;

    /// Where a link leads.
    byte[] linkTarget(byte[] name) throws DiskException;

    /// Makes a link.
    void makeLink(byte[] target, byte[] name) throws DiskException;

    /// Sets the modification time of what stands under a name, of a link itself.
    void setTime(byte[] name, long second, int nano) throws DiskException;

    /// Puts the directory's own state on the medium.
    void sync() throws DiskException;

    /// Puts all of its file system on the medium.
    void syncAll() throws DiskException;

    /// Room on its file system.
    Space space() throws DiskException;

    /// What file system it lies on.
    FileSystem fileSystem() throws DiskException;

    /// Its absolute path without links.
    byte[] realPath() throws DiskException;

    /// The path by which its file system shows it first: a folder that is bound to a second place has one such path and
    /// several real ones. The real path where other file systems are mounted below either of the two.
    byte[] firstPath() throws DiskException;

    @Override
    void close();
}
