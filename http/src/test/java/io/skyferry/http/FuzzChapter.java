package io.skyferry.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.http.HttpRequest.Manner;
import io.skyferry.testkit.Cases;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Of the contract: whole conversations, damaged at random.
abstract class FuzzChapter extends ProxyChapter {
    private static final String[] REPLIES = {
        "HTTP/1.1 200 OK\r\nETag: \"a\"\r\nContent-Length: 10\r\n\r\n0123456789",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Made\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n3;x=y\r\nfgh\r\n0\r\nA: b\r\n\r\n",
        "HTTP/1.1 503 Slow Down\r\nRetry-After: 1\r\nConnection: close\r\nContent-Length: 4\r\n\r\nbusy",
        "HTTP/1.1 204 None\r\n\r\n",
        "HTTP/1.0 200 OK\r\n\r\nto the end",
    };
    private static final String[] PIECES = {
        "\r\n",
        "\n",
        "\r",
        "\r\n\r\n",
        " ",
        "\t",
        ":",
        ";",
        "0",
        "-1",
        "ffffffff",
        "7fffffffffffffff",
        "\u0000",
        "\u00ff",
        "HTTP/1.1 200 OK\r\n",
        "HTTP/1.1 100 Continue\r\n\r\n",
        "Content-Length: 5\r\n",
        "Transfer-Encoding: chunked\r\n",
        "0\r\n\r\n",
        "Connection: close\r\n",
        "A: b\r\n c: d\r\n",
        "99999999999999999999",
    };

    FuzzChapter(Opener opener, Set<Laxity> laxities, @TempDir Path folder) {
        super(opener, laxities, folder);
    }

    @Test
    @Tag("slow")
    void damagedConversationsEndWithReplyOrFailure() throws IOException {
        AtomicReference<byte[]> saying = new AtomicReference<>(new byte[0]);
        TransportSettings settings = QUICK.withTimeouts(Duration.ofSeconds(5), Duration.ofMillis(300))
                .withContinueWait(Duration.ofMillis(5))
                .withBudget(new ByteBudget(1 << 20));
        try (RawServer server = RawServer.plain(peer -> {
                    byte[] said = saying.get();
                    peer.head();
                    peer.send(said);
                    peer.endOutput();
                    peer.awaitEnd();
                });
                HttpTransport transport = transport(settings)) {
            Cases.of(isLax(Laxity.SLOW_TO_GIVE_UP) ? 200 : 1500, (random, size) -> {
                byte[] conversation = damaged(random, size);
                saying.set(conversation);
                for (int i = 0; i < 3; i++) {
                    converse(transport, request(server, random), conversation.length);
                }
                assertThat(settings.budget().leased()).isZero();
            });
        }
    }

    private static HttpRequest request(RawServer server, RandomGenerator random) {
        return switch (random.nextInt(4)) {
            case 0 -> server.request("HEAD", "/");
            case 1 -> server.request("PUT", "/").with(RequestBody.of(bytes(random.nextInt(40_000))));
            case 2 ->
                server.request("PUT", "/").with(RequestBody.of(bytes(100))).with(Manner.EXPECT_CONTINUE);
            default -> server.request("GET", "/");
        };
    }

    private static void converse(HttpTransport transport, HttpRequest request, int most) {
        try (HttpResponse reply = transport.exchange(request)) {
            assertThat(reply.status()).isBetween(200, 599);
            reply.headers()
                    .forEach((name, value) ->
                            assertThat(name.length() + value.length()).isLessThanOrEqualTo(most));
            assertThat(reply.bytes(most).length).isLessThanOrEqualTo(most);
        } catch (HttpException expected) {
            assertThat(expected.getMessage()).isNotEmpty();
        }
    }

    private static byte[] damaged(RandomGenerator random, int size) {
        var whole = new ByteArrayOutputStream();
        int replies = 1 + random.nextInt(3);
        for (int i = 0; i < replies; i++) {
            whole.writeBytes(REPLIES[random.nextInt(REPLIES.length)].getBytes(StandardCharsets.ISO_8859_1));
        }
        byte[] bytes = whole.toByteArray();
        int damages = 1 + random.nextInt(1 + size / 8);
        for (int i = 0; i < damages && bytes.length > 0; i++) {
            bytes = damagedOnce(bytes, random);
        }
        return bytes;
    }

    private static byte[] damagedOnce(byte[] bytes, RandomGenerator random) {
        int at = random.nextInt(bytes.length);
        int to = Math.min(bytes.length, at + 1 + random.nextInt(20));
        return switch (random.nextInt(5)) {
            case 0 -> {
                byte[] flipped = bytes.clone();
                flipped[at] = (byte) random.nextInt(256);
                yield flipped;
            }
            case 1 -> Arrays.copyOf(bytes, at);
            case 2 -> joined(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, to, bytes.length));
            case 3 -> joined(Arrays.copyOf(bytes, to), Arrays.copyOfRange(bytes, at, bytes.length));
            default -> {
                byte[] piece = PIECES[random.nextInt(PIECES.length)].getBytes(StandardCharsets.ISO_8859_1);
                yield joined(joined(Arrays.copyOf(bytes, at), piece), Arrays.copyOfRange(bytes, at, bytes.length));
            }
        };
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
