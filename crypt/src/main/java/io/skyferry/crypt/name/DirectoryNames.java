package io.skyferry.crypt.name;

/// What becomes of the names of directories, where those of files are encrypted or disguised.
public enum DirectoryNames {
    /// The same as of files.
    ENCRYPTED,
    /// They stay.
    PLAIN
}
