package io.skyferry.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.skyferry.http.HttpException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;

/// What the chapters of the contract share: a transport, a server, and how to ask.
abstract class TransportChapter {
    static final TransportSettings QUICK = TransportSettings.defaults()
            .withTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(10))
            .withContinueWait(Duration.ofMillis(200));

    private final Deque<AutoCloseable> toClose = new ArrayDeque<>();
    private final Set<Laxity> laxities;
    private final Opener opener;

    /// Opens the transport that is looked at.
    @FunctionalInterface
    interface Opener {
        HttpTransport open(TransportSettings settings);
    }

    /// Where a transport is not as strict as the contract wants.
    enum Laxity {
        /// Lines that end in `\n` alone are taken.
        BARE_LINE_FEEDS,
        /// Folded headers are unfolded.
        FOLDED_HEADERS,
        /// Of two lengths, or of a length and chunks, one is believed.
        TWO_FRAMINGS,
        /// Odd things in heads and chunks are taken.
        ODD_HEADS,
        /// A proxy that wants a login cannot be told one for a tunnel.
        NO_LOGIN_FOR_TUNNELS,
        /// A reply that comes before the body was sent is lost if the server stops listening.
        EARLY_ANSWER_LOST,
        /// A PUT that meets a kept connection which was closed fails, though it could be sent again.
        STALE_CONNECTIONS_MET,
        /// A connection is closed if its reply was not read to the end, however little is left.
        RESTS_NOT_DRAINED,
        /// A connection that is cut below TLS is taken for the end of a body that has no other.
        CUT_BELOW_TLS_IS_AN_END,
        /// Some damaged bodies are waited for until the timeout, though their connection has ended.
        SLOW_TO_GIVE_UP
    }

    TransportChapter(Opener opener, Set<Laxity> laxities) {
        this.opener = opener;
        this.laxities = laxities;
    }

    boolean isLax(Laxity laxity) {
        return laxities.contains(laxity);
    }

    HttpTransport transport() {
        return transport(QUICK);
    }

    HttpTransport transport(TransportSettings settings) {
        return closedLater(opener.open(settings));
    }

    RawServer server(RawServer.Script script) {
        return closedLater(RawServer.plain(script));
    }

    <T extends AutoCloseable> T closedLater(T one) {
        toClose.push(one);
        return one;
    }

    @AfterEach
    void closeAll() throws Exception {
        while (!toClose.isEmpty()) {
            toClose.pop().close();
        }
    }

    /// The body of the reply to one request.
    static String ask(HttpTransport transport, HttpRequest request) {
        try (HttpResponse reply = transport.exchange(request)) {
            return reply.text(1 << 20);
        }
    }

    /// The failure of one request, be it in its head or its body.
    static HttpException failure(HttpTransport transport, HttpRequest request) {
        Throwable thrown = catchThrowable(() -> {
            try (HttpResponse reply = transport.exchange(request)) {
                reply.body().skip(Long.MAX_VALUE);
                while (reply.body().read() >= 0) {
                    // Its end is what matters.
                }
            } catch (IOException broken) {
                throw HttpException.inStream(broken);
            }
        });
        assertThat(thrown).isInstanceOf(HttpException.class);
        return (HttpException) thrown;
    }

    static void isRefused(HttpTransport transport, HttpRequest request) {
        assertThat(failure(transport, request).kind()).isIn(Kind.MALFORMED, Kind.BROKEN);
    }

    static byte[] bytes(int count) {
        byte[] all = new byte[count];
        new Random(count).nextBytes(all);
        return all;
    }
}
