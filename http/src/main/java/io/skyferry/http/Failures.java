package io.skyferry.http;

import io.skyferry.http.HttpException.Kind;
import io.skyferry.storage.CancelledException;
import io.skyferry.storage.StorageException.Effect;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/// Puts what sockets throw into our terms.
final class Failures {
    private static final String ALERT = "fatal alert";

    private Failures() {}

    /// While connecting: nothing of the request was sent.
    static RuntimeException connecting(IOException failure, Route route, boolean isStruck, TransportSettings settings) {
        Origin origin = route.origin();
        if (Thread.currentThread().isInterrupted()) {
            return cancelled(origin, failure);
        }
        if (isStruck || failure instanceof SocketTimeoutException) {
            return new HttpException(
                    Kind.TIMEOUT,
                    Effect.NONE,
                    "Want a connection to %s within %s but had none".formatted(origin, settings.connectTimeout()),
                    failure);
        }
        return switch (failure) {
            case UnknownHostException unknown ->
                new HttpException(
                        Kind.UNREACHABLE, Effect.NONE, "Nobody knows the host '%s'".formatted(route.host()), unknown);
            case ConnectException refused -> unreachable(route, "refused", refused);
            case NoRouteToHostException away -> unreachable(route, "has no route", away);
            case SSLPeerUnverifiedException untrusted -> untrusted(origin, untrusted);
            case SSLHandshakeException untrusted -> untrusted(origin, untrusted);
            case SSLException wrong -> untrusted(origin, wrong);
            case MalformedReply wrong -> malformed(route.host(), Effect.NONE, wrong);
            default ->
                new HttpException(
                        Kind.BROKEN,
                        Effect.NONE,
                        "The connection to %s broke before it stood".formatted(origin),
                        failure);
        };
    }

    private static HttpException unreachable(Route route, String how, IOException cause) {
        return new HttpException(
                Kind.UNREACHABLE,
                Effect.NONE,
                "Want a connection to '%s' at port %s but it %s".formatted(route.host(), route.port(), how),
                cause);
    }

    private static HttpException untrusted(Origin origin, SSLException cause) {
        String why = "No TLS with " + origin;
        for (Throwable one = cause; one != null; one = one.getCause()) {
            if (one instanceof CertificateException) {
                why = "%s cannot prove that it is '%s': its certificate is not trusted, over, or another's"
                        .formatted(origin, origin.host());
            }
        }
        return new HttpException(Kind.UNTRUSTED, Effect.NONE, why, cause);
    }

    private static HttpException malformed(String who, Effect effect, MalformedReply wrong) {
        return new HttpException(
                Kind.MALFORMED, effect, "Want a reply of '%s' but have %s".formatted(who, wrong.getMessage()), wrong);
    }

    /// While asking.
    static RuntimeException asking(
            IOException failure, Origin origin, boolean isStruck, Effect effect, TransportSettings settings) {
        if (Thread.currentThread().isInterrupted()) {
            return cancelled(origin, failure);
        }
        if (isStruck) {
            return timeout(failure, origin, effect, settings);
        }
        if (failure instanceof SSLException
                && String.valueOf(failure.getMessage()).contains(ALERT)) {
            return new HttpException(
                    Kind.UNTRUSTED, effect, "%s refuses to speak with us over TLS".formatted(origin), failure);
        }
        return failure instanceof MalformedReply wrong
                ? malformed(origin.host(), effect, wrong)
                : new HttpException(
                        Kind.BROKEN,
                        effect,
                        "Want a reply of %s but the connection ended %s".formatted(origin, where(failure)),
                        failure);
    }

    private static HttpException timeout(
            IOException failure, Origin origin, Effect effect, TransportSettings settings) {
        return new HttpException(
                Kind.TIMEOUT,
                effect,
                "Want a byte from %s within %s but had none".formatted(origin, settings.stallTimeout()),
                failure);
    }

    private static String where(IOException failure) {
        return failure instanceof EOFException ? String.valueOf(failure.getMessage()) : "in between";
    }

    /// While a reply's body is read.
    ///
    /// @throws CancelledException if the thread was told to stop
    static HttpException inBody(IOException failure, Origin origin, boolean isStruck, TransportSettings settings) {
        RuntimeException told = asking(failure, origin, isStruck, Effect.UNKNOWN, settings);
        if (told instanceof HttpException ours) {
            return ours;
        }
        throw told;
    }

    static CancelledException cancelled(Origin origin, Throwable cause) {
        var stop = new CancelledException("asking " + origin);
        stop.initCause(cause);
        return stop;
    }
}
