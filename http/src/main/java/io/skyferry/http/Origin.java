package io.skyferry.http;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Whom to talk to: scheme, host and port. Connections are shared by requests to the same one.
///
/// @param host in lower case; an IPv6 address without brackets
public record Origin(Scheme scheme, String host, int port) {
    private static final int MAX_PORT = 65_535;

    /// How to talk.
    public enum Scheme {
        /// In the clear.
        HTTP("http", 80),
        /// Over TLS.
        HTTPS("https", 443);

        private final String text;
        private final int defaultPort;

        Scheme(String text, int defaultPort) {
            this.text = text;
            this.defaultPort = defaultPort;
        }

        /// As it stands in a URL.
        public String text() {
            return text;
        }

        /// The port that URLs leave out.
        public int defaultPort() {
            return defaultPort;
        }
    }

    public Origin {
        host = host.toLowerCase(Locale.ROOT);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        if (host.isEmpty() || !host.chars().allMatch(Origin::isOfHost)) {
            throw new IllegalArgumentException("Want a host but have '%s'".formatted(host));
        }
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("Want a port from 1 to 65535 but have %s".formatted(port));
        }
    }

    /// For each request a connection is looked up by it; a record's own comparison is linked at run time, and slow.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Origin origin
                && port == origin.port
                && scheme == origin.scheme
                && host.equals(origin.host);
    }

    @Override
    public int hashCode() {
        return (host.hashCode() * 31 + port) * 31 + scheme.hashCode();
    }

    private static boolean isOfHost(int letter) {
        return letter > ' ' && letter < 0x7F && "/\\?#@\"<>".indexOf(letter) < 0;
    }

    /// The origin of an address.
    ///
    /// @throws IllegalArgumentException unless it is an absolute `http` or `https` URL with a host and no login
    public static Origin of(URI uri) {
        String scheme = uri.getScheme();
        String host = uri.getHost();
        if (scheme == null || host == null || uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("Want a URL like 'https://host/path' with a host and without a login");
        }
        Scheme known = switch (scheme.toLowerCase(Locale.ROOT)) {
            case "http" -> Scheme.HTTP;
            case "https" -> Scheme.HTTPS;
            default -> throw new IllegalArgumentException("Want 'http' or 'https' but have '%s'".formatted(scheme));
        };
        return new Origin(known, host, uri.getPort() < 0 ? known.defaultPort() : uri.getPort());
    }

    /// The value of the `Host` field: with the port unless it is the scheme's own, IPv6 in brackets.
    public String authority() {
        return port == scheme.defaultPort() ? bracketed() : bracketed() + ":" + port;
    }

    /// Host and port, always with the port.
    public String hostAndPort() {
        return bracketed() + ":" + port;
    }

    private String bracketed() {
        return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    }

    /// As the start of a URL: `https://host`.
    @Override
    public String toString() {
        return scheme.text() + "://" + authority();
    }
}
