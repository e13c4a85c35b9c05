package io.skyferry.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.http.HttpRequest.Manner;
import io.skyferry.http.RequestBody.Opening;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Of the contract: requests and replies that go well.
abstract class ExchangeChapter extends TransportChapter {
    ExchangeChapter(Opener opener, Set<Laxity> laxities) {
        super(opener, laxities);
    }

    @Test
    void requestArrivesAsItWasWritten() {
        AtomicReference<String> seen = new AtomicReference<>("");
        RawServer server = server(peer -> {
            seen.set(peer.head());
            peer.reply(200, "");
        });
        ask(
                transport(QUICK.withUserAgent("Ferry/1")),
                server.request("GET", "/a%2Fb/%C3%A4?x=1&y=%20&z").with(HeaderList.of("X-One", "1", "X-Two", "b c")));
        assertThat(seen.get()).startsWith("GET /a%2Fb/%C3%A4?x=1&y=%20&z HTTP/1.1\r\n");
        assertThat(Peer.field(seen.get(), "Host"))
                .isEqualTo("127.0.0.1:" + server.origin().port());
        assertThat(Peer.field(seen.get(), "X-One")).isEqualTo("1");
        assertThat(Peer.field(seen.get(), "X-Two")).isEqualTo("b c");
        assertThat(Peer.field(seen.get(), "User-Agent")).isEqualTo("Ferry/1");
        assertThat(Peer.field(seen.get(), "Content-Length")).isEmpty();
    }

    private static List<String> from(HttpHeaders headers, String start) {
        List<String> fields = new ArrayList<>();
        headers.forEachFrom(start, (name, value) -> fields.add(name.toLowerCase(Locale.ROOT) + "=" + value));
        return fields;
    }

    @Test
    void replyHasStatusHeadersAndBody() {
        RawServer server = server(peer -> {
            peer.head();
            peer.send("HTTP/1.1 404 \r\nETag:  \"abc\" \r\nx-a: 1\r\nX-A: 2\r\nContent-Length: 4\r\n\r\ngone");
        });
        try (HttpResponse reply = transport().exchange(server.request("GET", "/"))) {
            assertThat(reply.status()).isEqualTo(404);
            assertThat(reply.isSuccess()).isFalse();
            assertThat(reply.header("etag")).contains("\"abc\"");
            assertThat(reply.header("missing")).isEmpty();
            assertThat(reply.headers().all("X-a")).containsExactly("1", "2");
            assertThat(from(reply.headers(), "x-")).containsExactly("x-a=1", "x-a=2");
            assertThat(from(reply.headers(), "x-a-longer-name-than-any")).isEmpty();
            assertThat(reply.text(10)).isEqualTo("gone");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4096, 15_000, 16_384, 20_000, 200_000, 3_000_000})
    void bodiesOfKnownLengthGoBothWays(int size) {
        RawServer server = server(peer -> {
            byte[] came = peer.body();
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: %s\r\n\r\n".formatted(came.length))
                    .send(came);
        });
        HttpRequest put = server.request("PUT", "/").with(RequestBody.of(bytes(size)));
        try (HttpResponse reply = transport().exchange(put)) {
            assertThat(reply.bytes(size)).isEqualTo(bytes(size));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16_000, 16_384, 300_000})
    void chunkedBodiesGoBothWays(int size) {
        RawServer server = server(peer -> {
            byte[] came = peer.body();
            peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int at = 0; at < came.length; at += 7001) {
                int count = Math.min(7001, came.length - at);
                peer.send("%s;quirk=\"x\"\r\n".formatted(Integer.toHexString(count)));
                peer.send(Arrays.copyOfRange(came, at, at + count));
                peer.send("\r\n");
            }
            peer.send("0\r\nX-Sum: 1\r\n\r\n");
        });
        HttpRequest put = server.request("PUT", "/")
                .with(RequestBody.of(OptionalLong.empty(), Opening.ONCE, () -> new ByteArrayInputStream(bytes(size))));
        try (HttpResponse reply = transport().exchange(put)) {
            assertThat(reply.bytes(size)).isEqualTo(bytes(size));
        }
    }

    @Test
    void bodyWithoutLengthEndsWithTheConnection() {
        RawServer server = server(peer -> {
            peer.head();
            peer.send("HTTP/1.1 200 OK\r\n\r\nto the end");
        });
        assertThat(ask(transport(), server.request("GET", "/"))).isEqualTo("to the end");
    }

    @Test
    void connectionIsUsedAgain() {
        RawServer server = server(Peer::echo);
        HttpTransport transport = transport();
        for (int i = 0; i < 20; i++) {
            assertThat(ask(transport, server.request("GET", "/" + i))).isEqualTo("GET /%s HTTP/1.1".formatted(i));
        }
        assertThat(server.accepted()).isEqualTo(1);
    }

    @Test
    void headAndEmptyRepliesHaveNoBodyAndKeepTheConnection() {
        RawServer server = server(peer -> {
            peer.head();
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
            peer.head();
            peer.send("HTTP/1.1 204 None\r\n\r\n");
            peer.head();
            peer.send("HTTP/1.1 304 Same\r\nContent-Length: 7\r\n\r\n");
            peer.echo();
        });
        HttpTransport transport = transport();
        try (HttpResponse reply = transport.exchange(server.request("HEAD", "/"))) {
            assertThat(reply.header("Content-Length")).contains("1000");
            assertThat(reply.text(10)).isEmpty();
        }
        assertThat(ask(transport, server.request("GET", "/"))).isEmpty();
        assertThat(ask(transport, server.request("GET", "/"))).isEmpty();
        assertThat(ask(transport, server.request("GET", "/x"))).isEqualTo("GET /x HTTP/1.1");
        assertThat(server.accepted()).isEqualTo(1);
    }

    @Test
    void connectionThatEndsIsNotUsedAgain() {
        RawServer server = server(peer -> {
            peer.head();
            peer.send("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\na");
            peer.awaitEnd();
        });
        HttpTransport transport = transport();
        assertThat(ask(transport, server.request("GET", "/"))).isEqualTo("a");
        assertThat(ask(transport, server.request("GET", "/"))).isEqualTo("a");
        assertThat(server.accepted()).isEqualTo(2);
    }

    @Test
    void interimRepliesAreNotShown() {
        RawServer server = server(peer -> {
            peer.body();
            peer.send("HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n");
            peer.reply(201, "made");
        });
        HttpRequest put = server.request("PUT", "/").with(RequestBody.of(bytes(10)));
        try (HttpResponse reply = transport().exchange(put)) {
            assertThat(reply.status()).isEqualTo(201);
            assertThat(reply.text(10)).isEqualTo("made");
        }
    }

    @Test
    void bodyWaitsUntilTheServerWantsIt() {
        RawServer server = server(peer -> {
            String head = peer.head();
            assertThat(Peer.field(head, "Expect")).isEqualToIgnoringCase("100-continue");
            assertThat(peer.socket().getInputStream().available()).isZero();
            peer.send("HTTP/1.1 100 Continue\r\n\r\n");
            peer.reply(200, peer.bytes(5).length + " came");
        });
        HttpRequest put =
                server.request("PUT", "/").with(RequestBody.of(bytes(5))).with(Manner.EXPECT_CONTINUE);
        assertThat(ask(transport(), put)).isEqualTo("5 came");
        assertThat(server.trouble()).isEmpty();
    }

    @Test
    void bodyIsNotSentToServerThatDoesNotWantIt() {
        RawServer server = server(peer -> {
            peer.head();
            peer.reply(412, "no");
            peer.awaitEnd();
        });
        HttpRequest put = server.request("PUT", "/")
                .with(RequestBody.of(OptionalLong.of(5), Opening.ONCE, () -> {
                    throw new IOException("nobody may ask");
                }))
                .with(Manner.EXPECT_CONTINUE);
        try (HttpResponse reply = transport().exchange(put)) {
            assertThat(reply.status()).isEqualTo(412);
        }
    }

    @Test
    void emptyPutSaysThatItIsEmpty() {
        CopyOnWriteArrayList<String> lengths = new CopyOnWriteArrayList<>();
        RawServer server = server(peer -> {
            for (String head = peer.head(); !head.isEmpty(); head = peer.head()) {
                lengths.add(Peer.field(head, "Content-Length"));
                peer.reply(200, "");
            }
        });
        HttpTransport transport = transport();
        ask(transport, server.request("PUT", "/"));
        ask(transport, server.request("POST", "/"));
        assertThat(lengths).containsExactly("0", "0");
    }

    @Test
    void manyHeadersAndLongTargetsGoThrough() {
        RawServer server = server(Peer::echo);
        HeaderList.Builder headers = new HeaderList.Builder();
        for (int i = 0; i < 100; i++) {
            headers.add("X-Field-" + i, "v".repeat(200));
        }
        String target = "/" + "a".repeat(8000);
        assertThat(ask(transport(), server.request("GET", target).with(headers.build())))
                .isEqualTo("GET %s HTTP/1.1".formatted(target));
    }
}
