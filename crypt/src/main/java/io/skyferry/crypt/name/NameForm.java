package io.skyferry.crypt.name;

/// Whose names are encrypted.
public enum NameForm {
    /// Names as a command line gives and takes them: encrypted as they are.
    AS_GIVEN,
    /// Names of files: put into the form that rclone encrypts names in, and back.
    OF_FILES
}
