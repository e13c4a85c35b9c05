package io.skyferry.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.http.HttpException.Kind;
import io.skyferry.storage.StorageException.Effect;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Of the contract: ways through a proxy.
abstract class ProxyChapter extends CancelChapter {
    private static final Login LOGIN = new Login("anna", "pässword:x");

    private final List<String> heads = new CopyOnWriteArrayList<>();

    ProxyChapter(Opener opener, Set<Laxity> laxities, @TempDir Path folder) {
        super(opener, laxities, folder);
    }

    private static ProxySettings at(RawServer proxy, Optional<Login> login) {
        return new ProxySettings("127.0.0.1", proxy.origin().port(), login);
    }

    private RawServer forwarding() {
        return server(peer -> {
            for (String head = peer.head(); !head.isEmpty(); head = peer.head()) {
                heads.add(head);
                peer.reply(200, "through");
            }
        });
    }

    /// A proxy that opens tunnels to those who log in.
    private RawServer tunnelling(Optional<Login> wanted) {
        return server(peer -> {
            String head = peer.head();
            heads.add(head);
            if (wanted.isPresent()
                    && !Peer.field(head, "Proxy-Authorization")
                            .equals(wanted.orElseThrow().basic())) {
                peer.send("HTTP/1.1 407 Login\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n");
                return;
            }
            String target = head.substring("CONNECT ".length(), head.indexOf(" HTTP/1.1"));
            int colon = target.lastIndexOf(':');
            try (Socket onward =
                    new Socket(target.substring(0, colon), Integer.parseInt(target.substring(colon + 1)))) {
                peer.send("HTTP/1.1 200 Connected\r\n\r\n");
                Thread back = Thread.ofVirtual().start(() -> copy(onward, peer.socket()));
                copy(peer.socket(), onward);
                awaitEnd(back);
            }
        });
    }

    private static void awaitEnd(Thread thread) throws IOException {
        try {
            thread.join();
        } catch (InterruptedException told) {
            throw new IOException(told);
        }
    }

    private void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException over) {
            heads.add("over");
        }
    }

    @Test
    void requestsInTheClearGoThroughInAbsoluteForm() {
        RawServer proxy = forwarding();
        HttpTransport transport = transport(QUICK.withProxy(at(proxy, Optional.of(LOGIN))));
        HttpRequest get = HttpRequest.of("GET", new Origin(Origin.Scheme.HTTP, "far.example", 81), "/a%20b?c=d");
        assertThat(ask(transport, get)).isEqualTo("through");
        assertThat(ask(transport, get)).isEqualTo("through");
        assertThat(heads.getFirst()).startsWith("GET http://far.example:81/a%20b?c=d HTTP/1.1\r\n");
        assertThat(Peer.field(heads.getFirst(), "Host")).isEqualTo("far.example:81");
        assertThat(Peer.field(heads.getFirst(), "Proxy-Authorization")).isEqualTo(LOGIN.basic());
        assertThat(proxy.accepted()).isEqualTo(1);
    }

    @Test
    void tlsGoesThroughATunnel() {
        RawServer server = closedLater(RawServer.tls(Certificates.made().server("good"), Peer::echo));
        RawServer proxy = tunnelling(Optional.empty());
        HttpTransport transport = transport(trusting().withProxy(at(proxy, Optional.empty())));
        HttpRequest get = server.request("GET", "/secret").with("Authorization", "very secret");
        assertThat(ask(transport, get)).isEqualTo("GET /secret HTTP/1.1");
        assertThat(heads.getFirst())
                .startsWith("CONNECT 127.0.0.1:%s HTTP/1.1\r\n"
                        .formatted(server.origin().port()))
                .doesNotContain("secret");
    }

    @Test
    void tunnelTakesALogin() {
        RawServer server = closedLater(RawServer.tls(Certificates.made().server("good"), Peer::echo));
        RawServer proxy = tunnelling(Optional.of(LOGIN));
        HttpTransport transport = transport(trusting().withProxy(at(proxy, Optional.of(LOGIN))));
        if (isLax(Laxity.NO_LOGIN_FOR_TUNNELS)) {
            failsAtProxy(transport, server);
        } else {
            assertThat(ask(transport, server.request("GET", "/"))).isEqualTo("GET / HTTP/1.1");
        }
    }

    @Test
    void proxyThatRefusesIsToldApartFromTheServer() {
        RawServer server = closedLater(RawServer.tls(Certificates.made().server("good"), Peer::echo));
        RawServer proxy = tunnelling(Optional.of(LOGIN));
        failsAtProxy(transport(trusting().withProxy(at(proxy, Optional.of(new Login("anna", "wrong"))))), server);
    }

    private static void failsAtProxy(HttpTransport transport, RawServer server) {
        HttpException failure = failure(transport, server.request("PUT", "/"));
        assertThat(failure.kind()).isEqualTo(Kind.PROXY_REFUSED);
        assertThat(failure.effect()).isEqualTo(Effect.NONE);
        assertThat(failure.getMessage()).doesNotContain("wrong");
    }

    @Test
    void proxyThatRefusesInTheClearIsToldApartFromTheServer() {
        RawServer proxy = server(peer -> {
            peer.head();
            peer.send("HTTP/1.1 407 Login\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n");
        });
        HttpTransport transport = transport(QUICK.withProxy(at(proxy, Optional.empty())));
        HttpRequest get = HttpRequest.of("GET", new Origin(Origin.Scheme.HTTP, "far.example", 80), "/");
        assertThat(failure(transport, get).kind()).isEqualTo(Kind.PROXY_REFUSED);
    }
}
