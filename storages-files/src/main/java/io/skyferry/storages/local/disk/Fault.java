package io.skyferry.storages.local.disk;

/// What a disk can have against a call.
public enum Fault {
    /// Nothing is there.
    NOT_FOUND,
    /// Something is there already.
    EXISTS,
    /// Something else stands where a directory is wanted.
    NOT_A_DIRECTORY,
    /// A directory stands where something else is wanted.
    IS_A_DIRECTORY,
    /// A symbolic link stands in the way, and it is not followed.
    LINK_IN_THE_WAY,
    /// The directory holds something.
    NOT_EMPTY,
    /// The two places are not on one file system.
    OTHER_FILE_SYSTEM,
    /// This file system cannot do it.
    UNSUPPORTED,
    /// No space or quota is left.
    NO_SPACE,
    /// Not allowed.
    FORBIDDEN,
    /// The file system takes no writes.
    READ_ONLY,
    /// The file system cannot hold such a name.
    BAD_NAME,
    /// The file system cannot hold so large a file.
    TOO_LARGE,
    /// Somebody else is using it.
    BUSY,
    /// The process or the machine has too many files open.
    TOO_MANY_OPEN,
    /// The medium or the server behind it has trouble.
    TROUBLE,
    /// Something that no table knows.
    OTHER
}
