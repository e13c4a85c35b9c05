package io.skyferry.http;

import io.skyferry.storage.CancelledException;
import io.skyferry.storage.StorageException.Effect;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// HTTP/1.1 over blocking channels: little work for each request, made for object storages where the number of
/// requests decides.
///
/// It needs no threads of its own to speak; the caller's does everything, on a virtual thread or another. One thread
/// looks now and then for what has stalled.
public final class ChannelTransport implements HttpTransport {
    private final TransportSettings settings;
    private final StallWatch watch;
    private final Pool pool;
    private final Connector connector;
    private final byte[] userAgent;
    private final Map<Origin, Route> routes = new ConcurrentHashMap<>();
    private volatile @Nullable Route lastRoute;

    /// @param nanos a clock that only goes forward
    /// @throws IllegalArgumentException if a file that the settings name cannot be used
    public ChannelTransport(TransportSettings settings, LongSupplier nanos) {
        this(settings, nanos, host -> List.of(InetAddress.getAllByName(host)));
    }

    ChannelTransport(TransportSettings settings, LongSupplier nanos, Connector.Resolver resolver) {
        this.settings = settings;
        this.watch = new StallWatch(
                nanos,
                settings.stallTimeout().compareTo(settings.connectTimeout()) < 0
                        ? settings.stallTimeout()
                        : settings.connectTimeout());
        this.pool = new Pool(settings, watch);
        this.connector = new Connector(settings, watch, resolver, tls(settings.tls()));
        this.userAgent = settings.userAgent().getBytes(StandardCharsets.ISO_8859_1);
    }

    /// What users set is looked at now, so that they are told now; the JDK's own is slow to load and can wait.
    private static Supplier<SSLContext> tls(TlsSettings settings) {
        if (settings.saysNothing()) {
            return () -> TlsContexts.of(settings);
        }
        SSLContext made = TlsContexts.of(settings);
        return () -> made;
    }

    @Override
    public HttpResponse exchange(HttpRequest request) {
        Route route = route(request.origin());
        Pool.Wish wish = request.mayBeResent() ? Pool.Wish.ANY : Pool.Wish.SURE;
        HttpResponse reply = attempt(request, route, wish);
        if (reply == null) {
            pool.forget(route.origin());
            reply = attempt(request, route, Pool.Wish.NEW);
        }
        if (reply == null) {
            throw new HttpException(
                    HttpException.Kind.BROKEN,
                    Effect.UNKNOWN,
                    "A new connection to %s ended before a reply".formatted(route.origin()));
        }
        return reply;
    }

    private Route route(Origin origin) {
        Route last = lastRoute;
        if (last != null && last.origin().equals(origin)) {
            return last;
        }
        Route route = routes.computeIfAbsent(origin, one -> new Route(one, settings));
        lastRoute = route;
        return route;
    }

    /// @return null if a kept connection turned out to be closed and the request may be sent over a new one
    private @Nullable HttpResponse attempt(HttpRequest request, Route route, Pool.Wish wish) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancelledException("asking " + route.origin());
        }
        byte[] in = leaseSmall(settings);
        byte[] out;
        Connection connection;
        try {
            out = leaseSmall(settings);
        } catch (RuntimeException none) {
            settings.budget().giveBack(in);
            throw none;
        }
        try {
            connection = connection(route, wish);
        } catch (RuntimeException none) {
            settings.budget().giveBack(in);
            settings.budget().giveBack(out);
            throw none;
        }
        var exchange = new Exchange(pool, route, connection, request, settings, in);
        try {
            return exchange.run(out, userAgent);
        } catch (IOException broken) {
            boolean isStruck = connection.isStruck();
            boolean again = exchange.mayBeSentAgain()
                    && !(broken instanceof MalformedReply)
                    && !Thread.currentThread().isInterrupted();
            exchange.abort();
            if (again) {
                return null;
            }
            throw Failures.asking(broken, route.origin(), isStruck, exchange.effect(), settings);
        } catch (RuntimeException | Error failure) {
            exchange.abort();
            throw failure;
        } finally {
            settings.budget().giveBack(out);
        }
    }

    private Connection connection(Route route, Pool.Wish wish) {
        Connection kept;
        try {
            kept = pool.take(route.origin(), wish);
        } catch (InterruptedException told) {
            Thread.currentThread().interrupt();
            throw Failures.cancelled(route.origin(), told);
        }
        if (kept != null) {
            return kept;
        }
        boolean isOpen = false;
        try {
            Connection connection = connector.connect(route);
            pool.opened(connection);
            isOpen = true;
            return connection;
        } finally {
            if (!isOpen) {
                pool.notOpened();
            }
        }
    }

    /// @throws HttpException if the budget has none for too long
    static byte[] leaseSmall(TransportSettings settings) {
        byte[] slab = settings.budget().leaseSmall(settings.connectTimeout().toNanos());
        if (slab == null) {
            throw new HttpException(
                    HttpException.Kind.TIMEOUT,
                    Effect.NONE,
                    "Want a buffer but all %s bytes of the budget were in use for %s"
                            .formatted(settings.budget().bytes(), settings.connectTimeout()));
        }
        return slab;
    }

    /// How many connections are open or being opened.
    public int connections() {
        return pool.places();
    }

    @Override
    public void close() {
        pool.close();
        watch.close();
    }
}
