package io.skyferry.storages.local.disk;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// What a disk answered when it did not do what it was asked.
public final class DiskException extends IOException {
    private static final long serialVersionUID = 1;

    private final Fault fault;

    /// A fault with the system's own words.
    public DiskException(Fault fault, String message) {
        this(fault, message, null);
    }

    /// A fault that a failure of the JDK's file access tells of.
    public DiskException(Fault fault, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.fault = fault;
    }

    /// What kind it was.
    public Fault fault() {
        return fault;
    }

    /// The system's own words.
    public String words() {
        return String.valueOf(getMessage());
    }
}
