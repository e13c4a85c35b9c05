package io.skyferry.server.truenas;

import io.skyferry.control.json.JsonValue;

/// A call that failed, in TrueNAS's terms.
final class CallException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final Errno errno;
    private final transient JsonValue extra;

    /// Numbers of errors as clients know them: those of Linux, and two of TrueNAS's own.
    enum Errno {
        /// It is not there.
        ENOENT(2),
        /// The caller may not.
        EACCES(13),
        /// It failed.
        EFAULT(14),
        /// It goes on already.
        EBUSY(16),
        /// It is there already.
        EEXIST(17),
        /// What was given is wrong.
        EINVAL(22),
        /// It was stopped.
        ECANCELED(125),
        /// There is no such method.
        ENOMETHOD(201),
        /// Nobody has logged in yet.
        ENOTAUTHENTICATED(207);

        private final int number;

        Errno(int number) {
            this.number = number;
        }

        /// On the wire.
        int number() {
            return number;
        }
    }

    CallException(Errno errno, String message) {
        this(errno, message, new JsonValue.Null());
    }

    CallException(Errno errno, String message, JsonValue extra) {
        super(message);
        this.errno = errno;
        this.extra = extra;
    }

    Errno errno() {
        return errno;
    }

    JsonValue extra() {
        return extra;
    }
}
