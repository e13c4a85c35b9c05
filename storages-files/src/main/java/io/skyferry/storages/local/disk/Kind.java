package io.skyferry.storages.local.disk;

/// What stands under a name.
public enum Kind {
    /// A file with content.
    FILE,
    /// A directory.
    DIRECTORY,
    /// A symbolic link.
    LINK,
    /// A named pipe.
    PIPE,
    /// A socket.
    SOCKET,
    /// A block or character device, or what a system calls by another name.
    DEVICE,
    /// The directory did not say; a look will.
    UNKNOWN
}
