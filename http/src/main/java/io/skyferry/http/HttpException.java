package io.skyferry.http;

import io.skyferry.storage.StorageException.Effect;
import java.io.IOException;

/// Why there is no reply, or no whole one.
public final class HttpException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Kind kind;
    private final Effect effect;

    /// What happened.
    public enum Kind {
        /// Nobody there: the name is unknown, the connection refused or the network away.
        UNREACHABLE,
        /// The proxy refused, wants another login, or could not reach the server.
        PROXY_REFUSED,
        /// The server could not prove who it is, or refused our certificate.
        UNTRUSTED,
        /// Nothing moved for too long.
        TIMEOUT,
        /// The connection broke before the reply was whole.
        BROKEN,
        /// The server spoke something that is no HTTP, or HTTP that can be read in two ways.
        MALFORMED,
        /// The request's own bytes could not be read; the cause says why.
        SOURCE_FAILED
    }

    /// A failure.
    ///
    /// @param message one sentence: what was wanted, what was found; never a secret
    public HttpException(Kind kind, Effect effect, String message) {
        super(message);
        this.kind = kind;
        this.effect = effect;
    }

    /// A failure with its cause.
    public HttpException(Kind kind, Effect effect, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.effect = effect;
    }

    /// What happened.
    public Kind kind() {
        return kind;
    }

    /// Whether the server may have acted on the request: `NONE` only where it cannot have had it.
    public Effect effect() {
        return effect;
    }

    /// This failure for a stream's reader.
    public IOException asIo() {
        return new IOException(getMessage(), this);
    }

    /// What a reply's stream threw, as the transport's own failure if it carries one.
    public static HttpException inStream(IOException failure) {
        return failure.getCause() instanceof HttpException ours
                ? ours
                : new HttpException(Kind.BROKEN, Effect.UNKNOWN, String.valueOf(failure.getMessage()), failure);
    }
}
