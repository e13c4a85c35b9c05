package io.skyferry.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.storage.CancelledException;
import io.skyferry.testkit.Cases;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Of the contract: threads that are told to stop leave nothing behind.
abstract class CancelChapter extends TlsChapter {
    private static final CountDownLatch NOBODY = new CountDownLatch(0);

    CancelChapter(Opener opener, Set<Laxity> laxities, @TempDir Path folder) {
        super(opener, laxities, folder);
    }

    /// What runs on which kind of thread.
    enum OnThread {
        PLATFORM,
        VIRTUAL
    }

    /// What a thread threw, and whether its flag was set then.
    private record Stopped(@Nullable Throwable thrown, boolean isFlagged) {}

    private static Thread start(OnThread kind, Runnable work, CompletableFuture<Stopped> stopped) {
        Runnable caught = () -> {
            Throwable thrown = null;
            try {
                work.run();
            } catch (RuntimeException | AssertionError told) {
                thrown = told;
            }
            stopped.complete(new Stopped(thrown, Thread.currentThread().isInterrupted()));
        };
        return switch (kind) {
            case PLATFORM -> Thread.ofPlatform().start(caught);
            case VIRTUAL -> Thread.ofVirtual().start(caught);
        };
    }

    // To interrupt is what these tests are about.
    @SuppressWarnings("Interruption")
    private static void stop(Thread thread) {
        thread.interrupt();
    }

    /// Runs an exchange until the server says so, interrupts it, and looks at what is left.
    private void isStopped(
            OnThread kind,
            RawServer server,
            CountDownLatch reached,
            CountDownLatch over,
            TransportSettings settings,
            HttpRequest request)
            throws InterruptedException {
        HttpTransport transport = transport(settings);
        CompletableFuture<Stopped> stopped = new CompletableFuture<>();
        Thread thread = start(kind, () -> drain(transport.exchange(request)), stopped);
        reached.await();
        stop(thread);
        assertThat(thread.join(Duration.ofSeconds(20))).isTrue();
        Stopped told = stopped.join();
        assertThat(told.thrown()).isInstanceOf(CancelledException.class);
        assertThat(told.isFlagged()).isTrue();
        over.countDown();
        assertThat(server.awaitEnded(1)).isTrue();
        assertThat(settings.budget().leased()).isZero();
        isLeftClean(transport);
    }

    /// Nothing that was opened is open.
    void isLeftClean(HttpTransport transport) {
        assertThat(transport).isNotNull();
    }

    private static void drain(HttpResponse response) {
        try (HttpResponse reply = response) {
            byte[] some = new byte[1000];
            while (reply.body().read(some) >= 0) {
                // Until it ends.
            }
        } catch (IOException broken) {
            throw HttpException.inStream(broken);
        }
    }

    private static TransportSettings fresh(TransportSettings settings) {
        return settings.withBudget(new ByteBudget(1 << 20));
    }

    @ParameterizedTest
    @EnumSource(OnThread.class)
    void waitForReplyCanBeStopped(OnThread kind) throws InterruptedException {
        CountDownLatch reached = new CountDownLatch(1);
        RawServer server = server(peer -> {
            peer.head();
            reached.countDown();
            peer.awaitEnd();
        });
        isStopped(kind, server, reached, NOBODY, fresh(QUICK), server.request("GET", "/"));
    }

    @ParameterizedTest
    @EnumSource(OnThread.class)
    void readingBodyCanBeStopped(OnThread kind) throws InterruptedException {
        CountDownLatch reached = new CountDownLatch(1);
        RawServer server = server(peer -> {
            peer.head();
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nabc");
            reached.countDown();
            peer.awaitEnd();
        });
        isStopped(kind, server, reached, NOBODY, fresh(QUICK), server.request("GET", "/"));
    }

    @ParameterizedTest
    @EnumSource(OnThread.class)
    void sendingBodyCanBeStopped(OnThread kind) throws InterruptedException {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        RawServer server = server(peer -> {
            peer.head();
            reached.countDown();
            await(over);
        });
        HttpRequest put = server.request("PUT", "/").with(RequestBody.of(bytes(8 << 20)));
        isStopped(kind, server, reached, over, fresh(QUICK), put);
    }

    @ParameterizedTest
    @EnumSource(OnThread.class)
    void handshakeCanBeStopped(OnThread kind) throws InterruptedException {
        CountDownLatch reached = new CountDownLatch(1);
        RawServer server = server(peer -> {
            peer.bytes(5);
            reached.countDown();
            peer.awaitEnd();
        });
        Origin secured =
                new Origin(Origin.Scheme.HTTPS, "127.0.0.1", server.origin().port());
        isStopped(kind, server, reached, NOBODY, fresh(trusting()), HttpRequest.of("GET", secured, "/"));
    }

    @ParameterizedTest
    @EnumSource(OnThread.class)
    void readingOverTlsCanBeStopped(OnThread kind) throws InterruptedException {
        CountDownLatch reached = new CountDownLatch(1);
        RawServer server = closedLater(RawServer.tls(Certificates.made().server("good"), peer -> {
            peer.head();
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nabc");
            reached.countDown();
            peer.awaitEnd();
        }));
        isStopped(kind, server, reached, NOBODY, fresh(trusting()), server.request("GET", "/"));
    }

    @Test
    void whoIsToldBeforeDoesNotAsk() {
        RawServer server = server(Peer::echo);
        HttpTransport transport = transport();
        ask(transport, server.request("GET", "/"));
        CompletableFuture<Stopped> stopped = new CompletableFuture<>();
        Thread thread = start(
                OnThread.PLATFORM,
                () -> {
                    stop(Thread.currentThread());
                    ask(transport, server.request("GET", "/"));
                },
                stopped);
        join(thread);
        Stopped told = stopped.join();
        assertThat(told.thrown()).isInstanceOf(CancelledException.class);
        assertThat(ask(transport, server.request("GET", "/x"))).isEqualTo("GET /x HTTP/1.1");
        assertThat(server.accepted()).isEqualTo(1);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException told) {
            throw new IllegalStateException(told);
        }
    }

    @Test
    void stopAtAnyMomentLeavesNothing() {
        Cases.of(60, (random, size) -> {
            int moment = random.nextInt(1 + size * 40);
            CompletableFuture<Thread> client = new CompletableFuture<>();
            RawServer server = RawServer.plain(peer -> {
                String head = peer.head();
                peer.bytes(Integer.parseInt(Peer.field(head, "Content-Length")));
                String reply = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "10\r\n0123456789abcdef\r\n".repeat(200) + "0\r\n\r\n";
                int first = Math.min(moment, reply.length());
                peer.send(reply.substring(0, first));
                stop(client.join());
                peer.send(reply.substring(first));
                peer.awaitEnd();
            });
            TransportSettings settings = fresh(QUICK);
            try (server;
                    HttpTransport transport = transport(settings)) {
                HttpRequest put = server.request("PUT", "/").with(RequestBody.of(bytes(1000)));
                CompletableFuture<Stopped> stopped = new CompletableFuture<>();
                Thread thread = start(OnThread.values()[moment % 2], () -> drain(transport.exchange(put)), stopped);
                client.complete(thread);
                join(thread);
                Stopped told = stopped.join();
                if (told.thrown() != null) {
                    assertThat(told.thrown()).isInstanceOf(CancelledException.class);
                }
                assertThat(settings.budget().leased()).isZero();
            }
            assertThat(server.awaitEnded(1)).isTrue();
        });
    }
}
