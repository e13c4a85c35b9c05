package io.skyferry.control.task;

/// How what goes to the account is encrypted, as rclone does it. Password and salt are secrets of the task.
///
/// @param names whether names are encrypted too
/// @param directoryNames whether those of directories are, where names are
/// @param encoding how encrypted names are written: base32, base64 or base32768
/// @param suffix behind plain names
public record Encrypting(boolean enabled, boolean names, boolean directoryNames, String encoding, String suffix) {
    /// Not at all.
    public static final Encrypting NONE = new Encrypting(false, false, true, "base32", ".bin");
}
