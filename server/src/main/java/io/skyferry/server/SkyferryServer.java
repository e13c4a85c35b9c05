package io.skyferry.server;

import io.javalin.Javalin;
import io.javalin.util.JavalinException;
import io.skyferry.control.run.RefusedException;
import io.skyferry.server.access.Access;
import io.skyferry.server.rest.Rest;
import io.skyferry.server.tls.Certificates;
import io.skyferry.server.tls.TlsInUse;
import io.skyferry.server.truenas.TrueNasSkin;
import io.skyferry.server.web.site.Site;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/// The service's HTTP server, from its first request to its last.
public final class SkyferryServer implements AutoCloseable {
    private static final long MOST_BODY = 16 * 1024 * 1024;
    private static final Duration IDLE = Duration.ofSeconds(60);
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "::1", "localhost");

    private final Javalin javalin;
    private final Rest rest;
    private final TrueNasSkin trueNas;
    private final ServerConnector connector;
    private final Optional<SslContextFactory.Server> certificates;
    private final TlsInUse tls;
    private final Listen listen;

    /// Where to listen.
    ///
    /// @param port 0: any that is free
    /// @param tls key and certificate, under [Certificates#password]; empty: without TLS
    public record Listen(String host, int port, Optional<KeyStore> tls) {
        /// Whether nobody but this machine can reach it.
        public boolean isLoopback() {
            return LOOPBACK.contains(host);
        }

        /// Whether others can reach it and read along.
        public boolean isOpenWithoutTls() {
            return !isLoopback() && tls.isEmpty();
        }

        private Access.Door door() {
            if (tls.isPresent()) {
                return Access.Door.TLS;
            }
            return isLoopback() ? Access.Door.LOOPBACK : Access.Door.PLAIN;
        }
    }

    private SkyferryServer(
            Javalin javalin,
            Rest rest,
            TrueNasSkin trueNas,
            ServerConnector connector,
            Optional<SslContextFactory.Server> certificates,
            TlsInUse tls,
            Listen listen) {
        this.javalin = javalin;
        this.rest = rest;
        this.trueNas = trueNas;
        this.connector = connector;
        this.certificates = certificates;
        this.tls = tls;
        this.listen = listen;
    }

    /// Begins to answer.
    ///
    /// @throws RefusedException if the port is taken
    public static SkyferryServer start(ServerParts parts, Listen listen) {
        var access = new Access(parts.sessions(), parts.keys(), listen.door());
        var rest = new Rest(parts, access, listen.door());
        var tls = new TlsInUse(listen.door(), listen.tls());
        var site = new Site(parts, access, tls);
        var trueNas = new TrueNasSkin(parts, listen.tls());
        var opened = new AtomicReference<Optional<ServerConnector>>(Optional.empty());
        Optional<SslContextFactory.Server> certificates = listen.tls().map(SkyferryServer::certificates);
        Javalin javalin = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.startupWatcherEnabled = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.concurrency.useVirtualThreads = true;
            config.http.maxRequestSize = MOST_BODY;
            config.http.prefer405over404 = true;
            config.router.ignoreTrailingSlashes = true;
            config.jetty.addConnector((server, http) -> {
                ServerConnector made = connector(server, http, certificates, listen);
                opened.set(Optional.of(made));
                return made;
            });
            rest.bind(config.routes);
            site.bind(config.routes);
            trueNas.bind(config.routes);
        });
        try {
            javalin.start();
        } catch (JavalinException taken) {
            rest.close();
            var refused = new RefusedException(
                    "Want to listen on '%s:%s' but cannot: the port may be in use, or the address is not this machine's"
                            .formatted(listen.host(), listen.port()));
            refused.initCause(taken);
            throw refused;
        }
        return new SkyferryServer(javalin, rest, trueNas, opened.get().orElseThrow(), certificates, tls, listen);
    }

    private static SslContextFactory.Server certificates(KeyStore store) {
        var factory = new SslContextFactory.Server();
        factory.setKeyStore(store);
        factory.setKeyStorePassword(Certificates.password());
        return factory;
    }

    private static ServerConnector connector(
            Server server, HttpConfiguration http, Optional<SslContextFactory.Server> certificates, Listen listen) {
        http.setSendServerVersion(false);
        ServerConnector connector;
        if (certificates.isPresent()) {
            var https = new HttpConfiguration(http);
            // A certificate that the service made for itself is used under any name the machine is reached by.
            https.addCustomizer(new SecureRequestCustomizer(false));
            connector = new ServerConnector(
                    server,
                    1,
                    1,
                    new SslConnectionFactory(certificates.orElseThrow(), "http/1.1"),
                    new HttpConnectionFactory(https));
        } else {
            connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        }
        connector.setHost(listen.host());
        connector.setPort(listen.port());
        connector.setIdleTimeout(IDLE.toMillis());
        return connector;
    }

    /// Uses another key and certificate from now on.
    ///
    /// @throws IllegalArgumentException if they cannot be used
    public void useCertificate(KeyStore store) {
        certificates.ifPresent(factory -> {
            try {
                factory.reload(one -> one.setKeyStore(store));
                trueNas.useCertificate(store);
                tls.use(store);
            } catch (Exception unusable) {
                throw new IllegalArgumentException("Want a key and a certificate that can be used", unusable);
            }
        });
    }

    /// Where it answers, as one types it into a browser.
    public String url() {
        String host = listen.host().indexOf(':') >= 0 ? "[" + listen.host() + "]" : listen.host();
        return "%s://%s:%s".formatted(listen.tls().isPresent() ? "https" : "http", host, connector.getLocalPort());
    }

    /// Ends what is going on, and answers no more.
    @Override
    public void close() {
        rest.close();
        trueNas.close();
        javalin.stop();
    }
}
