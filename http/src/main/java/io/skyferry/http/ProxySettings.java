package io.skyferry.http;

import java.util.Optional;

/// An HTTP proxy: requests in the clear go through it in absolute form, TLS through a tunnel.
public record ProxySettings(String host, int port, Optional<Login> login) {
    public ProxySettings {
        var checked = new Origin(Origin.Scheme.HTTP, host, port);
        host = checked.host();
    }
}
