package io.skyferry.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.http.HttpException.Kind;
import io.skyferry.storage.StorageException.Effect;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ConnectionsTest extends TransportChapter {
    private final AtomicLong nanos = new AtomicLong();

    ConnectionsTest() {
        super(settings -> new ChannelTransport(settings, System::nanoTime), Set.of());
    }

    private static InetAddress here(int last) throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
    }

    @Test
    void lastUsedConnectionIsUsedFirst() {
        RawServer server = server(peer -> {
            for (String head = peer.head(); !head.isEmpty(); head = peer.head()) {
                peer.reply(200, "" + peer.number());
            }
        });
        HttpTransport transport = transport();
        HttpRequest get = server.request("GET", "/");
        HttpResponse first = transport.exchange(get);
        HttpResponse second = transport.exchange(get);
        assertThat(first.text(10)).isEqualTo("0");
        assertThat(second.text(10)).isEqualTo("1");
        for (int i = 0; i < 5; i++) {
            assertThat(ask(transport, get)).isEqualTo("1");
        }
    }

    @Test
    void connectionThatNobodyUsedForLongIsNotUsedAgain() {
        RawServer server = server(Peer::echo);
        var transport = closedLater(new ChannelTransport(QUICK.withKeepAlive(Duration.ofSeconds(9)), nanos::get));
        ask(transport, server.request("GET", "/"));
        nanos.addAndGet(Duration.ofSeconds(8).toNanos());
        ask(transport, server.request("GET", "/"));
        assertThat(server.accepted()).isEqualTo(1);
        nanos.addAndGet(Duration.ofSeconds(10).toNanos());
        ask(transport, server.request("GET", "/"));
        assertThat(server.accepted()).isEqualTo(2);
        assertThat(transport.connections()).isEqualTo(1);
    }

    @Test
    void whoWantsOneConnectionTooManyIsToldSo() {
        RawServer server = server(Peer::echo);
        HttpTransport transport =
                transport(QUICK.withMaxConnections(1).withTimeouts(Duration.ofMillis(100), Duration.ofSeconds(10)));
        try (HttpResponse held = transport.exchange(server.request("GET", "/1"))) {
            HttpException failure = failure(transport, server.request("PUT", "/2"));
            assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
            assertThat(failure.effect()).isEqualTo(Effect.NONE);
            assertThat(held.text(100)).isEqualTo("GET /1 HTTP/1.1");
        }
        assertThat(ask(transport, server.request("GET", "/3"))).isEqualTo("GET /3 HTTP/1.1");
    }

    @Test
    void keptConnectionMakesRoomForAnotherServer() {
        RawServer one = server(Peer::echo);
        RawServer other = server(Peer::echo);
        HttpTransport transport = transport(QUICK.withMaxConnections(1));
        for (int i = 0; i < 3; i++) {
            ask(transport, one.request("GET", "/"));
            ask(transport, other.request("GET", "/"));
        }
        assertThat(one.accepted()).isEqualTo(3);
    }

    @Test
    void closedTransportRefusesAndEndsWhatIsOpen() throws InterruptedException {
        RawServer server = server(Peer::echo);
        HttpTransport transport = transport();
        ask(transport, server.request("GET", "/"));
        transport.close();
        assertThat(server.awaitEnded(1)).isTrue();
        assertThat(failure(transport, server.request("GET", "/")).effect()).isEqualTo(Effect.NONE);
    }

    @Test
    void familiesAreTriedInTurn() throws IOException {
        InetAddress six = InetAddress.getByName("2001:db8::1");
        InetAddress otherSix = InetAddress.getByName("2001:db8::2");
        assertThat(AddressRace.inTurn(List.of(here(1), here(2), six, here(3), otherSix)))
                .containsExactly(six, here(1), otherSix, here(2), here(3));
    }

    @Test
    void addressThatRefusesIsPassedOver() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 5, here(2));
                SocketChannel channel = AddressRace.connect(
                        List.of(here(1), here(3), here(2)),
                        server.getLocalPort(),
                        Duration.ofSeconds(10),
                        System::nanoTime)) {
            assertThat(channel.isConnected()).isTrue();
            assertThat(channel.isBlocking()).isTrue();
        }
    }

    @Test
    void addressThatSaysNothingIsPassedOver() throws IOException {
        List<Socket> waiting = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, here(3));
                ServerSocket server = new ServerSocket(full.getLocalPort(), 5, here(2))) {
            for (int i = 0; i < 4; i++) {
                SocketChannel one = SocketChannel.open();
                one.configureBlocking(false);
                one.connect(full.getLocalSocketAddress());
                waiting.add(one.socket());
            }
            try (SocketChannel channel = AddressRace.connect(
                    List.of(here(3), here(2)), server.getLocalPort(), Duration.ofSeconds(10), System::nanoTime)) {
                assertThat(channel.socket().getInetAddress()).isEqualTo(here(2));
            }
        } finally {
            for (Socket one : waiting) {
                one.close();
            }
        }
    }

    @Test
    void hostWhoseAddressesAllRefuseIsUnreachable() {
        RawServer server = server(Peer::echo);
        var transport = closedLater(new ChannelTransport(QUICK, System::nanoTime, host -> List.of(three(), four())));
        HttpException failure = failure(transport, server.request("GET", "/"));
        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure.effect()).isEqualTo(Effect.NONE);
    }

    private static InetAddress three() {
        return InetAddress.ofLiteral("127.0.0.3");
    }

    private static InetAddress four() {
        return InetAddress.ofLiteral("127.0.0.4");
    }
}
