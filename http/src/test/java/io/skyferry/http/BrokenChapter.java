package io.skyferry.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.http.HttpException.Kind;
import io.skyferry.http.HttpRequest.Manner;
import io.skyferry.http.RequestBody.Opening;
import io.skyferry.storage.StorageException.Effect;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Of the contract: connections that break, stall, were closed meanwhile, and answers that come early.
abstract class BrokenChapter extends StrictChapter {
    private static final int LARGE = 8 << 20;

    BrokenChapter(Opener opener, Set<Laxity> laxities) {
        super(opener, laxities);
    }

    private static TransportSettings impatient() {
        return QUICK.withTimeouts(Duration.ofSeconds(5), Duration.ofMillis(300));
    }

    @Test
    void serverThatIsNotThereHadNothing() throws IOException {
        int port;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            port = gone.getLocalPort();
        }
        HttpException failure =
                failure(transport(), HttpRequest.of("PUT", new Origin(Origin.Scheme.HTTP, "127.0.0.1", port), "/"));
        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure.effect()).isEqualTo(Effect.NONE);
    }

    @Test
    void hostThatNobodyKnowsHadNothing() {
        HttpException failure = failure(
                transport(), HttpRequest.of("GET", new Origin(Origin.Scheme.HTTP, "no-such-host.invalid", 80), "/"));
        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure.effect()).isEqualTo(Effect.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 2", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n"})
    void serverThatEndsBeforeItsReplyMayHaveDoneIt(String said) {
        RawServer server = server(peer -> {
            peer.head();
            peer.send(said);
        });
        HttpException failure = failure(transport(), server.request("PUT", "/"));
        assertThat(failure.kind()).isEqualTo(Kind.BROKEN);
        assertThat(failure.effect()).isEqualTo(Effect.UNKNOWN);
    }

    @Test
    void resetInsteadOfReplyIsBroken() {
        RawServer server = server(peer -> {
            peer.head();
            peer.reset();
        });
        HttpException failure = failure(transport(), server.request("PUT", "/"));
        assertThat(failure.kind()).isEqualTo(Kind.BROKEN);
        assertThat(failure.effect()).isEqualTo(Effect.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 100000\r\n\r\nabc",
                "Content-Length: 4\r\n\r\nabc",
                "Transfer-Encoding: chunked\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n3",
                "Transfer-Encoding: chunked\r\n\r\n3\r\nab",
                "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
                "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n",
            })
    void bodyThatEndsTooEarlyIsNoEnd(String rest) {
        RawServer server = server(peer -> {
            peer.head();
            peer.send("HTTP/1.1 200 OK\r\n" + rest);
        });
        assertThat(failure(transport(), server.request("GET", "/")).kind()).isEqualTo(Kind.BROKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 100000\r\n\r\nabc", "\r\nabc"})
    void bodyThatIsResetIsBroken(String rest) {
        CountDownLatch begun = new CountDownLatch(1);
        RawServer server = server(peer -> {
            peer.head();
            peer.send("HTTP/1.1 200 OK\r\n" + rest);
            await(begun);
            peer.reset();
        });
        try (HttpResponse reply = transport().exchange(server.request("GET", "/"))) {
            begun.countDown();
            assertThatThrownBy(() -> reply.bytes(1 << 20))
                    .isInstanceOfSatisfying(
                            HttpException.class,
                            broken -> assertThat(broken.kind()).isEqualTo(Kind.BROKEN));
        }
    }

    static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException told) {
            throw new IOException(told);
        }
    }

    @Test
    void replyThatNeverComesIsNotWaitedForForever() {
        RawServer server = server(Peer::awaitEnd);
        HttpException failure = failure(transport(impatient()), server.request("PUT", "/"));
        assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(failure.effect()).isEqualTo(Effect.UNKNOWN);
    }

    @Test
    void bodyThatStallsIsNotWaitedForForever() {
        RawServer server = server(peer -> {
            peer.head();
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc");
            peer.awaitEnd();
        });
        assertThat(failure(transport(impatient()), server.request("GET", "/")).kind())
                .isEqualTo(Kind.TIMEOUT);
    }

    @Test
    void serverThatStopsTakingIsNotWaitedForForever() {
        CountDownLatch over = new CountDownLatch(1);
        RawServer server = server(peer -> {
            peer.head();
            await(over);
        });
        HttpRequest put = server.request("PUT", "/").with(RequestBody.of(bytes(LARGE)));
        assertThat(failure(transport(impatient()), put).kind()).isEqualTo(Kind.TIMEOUT);
        over.countDown();
    }

    @Test
    void slowServerIsWaitedForAsLongAsItMoves() {
        RawServer server = server(peer -> {
            peer.head();
            String reply = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
            for (int i = 0; i < reply.length(); i++) {
                peer.send(reply.substring(i, i + 1));
            }
        });
        assertThat(ask(transport(impatient()), server.request("GET", "/"))).isEqualTo("abc");
    }

    @Test
    void earlyAnswerIsReadThoughTheBodyWasNotSent() {
        RawServer server = server(peer -> {
            peer.head();
            peer.send("HTTP/1.1 403 No\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno");
            peer.awaitEnd();
        });
        HttpRequest put = server.request("PUT", "/").with(RequestBody.of(bytes(LARGE)));
        HttpTransport transport = transport();
        try (HttpResponse reply = transport.exchange(put)) {
            assertThat(reply.status()).isEqualTo(403);
            assertThat(reply.text(10)).isEqualTo("no");
        }
    }

    @Test
    void earlyAnswerIsReadThoughTheServerStopsListening() {
        CountDownLatch over = new CountDownLatch(1);
        RawServer server = server(peer -> {
            peer.head();
            peer.send("HTTP/1.1 403 No\r\nContent-Length: 2\r\n\r\nno");
            await(over);
        });
        HttpRequest put = server.request("PUT", "/").with(RequestBody.of(bytes(LARGE)));
        if (isLax(Laxity.EARLY_ANSWER_LOST)) {
            assertThat(failure(transport(impatient()), put).kind()).isEqualTo(Kind.TIMEOUT);
        } else {
            try (HttpResponse reply = transport().exchange(put)) {
                assertThat(reply.status()).isEqualTo(403);
                assertThat(reply.text(10)).isEqualTo("no");
            }
        }
        over.countDown();
    }

    @Test
    void keptConnectionThatWasClosedIsNoFailure() throws InterruptedException {
        RawServer server = server(peer -> {
            peer.head();
            peer.reply(200, "once");
        });
        HttpTransport transport = transport();
        for (int i = 1; i <= 5; i++) {
            assertThat(ask(transport, server.request("GET", "/"))).isEqualTo("once");
            assertThat(server.awaitEnded(1)).isTrue();
        }
    }

    @Test
    void keptConnectionThatIsClosedWhenItIsUsedAgainIsNoFailure() {
        AtomicInteger asked = new AtomicInteger();
        RawServer server = server(peer -> {
            peer.body();
            peer.reply(200, "first");
            asked.incrementAndGet();
            if (peer.number() == 0) {
                peer.head();
                peer.reset();
            }
        });
        HttpTransport transport = transport();
        HttpRequest put = server.request("PUT", "/").with(RequestBody.of(bytes(100)));
        assertThat(ask(transport, put)).isEqualTo("first");
        if (isLax(Laxity.STALE_CONNECTIONS_MET)) {
            HttpException failure = failure(transport, put);
            assertThat(failure.kind()).isEqualTo(Kind.BROKEN);
            assertThat(failure.effect()).isEqualTo(Effect.UNKNOWN);
        } else {
            assertThat(ask(transport, put)).isEqualTo("first");
            assertThat(server.accepted()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT once", "PUT if"})
    void whatMayHaveBeenDoneIsNotSentAgain(String kind) {
        RawServer server = server(peer -> {
            peer.body();
            peer.reply(200, "first");
            peer.body();
        });
        HttpTransport transport = transport();
        HttpRequest first = server.request("PUT", "/").with(RequestBody.of(bytes(100)));
        HttpRequest second = switch (kind) {
            case "POST" -> server.request("POST", "/").with(RequestBody.of(bytes(100)));
            case "PUT once" -> first.with(Manner.ONCE);
            default -> first.with("If-None-Match", "*");
        };
        assertThat(ask(transport, first)).isEqualTo("first");
        HttpException failure = failure(transport, second);
        assertThat(failure.kind()).isEqualTo(Kind.BROKEN);
        assertThat(failure.effect()).isEqualTo(Effect.UNKNOWN);
    }

    @Test
    void closedConnectionIsSeenBeforeWhatCannotBeRepeated() throws InterruptedException {
        RawServer server = server(peer -> {
            peer.body();
            peer.reply(200, "done");
        });
        HttpTransport transport = transport();
        for (int i = 1; i <= 5; i++) {
            HttpRequest post = server.request("POST", "/").with(RequestBody.of(bytes(10)));
            assertThat(askUnlessStale(transport, post)).isEqualTo("done");
            assertThat(server.awaitEnded(1)).isTrue();
        }
    }

    /// A transport that may meet closed connections fails without a reply then, and does it the next time.
    private String askUnlessStale(HttpTransport transport, HttpRequest request) {
        try {
            return ask(transport, request);
        } catch (HttpException stale) {
            if (isLax(Laxity.STALE_CONNECTIONS_MET) && stale.kind() == Kind.BROKEN) {
                return ask(transport, request);
            }
            throw stale;
        }
    }

    @Test
    void bodyThatCanBeOpenedOnceIsNotSentTwice() {
        RawServer server = server(peer -> {
            peer.body();
            peer.reply(200, "first");
            peer.body();
        });
        HttpTransport transport = transport();
        AtomicInteger opened = new AtomicInteger();
        HttpRequest put = server.request("PUT", "/").with(RequestBody.of(OptionalLong.of(10), Opening.ONCE, () -> {
            opened.incrementAndGet();
            return new ByteArrayInputStream(bytes(10));
        }));
        assertThat(ask(transport, put)).isEqualTo("first");
        assertThat(failure(transport, put).kind()).isEqualTo(Kind.BROKEN);
        assertThat(opened).hasValue(2);
    }

    @Test
    void sourceThatFailsIsNotTheServersFault() throws InterruptedException {
        RawServer server = server(Peer::body);
        IOException torn = new IOException("torn");
        for (OptionalLong length : new OptionalLong[] {OptionalLong.of(LARGE), OptionalLong.empty()}) {
            HttpRequest put = server.request("PUT", "/").with(RequestBody.of(length, Opening.AGAIN, () -> {
                throw torn;
            }));
            HttpException failure = failure(transport(), put);
            assertThat(failure.kind()).isEqualTo(Kind.SOURCE_FAILED);
            assertThat(failure).hasRootCause(torn);
        }
        assertThat(server.awaitEnded(server.accepted())).isTrue();
    }

    @Test
    void sourceThatEndsTooEarlyFails() {
        RawServer server = server(peer -> {
            peer.body();
            peer.reply(200, "");
        });
        for (int there : new int[] {5, 70_000}) {
            HttpRequest put = server.request("PUT", "/")
                    .with(RequestBody.of(
                            OptionalLong.of(100_000), Opening.AGAIN, () -> new ByteArrayInputStream(bytes(there))));
            assertThat(failure(transport(), put).kind()).isIn(Kind.SOURCE_FAILED, Kind.BROKEN);
        }
    }

    @Test
    void smallRestOfReplyIsReadSoThatTheConnectionIsKept() {
        RawServer server = server(peer -> {
            peer.head();
            peer.reply(200, "x".repeat(30_000));
            peer.echo();
        });
        HttpTransport transport = transport();
        try (HttpResponse reply = transport.exchange(server.request("GET", "/"))) {
            assertThat(reply.status()).isEqualTo(200);
        }
        assertThat(ask(transport, server.request("GET", "/2"))).isNotEmpty();
        if (!isLax(Laxity.RESTS_NOT_DRAINED)) {
            assertThat(server.accepted()).isEqualTo(1);
        }
    }

    @Test
    void largeRestOfReplyIsNotRead() throws InterruptedException {
        RawServer server = server(peer -> {
            peer.head();
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n");
            peer.awaitEnd();
        });
        HttpTransport transport = transport();
        transport.exchange(server.request("GET", "/")).close();
        assertThat(server.awaitEnded(1)).isTrue();
    }
}
