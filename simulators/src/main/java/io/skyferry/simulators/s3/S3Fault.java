package io.skyferry.simulators.s3;

import java.time.Duration;
import java.util.Optional;

/// One thing that goes wrong with a request.
public sealed interface S3Fault {
    /// It is refused before anything is done.
    record Refuses(int status, String code, Optional<Duration> retryAfter) implements S3Fault {}

    /// It is done, and then the answer is this.
    record FailsAfter(int status, String code) implements S3Fault {}

    /// The connection is reset before anything is done.
    record Resets() implements S3Fault {}

    /// It is done, and then the connection is reset.
    record LosesReply() implements S3Fault {}

    /// The reply is cut in its middle.
    record Cuts() implements S3Fault {}

    /// The reply's body arrives with one byte changed.
    record Corrupts() implements S3Fault {}

    /// What the request brought is stored with one byte changed.
    record Damages() implements S3Fault {}

    /// The same, and no checksum is told of it, as by an older node of the same server.
    record DamagesInSilence() implements S3Fault {}

    /// Asks to come back more slowly.
    static S3Fault slowDown() {
        return new Refuses(503, "SlowDown", Optional.empty());
    }

    /// Says that something went wrong although it was done.
    static S3Fault internalError() {
        return new FailsAfter(500, "InternalError");
    }
}
