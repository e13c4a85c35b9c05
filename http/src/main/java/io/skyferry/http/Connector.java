package io.skyferry.http;

import io.skyferry.http.HttpException.Kind;
import io.skyferry.storage.StorageException.Effect;
import java.io.IOException;
import java.net.InetAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/// Makes connections: finds the host, asks the proxy, proves who is there.
final class Connector {
    private static final String VERIFY_NAME = "HTTPS";

    private final TransportSettings settings;
    private final StallWatch watch;
    private final Resolver resolver;
    private final Supplier<SSLContext> tls;

    /// Finds the addresses of a host.
    @FunctionalInterface
    interface Resolver {
        /// All it has.
        List<InetAddress> resolve(String host) throws UnknownHostException;
    }

    /// @param tls asked for when it is first needed
    Connector(TransportSettings settings, StallWatch watch, Resolver resolver, Supplier<SSLContext> tls) {
        this.settings = settings;
        this.watch = watch;
        this.resolver = resolver;
        this.tls = tls;
    }

    /// A connection over which the next bytes are those of a request.
    Connection connect(Route route) {
        Connection connection = reach(route);
        try {
            if (route.isTunnelled()) {
                tunnel(route, connection);
            }
            if (route.origin().scheme() == Origin.Scheme.HTTPS) {
                secure(route.origin(), connection);
            }
            connection.setPatience(settings.stallTimeout().toNanos());
            return connection;
        } catch (IOException failure) {
            boolean isStruck = connection.isStruck();
            connection.abort();
            throw Failures.connecting(failure, route, isStruck, settings);
        } catch (RuntimeException failure) {
            connection.abort();
            throw failure;
        }
    }

    private Connection reach(Route route) {
        try {
            List<InetAddress> addresses = AddressRace.inTurn(resolver.resolve(route.host()));
            SocketChannel channel = AddressRace.connect(addresses, route.port(), settings.connectTimeout(), watch::now);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            return new Connection(channel, watch, settings.connectTimeout().toNanos());
        } catch (IOException failure) {
            throw Failures.connecting(failure, route, false, settings);
        }
    }

    private void tunnel(Route route, Connection connection) throws IOException {
        String target = route.origin().hostAndPort();
        StringBuilder head = new StringBuilder("CONNECT ")
                .append(target)
                .append(" HTTP/1.1\r\nHost: ")
                .append(target)
                .append("\r\n");
        route.login()
                .ifPresent(login -> head.append("Proxy-Authorization: ")
                        .append(login.basic())
                        .append("\r\n"));
        byte[] bytes = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        connection.write(bytes, 0, bytes.length);
        byte[] slab = ChannelTransport.leaseSmall(settings);
        Inlet inlet = new Inlet(connection, settings.budget(), settings.maxHeadBytes(), slab);
        try {
            ReplyHead reply = inlet.head();
            while (reply.isInterim()) {
                reply = inlet.head();
            }
            checkTunnel(reply, inlet);
        } finally {
            inlet.release();
        }
    }

    private static void checkTunnel(ReplyHead reply, Inlet inlet) throws MalformedReply {
        if (reply.status() < 200 || reply.status() >= 300) {
            String what = reply.status() == 407 ? "wants another login" : "did not let us through";
            throw new HttpException(
                    Kind.PROXY_REFUSED, Effect.NONE, "The proxy %s (%s)".formatted(what, reply.status()));
        }
        if (inlet.hasLeft()) {
            throw new MalformedReply("bytes of the proxy in the tunnel");
        }
    }

    private void secure(Origin origin, Connection connection) throws IOException {
        SSLSocket socket = (SSLSocket) tls.get()
                .getSocketFactory()
                .createSocket(new UnderTls(connection.channel().socket()), origin.host(), origin.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm(VERIFY_NAME);
        socket.setSSLParameters(parameters);
        connection.secure(socket);
    }
}
