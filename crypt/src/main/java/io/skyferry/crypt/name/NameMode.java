package io.skyferry.crypt.name;

/// What becomes of names.
public enum NameMode {
    /// They are encrypted.
    STANDARD,
    /// They are disguised, which hides them from a glance and from nobody who looks twice.
    OBFUSCATE,
    /// They stay, files with a suffix.
    OFF
}
