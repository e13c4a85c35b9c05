package io.skyferry.storages.s3.credential;

import io.skyferry.storages.s3.sign.Access;

/// A source of keys. Safe for many threads.
public interface Credentials extends AutoCloseable {
    /// The key to sign with now.
    ///
    /// @throws MissingException if there is none
    Access access();

    /// A server refused the key because it has ended: looks for a newer one.
    ///
    /// @return whether there is one
    boolean renew();

    @Override
    void close();

    /// There is no key; says where one was looked for.
    final class MissingException extends RuntimeException {
        private static final long serialVersionUID = 1;

        /// @param message one sentence, no secret
        public MissingException(String message) {
            super(message);
        }

        /// With its cause.
        public MissingException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /// One key that stays.
    record Fixed(Access access) implements Credentials {
        @Override
        public boolean renew() {
            return false;
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
