package io.skyferry.storages.s3.credential;

import io.skyferry.storages.s3.sign.Access;

/// A source of keys. Safe for many threads.
public interface Credentials extends AutoCloseable {
    /// The key to sign with now.
    ///
    /// @throws MissingException if there is none
    Access access();

    /// A server refused this key because it has ended: looks for a newer one, unless that was done for another request.
    ///
    /// @return whether there is one
    boolean renewed(Access refused);

    @Override
    void close();

    /// There is no key; says where one was looked for.
    final class MissingException extends RuntimeException {
        private static final long serialVersionUID = 1;
        private static final String NOWHERE = "Want a key but there is none: give --s3-access-key-id and"
                + " --s3-secret-access-key, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, or use"
                + " a saved credential that has one. For a bucket that is open to everybody give --s3-option anonymous=on";

        /// @param message one sentence, no secret
        public MissingException(String message) {
            super(message);
        }

        /// Nobody has one: says what to do about it.
        static MissingException anywhere() {
            return new MissingException(NOWHERE);
        }

        /// The same, with why the last place that was looked at has none.
        static MissingException anywhere(Throwable cause) {
            return new MissingException(NOWHERE, cause);
        }

        /// With its cause.
        public MissingException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /// One key that stays.
    record Fixed(Access access) implements Credentials {
        @Override
        public boolean renewed(Access refused) {
            return false;
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
