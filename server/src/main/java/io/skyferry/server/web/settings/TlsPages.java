package io.skyferry.server.web.settings;

import io.skyferry.control.audit.Role;
import io.skyferry.server.ServerParts;
import io.skyferry.server.access.Access;
import io.skyferry.server.tls.CertificateFacts;
import io.skyferry.server.tls.TlsInUse;
import io.skyferry.server.web.NavEntry;
import io.skyferry.server.web.Pages;
import io.skyferry.server.web.Reply;
import io.skyferry.server.web.WebRoute;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How the service is reached, its certificate, and how to give it another one.
public final class TlsPages implements Pages {
    private final ServerParts parts;
    private final TlsInUse tls;

    /// Over these parts.
    public TlsPages(ServerParts parts, TlsInUse tls) {
        this.parts = parts;
        this.tls = tls;
    }

    /// What is in use.
    ///
    /// @param certificate empty without TLS
    public record TlsPage(Access.Door door, Optional<CertificateFacts> certificate, Instant now) {
        /// What it means for those who come in.
        public String words() {
            return switch (door) {
                case LOOPBACK -> "Only this machine reaches the service, so it needs no TLS.";
                case PLAIN ->
                    "The service is reached without TLS: everybody on the way can read passwords, keys and file names,"
                            + " unless a proxy in front of it does TLS.";
                case TLS -> "Everything that goes to the service and comes from it is encrypted.";
            };
        }
    }

    @Override
    public List<NavEntry> entries() {
        return List.of();
    }

    @Override
    public List<WebRoute> routes() {
        return List.of(WebRoute.get(
                "/settings/tls",
                Role.READER,
                _ -> Reply.page(
                        "settings-tls.jte",
                        "TLS",
                        new TlsPage(tls.door(), tls.certificate(), parts.clock().instant()))));
    }
}
