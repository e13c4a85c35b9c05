package io.skyferry.memory;

/// What a memory file holds cannot be believed. Never leaves this package.
final class DamageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// What is wrong, to go into a sentence: "the checksum is wrong".
    DamageException(String what) {
        super(what);
    }

    DamageException(String what, Throwable cause) {
        super(what, cause);
    }
}
