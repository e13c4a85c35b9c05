package io.skyferry.http;

import io.skyferry.storage.StorageException.Effect;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/// Follows redirects, without carrying credentials to another host.
///
/// It belongs behind filters that sign: what they put on a request stays on the way to the same origin only. Only
/// requests that do no harm twice are followed, with the method they had; never from TLS into the clear. Without
/// this filter, redirects are replies like any other.
public final class RedirectFilter implements HttpFilter {
    private static final int MOST = 5;

    private final Reach reach;

    /// How far redirects are followed.
    public enum Reach {
        /// To the same scheme, host and port.
        SAME_ORIGIN,
        /// To any host, without credentials.
        ANY_HOST
    }

    /// Follows so far.
    public RedirectFilter(Reach reach) {
        this.reach = reach;
    }

    @Override
    public HttpResponse around(HttpRequest request, Rest rest) {
        HttpRequest current = request;
        for (int hops = 0; hops <= MOST; hops++) {
            HttpResponse reply = rest.proceed(current);
            Optional<HttpRequest> next = next(current, reply);
            if (next.isEmpty()) {
                return reply;
            }
            reply.close();
            current = next.orElseThrow();
        }
        throw new HttpException(
                HttpException.Kind.MALFORMED,
                Effect.NONE,
                "Want an end of redirects from %s but have %s".formatted(request.origin(), MOST));
    }

    private Optional<HttpRequest> next(HttpRequest request, HttpResponse reply) {
        boolean isFollowed = switch (reply.status()) {
            case 301, 302, 307, 308 ->
                request.method().equals("GET") || request.method().equals("HEAD");
            default -> false;
        };
        return isFollowed
                ? reply.header("Location")
                        .flatMap(location -> target(request, location))
                        .flatMap(uri -> to(request, uri))
                : Optional.empty();
    }

    private static Optional<URI> target(HttpRequest request, String location) {
        try {
            URI uri = request.uri().resolve(location);
            return uri.getHost() == null || uri.getRawUserInfo() != null ? Optional.empty() : Optional.of(uri);
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    private Optional<HttpRequest> to(HttpRequest request, URI uri) {
        String scheme = uri.getScheme();
        if (!"http".equalsIgnoreCase(scheme) && !"https".equalsIgnoreCase(scheme)) {
            return Optional.empty();
        }
        Origin origin = Origin.of(uri);
        boolean isSame = origin.equals(request.origin());
        boolean isExposed = request.origin().scheme() == Origin.Scheme.HTTPS && origin.scheme() == Origin.Scheme.HTTP;
        if (isExposed || (!isSame && reach == Reach.SAME_ORIGIN)) {
            return Optional.empty();
        }
        return Optional.of(new HttpRequest(
                request.method(),
                origin,
                HttpRequest.targetOf(uri),
                isSame ? request.headers() : harmless(request.headers()),
                request.body(),
                request.manner()));
    }

    /// Those that say what is wanted, and nothing of who wants it.
    private static HeaderList harmless(HeaderList headers) {
        HeaderList.Builder kept = new HeaderList.Builder();
        headers.forEach((name, value) -> {
            switch (name.toLowerCase(Locale.ROOT)) {
                case "accept",
                        "accept-language",
                        "range",
                        "if-range",
                        "if-match",
                        "if-none-match",
                        "if-modified-since",
                        "if-unmodified-since",
                        "user-agent",
                        "cache-control" -> kept.add(name, value);
                default -> {}
            }
        });
        return kept.build();
    }
}
