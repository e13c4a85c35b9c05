package io.skyferry.storages.local.disk;

/// A way to reach the files of this machine.
public interface Disk {
    /// `linux` or `portable`.
    String name();

    /// Opens a directory by its absolute path; links on the way are followed, for the user named it so.
    Folder open(byte[] path) throws DiskException;

    /// Makes a directory and those above it; there already is success.
    void makeDirectories(byte[] path) throws DiskException;
}
