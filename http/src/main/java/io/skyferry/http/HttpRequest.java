package io.skyferry.http;

import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What is asked of a server.
///
/// The transport writes `Host`, `User-Agent` (unless given), `Content-Length` or `Transfer-Encoding`, `Connection`
/// and `Expect` itself; a request that names one of the others than `User-Agent` is refused.
///
/// @param method in capitals
/// @param target path and query as they are sent, percent-encoded already: `/bucket/a%20b?uploads`
/// @param headers those of the caller, `Authorization` included
public record HttpRequest(
        String method, Origin origin, String target, HeaderList headers, RequestBody body, Manner manner) {
    private static final int MAX_TARGET = 64 * 1024;

    /// How to send.
    public enum Manner {
        /// At once; sent again over a new connection if the one that was kept turns out to be closed.
        PLAIN,
        /// As [#PLAIN], but the body waits until the server says that it wants it.
        EXPECT_CONTINUE,
        /// At once; never sent a second time, because its sender must know that it may have been received twice.
        ONCE
    }

    public HttpRequest {
        checkMethod(method);
        checkTarget(target);
        checkFraming(headers);
    }

    /// A request without headers and body.
    public static HttpRequest of(String method, Origin origin, String target) {
        return new HttpRequest(method, origin, target, HeaderList.EMPTY, RequestBody.NONE, Manner.PLAIN);
    }

    /// A request without headers and body.
    public static HttpRequest of(String method, URI uri) {
        return of(method, Origin.of(uri), targetOf(uri));
    }

    /// Path and query of an address, as they are sent.
    public static String targetOf(URI uri) {
        String path = Objects.requireNonNullElse(uri.getRawPath(), "");
        String query = uri.getRawQuery();
        return (path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query);
    }

    /// The same request with these headers.
    public HttpRequest with(HeaderList others) {
        return new HttpRequest(method, origin, target, others, body, manner);
    }

    /// The same request with this header instead of all of its name.
    public HttpRequest with(String name, String value) {
        return with(headers.with(name, value));
    }

    /// The same request with this body.
    public HttpRequest with(RequestBody other) {
        return new HttpRequest(method, origin, target, headers, other, manner);
    }

    /// The same request, sent so.
    public HttpRequest with(Manner other) {
        return new HttpRequest(method, origin, target, headers, body, other);
    }

    /// The whole address, without user and password but with the query.
    public URI uri() {
        return URI.create(origin + target);
    }

    /// Whether it does no harm to send it twice: its method is idempotent and it has no condition that the first
    /// sending could have made untrue.
    public boolean mayBeResent() {
        return manner != Manner.ONCE
                && switch (method) {
                    case "GET", "HEAD", "OPTIONS", "PROPFIND" -> true;
                    case "PUT", "DELETE" -> !isConditional();
                    default -> false;
                };
    }

    private boolean isConditional() {
        return headers.get("If-Match") != null
                || headers.get("If-None-Match") != null
                || headers.get("If-Unmodified-Since") != null;
    }

    /// Method and address without the query, which may hold secrets.
    @Override
    public String toString() {
        int query = target.indexOf('?');
        return method + " " + origin + (query < 0 ? target : target.substring(0, query));
    }

    private static void checkMethod(String method) {
        for (int i = 0; i < method.length(); i++) {
            if (!Tokens.isToken(method.charAt(i))) {
                throw new IllegalArgumentException("Want a method but have '%s'".formatted(method));
            }
        }
        if (method.isEmpty() || method.equals("CONNECT") || method.equals("TRACE")) {
            throw new IllegalArgumentException("Want a method that a storage has but have '%s'".formatted(method));
        }
    }

    private static void checkTarget(String target) {
        if (target.isEmpty() || target.charAt(0) != '/' || target.length() > MAX_TARGET) {
            throw new IllegalArgumentException("Want a target that starts with '/' and is not over 64 KiB");
        }
        for (int i = 0; i < target.length(); i++) {
            char letter = target.charAt(i);
            if (letter <= ' ' || letter >= 0x7F || letter == '#') {
                throw new IllegalArgumentException(
                        "Want a percent-encoded target but character %s is not".formatted(i));
            }
        }
    }

    private static void checkFraming(HeaderList headers) {
        for (int i = 0; i < headers.count(); i++) {
            String name = headers.name(i);
            if (isOfTransport(name)) {
                throw new IllegalArgumentException("Want '%s' left to the transport".formatted(name));
            }
        }
    }

    private static boolean isOfTransport(@Nullable String name) {
        return "Host".equalsIgnoreCase(name)
                || "Content-Length".equalsIgnoreCase(name)
                || "Transfer-Encoding".equalsIgnoreCase(name)
                || "Connection".equalsIgnoreCase(name)
                || "Expect".equalsIgnoreCase(name)
                || "Upgrade".equalsIgnoreCase(name)
                || "Trailer".equalsIgnoreCase(name)
                || "TE".equalsIgnoreCase(name);
    }
}
