package io.skyferry.http;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The way to an origin, with what stands in every request that goes it.
final class Route {
    private final Origin origin;
    private final Optional<ProxySettings> proxy;
    private final byte[] beforeTarget;
    private final byte[] standing;

    Route(Origin origin, TransportSettings settings) {
        this.origin = origin;
        this.proxy = settings.proxy();
        StringBuilder lines = new StringBuilder(" HTTP/1.1\r\nHost: " + origin.authority() + "\r\n");
        if (isForwarded()) {
            login().ifPresent(login ->
                    lines.append("Proxy-Authorization: ").append(login.basic()).append("\r\n"));
        }
        this.beforeTarget = isForwarded() ? bytes(origin.toString()) : new byte[0];
        this.standing = bytes(lines.toString());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    Origin origin() {
        return origin;
    }

    /// Whether a proxy reads our requests and sends them on.
    boolean isForwarded() {
        return proxy.isPresent() && origin.scheme() == Origin.Scheme.HTTP;
    }

    /// Whether a proxy only passes bytes on, which are secret to it.
    boolean isTunnelled() {
        return proxy.isPresent() && origin.scheme() == Origin.Scheme.HTTPS;
    }

    Optional<Login> login() {
        return proxy.flatMap(ProxySettings::login);
    }

    /// The host to connect to.
    String host() {
        return proxy.map(ProxySettings::host).orElse(origin.host());
    }

    int port() {
        return proxy.map(ProxySettings::port).orElse(origin.port());
    }

    byte[] beforeTarget() {
        return beforeTarget;
    }

    /// The end of the first line and the lines that every request has.
    byte[] standing() {
        return standing;
    }
}
