package io.skyferry.http;

import io.skyferry.storage.CancelledException;
import io.skyferry.storage.StorageException.Effect;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLException;

/// The JDK's client behind our interface: HTTP/2 where the server has it, and the reference for our own.
public final class JdkTransport implements HttpTransport {
    private static final int PROXY_WANTS_LOGIN = 407;

    private final TransportSettings settings;
    private final LongSupplier nanos;
    private final StallWatch watch;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client;

    /// @param nanos a clock that only goes forward
    /// @throws IllegalArgumentException if a file that the settings name cannot be used
    public JdkTransport(TransportSettings settings, LongSupplier nanos) {
        this.settings = settings;
        this.nanos = nanos;
        this.watch = new StallWatch(nanos, settings.stallTimeout());
        HttpClient.Builder builder = HttpClient.newBuilder()
                .connectTimeout(settings.connectTimeout())
                .followRedirects(Redirect.NEVER)
                .executor(threads)
                .sslContext(TlsContexts.of(settings.tls()))
                .proxy(HttpClient.Builder.NO_PROXY);
        settings.proxy()
                .ifPresent(proxy -> builder.proxy(ProxySelector.of(new InetSocketAddress(proxy.host(), proxy.port()))));
        this.client = builder.build();
    }

    @Override
    public HttpResponse exchange(HttpRequest request) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancelledException("asking " + request.origin());
        }
        var source = new PublishedSource(request.body(), nanos);
        var body = new HeldBody();
        CompletableFuture<java.net.http.HttpResponse<InputStream>> reply =
                client.sendAsync(translated(request, source), body);
        java.net.http.HttpResponse<InputStream> head;
        try {
            head = await(request, reply, source);
        } catch (HttpException | CancelledException failure) {
            body.abandon();
            throw failure;
        }
        if (head.statusCode() == PROXY_WANTS_LOGIN && settings.proxy().isPresent()) {
            throw new HttpException(
                    HttpException.Kind.PROXY_REFUSED, Effect.NONE, "The proxy wants another login (407)");
        }
        return new HttpResponse(
                head.statusCode(), headers(request, head, body), new WatchedReply(head.body(), request));
    }

    private static HeaderList headers(
            HttpRequest request, java.net.http.HttpResponse<InputStream> head, HeldBody body) {
        HeaderList.Builder headers = new HeaderList.Builder();
        try {
            head.headers().map().forEach((name, values) -> {
                if (!name.startsWith(":")) {
                    values.forEach(value -> headers.add(name, value));
                }
            });
            return headers.build();
        } catch (IllegalArgumentException odd) {
            body.abandon();
            throw new HttpException(
                    HttpException.Kind.MALFORMED,
                    Effect.UNKNOWN,
                    "%s did not answer in HTTP".formatted(request.origin()),
                    odd);
        }
    }

    private java.net.http.HttpRequest translated(HttpRequest request, PublishedSource source) {
        java.net.http.HttpRequest.Builder builder = java.net.http.HttpRequest.newBuilder(
                        URI.create(request.origin() + request.target()))
                .version(
                        switch (request.origin().scheme()) {
                            case HTTP -> HttpClient.Version.HTTP_1_1;
                            case HTTPS -> HttpClient.Version.HTTP_2;
                        })
                .expectContinue(request.manner() == HttpRequest.Manner.EXPECT_CONTINUE);
        if (request.body().length().orElse(1) == 0) {
            withoutBody(request.method(), builder);
        } else {
            builder.method(request.method(), publisher(request, source));
        }
        if (request.headers().get("User-Agent") == null) {
            builder.header("User-Agent", settings.userAgent());
        }
        if (request.origin().scheme() == Origin.Scheme.HTTP) {
            settings.proxy()
                    .flatMap(ProxySettings::login)
                    .ifPresent(login -> builder.header("Proxy-Authorization", login.basic()));
        }
        request.headers().forEach(builder::header);
        return builder.build();
    }

    /// Methods that want a body say that it is empty, others say nothing of one.
    private static void withoutBody(String method, java.net.http.HttpRequest.Builder builder) {
        switch (method) {
            case "GET" -> builder.GET();
            case "HEAD" -> builder.HEAD();
            case "DELETE" -> builder.DELETE();
            default -> builder.method(method, BodyPublishers.noBody());
        }
    }

    private static BodyPublisher publisher(HttpRequest request, PublishedSource source) {
        if (request.body().length().isEmpty()) {
            return BodyPublishers.ofByteArrays(source);
        }
        long length = request.body().length().orElseThrow();
        return BodyPublishers.fromPublisher(BodyPublishers.ofByteArrays(source), length);
    }

    private java.net.http.HttpResponse<InputStream> await(
            HttpRequest request,
            CompletableFuture<java.net.http.HttpResponse<InputStream>> reply,
            PublishedSource source) {
        long patience = settings.stallTimeout().toNanos();
        source.touch();
        try {
            while (true) {
                long left = patience - (nanos.getAsLong() - source.lastMoved());
                if (left <= 0) {
                    cancel(reply);
                    throw new HttpException(
                            HttpException.Kind.TIMEOUT,
                            Effect.UNKNOWN,
                            "Want a byte from %s within %s but had none"
                                    .formatted(request.origin(), settings.stallTimeout()));
                }
                if (isDoneWithin(left, reply)) {
                    return reply.get();
                }
            }
        } catch (InterruptedException told) {
            cancel(reply);
            Thread.currentThread().interrupt();
            throw cancelled(request, told);
        } catch (ExecutionException failed) {
            throw source.failure()
                    .orElseGet(() -> failure(request, Objects.requireNonNullElse(failed.getCause(), failed)));
        }
    }

    // The JDK's client lets go of the connection only if it may interrupt.
    @SuppressWarnings("Interruption")
    private static void cancel(CompletableFuture<?> reply) {
        reply.cancel(true);
    }

    /// Waits, but tells of no failure.
    private static boolean isDoneWithin(long wait, CompletableFuture<?> reply) throws InterruptedException {
        try {
            reply.handle((_, _) -> true).get(wait, TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException | ExecutionException late) {
            return reply.isDone();
        }
    }

    private static CancelledException cancelled(HttpRequest request, Throwable told) {
        var stop = new CancelledException("asking " + request.origin());
        stop.initCause(told);
        return stop;
    }

    private static RuntimeException failure(HttpRequest request, Throwable cause) {
        Origin origin = request.origin();
        return switch (cause) {
            case HttpConnectTimeoutException late ->
                new HttpException(
                        HttpException.Kind.TIMEOUT, Effect.NONE, "%s took too long to connect".formatted(origin), late);
            case ConnectException refused ->
                new HttpException(
                        HttpException.Kind.UNREACHABLE, Effect.NONE, "Cannot connect to %s".formatted(origin), refused);
            case UnresolvedAddressException unknown ->
                new HttpException(
                        HttpException.Kind.UNREACHABLE, Effect.NONE, "Nobody knows %s".formatted(origin), unknown);
            case SSLException untrusted ->
                new HttpException(
                        HttpException.Kind.UNTRUSTED, Effect.NONE, "No TLS with %s".formatted(origin), untrusted);
            case ProtocolException wrong ->
                new HttpException(
                        HttpException.Kind.MALFORMED,
                        Effect.UNKNOWN,
                        "%s did not answer in HTTP".formatted(origin),
                        wrong);
            case IOException broken
            when says(broken, "tunnel") || says(broken, "proxy") ->
                new HttpException(
                        HttpException.Kind.PROXY_REFUSED, Effect.NONE, "The proxy did not let us through", broken);
            default ->
                new HttpException(
                        HttpException.Kind.BROKEN,
                        Effect.UNKNOWN,
                        "The connection to %s broke before the reply".formatted(origin),
                        cause);
        };
    }

    private static boolean says(IOException broken, String word) {
        return String.valueOf(broken.getMessage()).toLowerCase(Locale.ROOT).contains(word);
    }

    @Override
    public void close() {
        watch.close();
        client.shutdownNow();
        threads.shutdownNow();
    }

    /// A reply's body that does not wait forever and speaks of failures in our terms.
    private final class WatchedReply extends InputStream implements StallWatch.Watched {
        private final InputStream inner;
        private final HttpRequest request;
        private volatile long since = StallWatch.IDLE;
        private volatile boolean struck;

        WatchedReply(InputStream inner, HttpRequest request) {
            this.inner = inner;
            this.request = request;
            watch.add(this);
        }

        @Override
        public long waitingSince() {
            return since;
        }

        @Override
        public void look(long waitedNanos) {
            if (waitedNanos > settings.stallTimeout().toNanos() && !struck) {
                struck = true;
                Thread.startVirtualThread(this::closeInner);
            }
        }

        private void closeInner() {
            try {
                inner.close();
            } catch (IOException closing) {
                // The reader, whom this wakes, is told of the timeout.
                since = StallWatch.IDLE;
            }
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            since = watch.now();
            try {
                return inner.read(to, offset, length);
            } catch (IOException broken) {
                throw told(broken);
            } finally {
                since = StallWatch.IDLE;
            }
        }

        private IOException told(IOException broken) {
            if (struck) {
                return new HttpException(
                                HttpException.Kind.TIMEOUT,
                                Effect.UNKNOWN,
                                "Want a byte from %s within %s but had none"
                                        .formatted(request.origin(), settings.stallTimeout()),
                                broken)
                        .asIo();
            }
            if (Thread.currentThread().isInterrupted()) {
                closeInner();
                throw cancelled(request, broken);
            }
            return new HttpException(
                            HttpException.Kind.BROKEN,
                            Effect.UNKNOWN,
                            "The reply of %s broke off".formatted(request.origin()),
                            broken)
                    .asIo();
        }

        @Override
        public void close() throws IOException {
            watch.remove(this);
            inner.close();
        }
    }
}
