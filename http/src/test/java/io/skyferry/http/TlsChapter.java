package io.skyferry.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.http.HttpException.Kind;
import io.skyferry.http.TlsSettings.ClientCertificate;
import io.skyferry.storage.StorageException.Effect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Of the contract: who is trusted, and what TLS must not let through.
abstract class TlsChapter extends BrokenChapter {
    private final Path folder;

    TlsChapter(Opener opener, Set<Laxity> laxities, @TempDir Path folder) {
        super(opener, laxities);
        this.folder = folder;
    }

    private RawServer secured(String alias, RawServer.Script script) {
        return closedLater(RawServer.tls(Certificates.made().server(alias), script));
    }

    TransportSettings trusting() {
        Path authority = Certificates.made().authority(folder);
        return QUICK.withTls(new TlsSettings(Optional.of(authority), Optional.empty()));
    }

    private TransportSettings showing(ClientCertificate certificate) {
        Path authority = Certificates.made().authority(folder);
        return QUICK.withTls(new TlsSettings(Optional.of(authority), Optional.of(certificate)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10, 20_000, 3_000_000})
    void bodiesGoBothWaysOverTls(int size) {
        RawServer server = secured("good", peer -> {
            while (true) {
                byte[] came = peer.body();
                peer.send("HTTP/1.1 200 OK\r\nContent-Length: %s\r\n\r\n".formatted(came.length))
                        .send(came);
            }
        });
        HttpTransport transport = transport(trusting());
        HttpRequest put = server.request("PUT", "/").with(RequestBody.of(bytes(size)));
        for (int i = 0; i < 3; i++) {
            try (HttpResponse reply = transport.exchange(put)) {
                assertThat(reply.bytes(size)).isEqualTo(bytes(size));
            }
        }
        assertThat(server.accepted()).isEqualTo(1);
    }

    @Test
    void nameIsCheckedAsWell() {
        RawServer server = secured("good", Peer::echo);
        Origin byName =
                new Origin(Origin.Scheme.HTTPS, "localhost", server.origin().port());
        assertThat(ask(transport(trusting()), HttpRequest.of("GET", byName, "/")))
                .isEqualTo("GET / HTTP/1.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"misnamed", "expired", "selfmade"})
    void serverThatCannotProveWhoItIsGetsNothing(String alias) {
        RawServer server = secured(alias, Peer::echo);
        HttpException failure = failure(transport(trusting()), server.request("PUT", "/"));
        assertThat(failure.kind()).isEqualTo(Kind.UNTRUSTED);
        assertThat(failure.effect()).isEqualTo(Effect.NONE);
    }

    @Test
    void authorityThatNobodyNamedIsNotTrusted() {
        RawServer server = secured("good", Peer::echo);
        assertThat(failure(transport(), server.request("GET", "/")).kind()).isEqualTo(Kind.UNTRUSTED);
    }

    @Test
    void serverThatSpeaksNoTlsGetsNothing() {
        RawServer plain = server(peer -> {
            peer.bytes(1);
            peer.send("HTTP/1.1 400 Bad\r\nContent-Length: 0\r\n\r\n");
        });
        Origin secured =
                new Origin(Origin.Scheme.HTTPS, "127.0.0.1", plain.origin().port());
        HttpException failure = failure(transport(trusting()), HttpRequest.of("GET", secured, "/"));
        assertThat(failure.kind()).isIn(Kind.UNTRUSTED, Kind.BROKEN);
        assertThat(failure.effect()).isEqualTo(Effect.NONE);
    }

    @Test
    void bodyThatIsCutOffBelowTlsIsNoEnd() {
        RawServer server = secured("good", peer -> {
            peer.head();
            peer.send("HTTP/1.1 200 OK\r\n\r\nto the e");
            peer.cut();
        });
        if (isLax(Laxity.CUT_BELOW_TLS_IS_AN_END)) {
            assertThat(ask(transport(trusting()), server.request("GET", "/"))).isEqualTo("to the e");
        } else {
            assertThat(failure(transport(trusting()), server.request("GET", "/"))
                            .kind())
                    .isEqualTo(Kind.BROKEN);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pem", "p12"})
    void certificateIsShownToThoseWhoAsk(String form) {
        RawServer server = secured("good", peer -> {
            ((SSLSocket) peer.socket()).setNeedClientAuth(true);
            peer.head();
            peer.reply(
                    200,
                    ((SSLSocket) peer.socket()).getSession().getPeerPrincipal().getName());
        });
        Certificates made = Certificates.made();
        ClientCertificate certificate = form.equals("pem")
                ? new ClientCertificate.Pem(made.certificate("client", folder), made.key("client", folder))
                : new ClientCertificate.Pkcs12(made.pkcs12("client", folder), "for tests");
        assertThat(ask(transport(showing(certificate)), server.request("GET", "/")))
                .isEqualTo("CN=client");
    }

    @Test
    void serverThatMissesOurCertificateRefuses() {
        RawServer server = secured("good", peer -> {
            ((SSLSocket) peer.socket()).setNeedClientAuth(true);
            peer.head();
            peer.reply(200, "in");
        });
        assertThat(failure(transport(trusting()), server.request("GET", "/")).kind())
                .isIn(Kind.UNTRUSTED, Kind.BROKEN);
    }

    @Test
    void filesThatAreNoneAreNamed() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty.pem"), "nothing");
        Path gone = folder.resolve("gone.p12");
        assertThatThrownBy(() -> transport(QUICK.withTls(new TlsSettings(Optional.of(empty), Optional.empty()))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("empty.pem");
        assertThatThrownBy(() -> transport(showing(new ClientCertificate.Pkcs12(gone, "secret"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("gone.p12")
                .hasMessageNotContaining("secret");
    }

    @Test
    void earlyAnswerOverTlsIsRead() {
        CountDownLatch over = new CountDownLatch(1);
        RawServer server = secured("good", peer -> {
            peer.head();
            peer.reply(200, "first");
            peer.head();
            peer.reply(403, "no");
            await(over);
        });
        HttpTransport transport = transport(trusting());
        assertThat(ask(transport, server.request("GET", "/"))).isEqualTo("first");
        if (!isLax(Laxity.EARLY_ANSWER_LOST)) {
            HttpRequest put = server.request("PUT", "/").with(RequestBody.of(bytes(8 << 20)));
            try (HttpResponse reply = transport.exchange(put)) {
                assertThat(reply.status()).isEqualTo(403);
                assertThat(reply.text(10)).isEqualTo("no");
            }
        }
        over.countDown();
    }

    @Test
    void handshakeThatStallsIsNotWaitedForForever() {
        RawServer silent = server(Peer::awaitEnd);
        Origin secured =
                new Origin(Origin.Scheme.HTTPS, "127.0.0.1", silent.origin().port());
        TransportSettings hasty = trusting().withTimeouts(Duration.ofMillis(300), Duration.ofMillis(300));
        HttpException failure = failure(transport(hasty), HttpRequest.of("GET", secured, "/"));
        assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
    }
}
