package io.skyferry.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.http.HttpException.Kind;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Of the contract: replies that are none, or that two readers could read in two ways.
abstract class StrictChapter extends ExchangeChapter {
    StrictChapter(Opener opener, Set<Laxity> laxities) {
        super(opener, laxities);
    }

    private RawServer saying(String reply) {
        return server(peer -> {
            peer.head();
            peer.send(reply.replace("|", "\r\n"));
            peer.endOutput();
            peer.awaitEnd();
        });
    }

    private void isRefusedUnless(Laxity laxity, String reply) {
        RawServer server = saying(reply);
        if (isLax(laxity)) {
            try (HttpResponse taken = transport().exchange(server.request("GET", "/"))) {
                assertThat(taken.status()).isEqualTo(200);
            }
        } else {
            HttpException failure = failure(transport(), server.request("GET", "/"));
            assertThat(failure.kind()).isEqualTo(Kind.MALFORMED);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HELLO|",
                "SSH-2.0-OpenSSH_9|",
                "HTTP/2.0 200 OK||",
                "HTTP/1.1 abc OK||",
                "HTTP/1.1  200 OK||",
                "HTTP/1.1 200 OK|Content-Length: x||",
            })
    void whatIsNoReplyIsRefused(String reply) {
        isRefused(transport(), saying(reply).request("GET", "/"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK|Content-Length: 3|Transfer-Encoding: chunked||3|abc|0||",
                "HTTP/1.1 200 OK|Transfer-Encoding: chunked|Content-Length: 3||3|abc|0||",
                "HTTP/1.1 200 OK|Content-Length: 3|Content-Length: 4||abcd",
            })
    void twoWaysToFindTheEndAreRefused(String reply) {
        isRefusedUnless(Laxity.TWO_FRAMINGS, reply);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\nContent-Length: 3\n\nabc",
                "HTTP/1.1 200 OK|Content-Length: 3\n|abc",
                "HTTP/1.1 200 OK|A: b\nContent-Length: 3||abc",
            })
    void bareLineFeedsAreRefused(String reply) {
        isRefusedUnless(Laxity.BARE_LINE_FEEDS, reply);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK|A: b| c: d|Content-Length: 3||abc",
                "HTTP/1.1 200 OK|A: b|\tContent-Length: 3|Content-Length: 3||abc",
            })
    void foldedHeadersAreRefused(String reply) {
        isRefusedUnless(Laxity.FOLDED_HEADERS, reply);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 2000 OK||",
                "HTTP/1.1 200 OK|Content-Length: -1||",
                "HTTP/1.1 200 OK|: no name||",
                "HTTP/1.1 200 OK|Content-Length : 3||abc",
                "HTTP/1.1 200 OK|Content-Length: +3||abc",
                "HTTP/1.1 200 OK|Content-Length: 3, 3||abc",
                "HTTP/1.1 200 OK|Content-Length: 99999999999999999999||abc",
                "HTTP/1.1 200 OK|A: \u0000|Content-Length: 3||abc",
                "HTTP/1.1 200 OK|A: b\rc: d|Content-Length: 3||abc",
                "HTTP/1.1 200 OK|no colon|Content-Length: 3||abc",
                "HTTP/1.1 200 OK|Transfer-Encoding: gzip, chunked||3|abc|0||",
                "HTTP/1.1 200 OK|Transfer-Encoding: identity|Content-Length: 3||abc",
                "HTTP/1.1 200 OK|Transfer-Encoding: chunked|Transfer-Encoding: chunked||3|abc|0||",
                "HTTP/1.0 200 OK|Transfer-Encoding: chunked||3|abc|0||",
                "HTTP/1.1 101 Switching|Upgrade: h2c|Connection: Upgrade||",
                "HTTP/1.1 600 Odd|Content-Length: 3||abc",
                "HTTP/1.1 099 Odd|Content-Length: 3||abc",
            })
    void oddHeadsAreRefused(String reply) {
        RawServer server = saying(reply);
        if (isLax(Laxity.ODD_HEADS)) {
            isAnsweredOrFails(server);
        } else {
            assertThat(failure(transport(), server.request("GET", "/")).kind()).isEqualTo(Kind.MALFORMED);
        }
    }

    /// For a transport that takes some of it: it ends, and with nothing but a reply or its own failure.
    private void isAnsweredOrFails(RawServer server) {
        try (HttpResponse reply = transport().exchange(server.request("GET", "/"))) {
            assertThat(reply.bytes(1000).length).isLessThan(1000);
        } catch (HttpException refused) {
            assertThat(refused.kind()).isIn(Kind.MALFORMED, Kind.BROKEN);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "|abc|0||",
                "g|abc|0||",
                "3|abcd|0||",
                "3|ab|0||",
                "-3|abc|0||",
                "0x3|abc|0||",
                "3 3|abc|0||",
                "ffffffffffffffff|abc|0||",
                "fffffffffffffffff|abc|0||",
                "3\nabc|0||",
                "3|abc\n0||",
            })
    void oddChunksAreRefused(String chunks) {
        RawServer server = saying("HTTP/1.1 200 OK|Transfer-Encoding: chunked||" + chunks);
        if (isLax(Laxity.ODD_HEADS)) {
            isAnsweredOrFails(server);
        } else {
            isRefused(transport(), server.request("GET", "/"));
        }
    }

    @Test
    void hugeHeadIsRefusedBeforeItIsHeld() {
        RawServer server = server(peer -> {
            peer.head();
            peer.send("HTTP/1.1 200 OK\r\n");
            for (int i = 0; i < 100_000; i++) {
                peer.send("X-%s: %s\r\n".formatted(i, "v".repeat(100)));
            }
        });
        isRefused(transport(), server.request("GET", "/"));
    }

    @Test
    void hugeLineIsRefusedBeforeItIsHeld() {
        RawServer server = server(peer -> {
            peer.head();
            peer.send("HTTP/1.1 200 OK\r\nX: ");
            for (int i = 0; i < 100_000; i++) {
                peer.send("v".repeat(100));
            }
        });
        isRefused(transport(), server.request("GET", "/"));
    }

    @Test
    void headOfManyKibibytesIsTaken() {
        RawServer server = server(peer -> {
            peer.head();
            peer.send("HTTP/1.1 200 OK\r\n");
            for (int i = 0; i < 200; i++) {
                peer.send("X-%s: %s\r\n".formatted(i, "v".repeat(150)));
            }
            peer.send("Content-Length: 4\r\n\r\nbody");
        });
        try (HttpResponse reply = transport().exchange(server.request("GET", "/"))) {
            assertThat(reply.header("x-199")).contains("v".repeat(150));
            assertThat(reply.text(10)).isEqualTo("body");
        }
    }

    @Test
    void endlessInterimRepliesAreRefused() {
        RawServer server = server(peer -> {
            peer.head();
            for (int i = 0; i < 10_000; i++) {
                peer.send("HTTP/1.1 102 Wait\r\n\r\n");
            }
        });
        isRefused(transport(), server.request("GET", "/"));
    }

    @Test
    void bytesBehindReplyAreNotTheNextReply() {
        RawServer server = server(peer -> {
            peer.head();
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nmine"
                    + "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nsmuggled");
            peer.head();
            peer.reply(200, "second");
        });
        HttpTransport transport = transport();
        assertThat(ask(transport, server.request("GET", "/1"))).isEqualTo("mine");
        if (!isLax(Laxity.TWO_FRAMINGS)) {
            assertThat(ask(transport, server.request("GET", "/2"))).isEqualTo("mine");
            assertThat(server.accepted()).isEqualTo(2);
        }
    }
}
