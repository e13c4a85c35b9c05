package io.skyferry.testkit;

import io.skyferry.storage.ErrorKind;
import java.time.Duration;
import java.util.Optional;

/// One thing that goes wrong.
public sealed interface Fault {
    /// The call fails before it did anything.
    ///
    /// @param retryAfter how long it asks to wait
    record Fails(ErrorKind kind, Optional<Duration> retryAfter) implements Fault {
        /// Fails without a word on when to come back.
        public Fails(ErrorKind kind) {
            this(kind, Optional.empty());
        }
    }

    /// The call does its work, then its reply is lost.
    record LosesReply(ErrorKind kind) implements Fault {}

    /// A body that is read breaks off.
    ///
    /// @param afterBytes of this body
    record CutsBody(ErrorKind kind, long afterBytes) implements Fault {}

    /// The call takes longer.
    record Delays(Duration time) implements Fault {}

    /// The process dies before the call did anything.
    record CrashesBefore() implements Fault {}

    /// The process dies after the call did its work.
    record CrashesAfter() implements Fault {}

    /// The process dies when so many bytes of a content went in.
    record CrashesWithin(long afterBytes) implements Fault {}
}
