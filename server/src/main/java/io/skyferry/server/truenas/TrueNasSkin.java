package io.skyferry.server.truenas;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsContext;
import io.skyferry.control.json.JsonValue;
import io.skyferry.server.ServerParts;
import io.skyferry.server.truenas.NasAccounts.Form;
import io.skyferry.server.truenas.NasSession.Protocol;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/// Answers clients of TrueNAS: its two protocols over WebSocket, and REST v2.0.
public final class TrueNasSkin implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(TrueNasSkin.class.getName());
    private static final int MOST_CHARACTERS = 1024 * 1024;
    private static final long MOST_UNSENT = 8L * 1024 * 1024;
    private static final int MOST_CONNECTIONS = 1000;
    private static final Duration IDLE = Duration.ofMinutes(2);
    private static final Duration PING_EACH = Duration.ofSeconds(30);

    /// Since 25.04 the type is inside of an account.
    private static final List<String> VERSIONS =
            List.of("v25.04.0", "v25.04.1", "v25.04.2", "v25.10.0", "v25.10.1", "v25.10.2", "v26.0.0", "v27.0.0");

    private final ServerParts parts;
    private final NasMethods methods;
    private final NasJobs jobs;
    private final Tickets tickets;
    private final NasSession.Shared shared;
    private volatile Optional<byte[]> endPoint;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("truenas-", 0).factory());
    private final Map<String, NasSession> sessions = new ConcurrentHashMap<>();

    /// A skin over these parts.
    ///
    /// @param tls the server's own certificate, which clients may bind their login to; empty: without TLS
    public TrueNasSkin(ServerParts parts, Optional<KeyStore> tls) {
        this.parts = parts;
        this.jobs = new NasJobs(parts.runs());
        this.tickets = new Tickets(parts.clock());
        this.methods = new NasMethods(parts, jobs, tickets);
        this.shared = new NasSession.Shared(methods, jobs, parts.clock(), Tickets::name, threads);
        this.endPoint = tls.flatMap(TrueNasSkin::endPoint);
    }

    /// Binds logins to another certificate from now on.
    public void useCertificate(KeyStore store) {
        endPoint = endPoint(store);
    }

    /// The hash of the certificate.
    ///
    /// Source: RFC 5929, section 4.1: by the hash of its signature, and by SHA-256 where that is weaker.
    private static Optional<byte[]> endPoint(KeyStore store) {
        try {
            String alias = store.aliases().nextElement();
            Certificate certificate = store.getCertificate(alias);
            String signature = certificate instanceof X509Certificate known ? known.getSigAlgName() : "";
            String hash = Stream.of("384", "512")
                    .filter(bits -> signature.startsWith("SHA" + bits))
                    .findFirst()
                    .orElse("256");
            return Optional.of(MessageDigest.getInstance("SHA-" + hash).digest(certificate.getEncoded()));
        } catch (GeneralSecurityException unreadable) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The certificate cannot be hashed: no login is bound to it",
                    unreadable);
            return Optional.empty();
        }
    }

    /// Tells Javalin of all routes.
    public void bind(RoutesConfig config) {
        config.ws("/api/current", ws -> bind(ws, Protocol.RPC));
        VERSIONS.forEach(version -> config.ws("/api/" + version, ws -> bind(ws, Protocol.RPC)));
        config.ws("/websocket", ws -> bind(ws, Protocol.OLD));
        config.get(
                "/api/versions",
                context -> context.contentType("application/json")
                        .result(JsonValue.of(VERSIONS).toString()));
        config.get("/_download/{id}", this::download);
        new NasRest(parts, methods).bind(config);
    }

    private void bind(WsConfig ws, Protocol protocol) {
        ws.onConnect(context -> connect(context, protocol));
        ws.onMessage(context -> {
            NasSession session = sessions.get(context.sessionId());
            if (session != null) {
                session.heard(context.message());
            }
        });
        ws.onBinaryMessage(context -> context.closeSession(1003, "Want text"));
        ws.onClose(context -> {
            NasSession session = sessions.remove(context.sessionId());
            if (session != null) {
                session.closed();
            }
        });
        ws.onError(context -> LOG.log(System.Logger.Level.DEBUG, "A connection failed", context.error()));
    }

    private void connect(WsContext context, Protocol protocol) {
        if (!isOwnOrigin(context)) {
            context.closeSession(1008, "Want no page of another server");
            return;
        }
        if (sessions.size() >= MOST_CONNECTIONS) {
            context.closeSession(1013, "Too many connections");
            return;
        }
        context.session.setMaxTextMessageSize(MOST_CHARACTERS);
        context.session.setIdleTimeout(IDLE);
        // A client that waits for a job for hours says nothing; one that is gone does not answer.
        context.enableAutomaticPings(PING_EACH.toSeconds(), TimeUnit.SECONDS);
        String address = String.valueOf(context.session.getRemoteSocketAddress());
        var login = new NasLogin(
                parts, tickets, address.replaceFirst("^.*/", "").replaceFirst(":[0-9]+$", ""), () -> endPoint);
        Form form = protocol == Protocol.RPC ? Form.NEW : Form.OLD;
        sessions.put(context.sessionId(), new NasSession(new Line(context.session), shared, login, protocol, form));
    }

    /// Browsers say whose page it is that connects; other clients may say nothing.
    private static boolean isOwnOrigin(WsContext context) {
        String origin = Optional.ofNullable(context.header("Origin")).orElse("");
        String host = Optional.ofNullable(context.header("Host")).orElse("");
        return origin.isEmpty()
                || origin.replaceFirst("^https?://", "")
                        .replaceFirst(":[0-9]+$", "")
                        .equalsIgnoreCase(host.replaceFirst(":[0-9]+$", ""));
    }

    /// Sends to one connection, and cuts it off where it does not read.
    private static final class Line implements NasSession.Wire {
        private final Session session;
        private final AtomicLong unsent = new AtomicLong();

        Line(Session session) {
            this.session = session;
        }

        @Override
        public void send(String text) {
            if (unsent.addAndGet(text.length()) > MOST_UNSENT) {
                session.disconnect();
                return;
            }
            session.sendText(text, Callback.from(() -> unsent.addAndGet(-text.length()), this::failed));
        }

        private void failed(Throwable failure) {
            if (!(failure instanceof ClosedChannelException)) {
                LOG.log(System.Logger.Level.DEBUG, "Nothing can be sent any more", failure);
            }
            session.disconnect();
        }

        @Override
        public void cut(String reason) {
            session.close(1008, reason, Callback.NOOP);
        }
    }

    /// A run's log, for who has a token for it.
    private void download(Context context) throws IOException {
        Optional<Tickets.Download> ticket = Optional.ofNullable(context.queryParam("auth_token"))
                .flatMap(tickets::log)
                .filter(one -> Long.toString(one.run()).equals(context.pathParam("id")));
        if (ticket.isEmpty()) {
            context.status(403).result("");
            return;
        }
        Optional<Path> log = parts.runs().logFile(ticket.orElseThrow().run());
        if (log.isEmpty()) {
            context.status(404).result("");
            return;
        }
        String name = ticket.orElseThrow().fileName().replaceAll("[^A-Za-z0-9._-]", "_");
        context.header(
                        "Content-Disposition",
                        "attachment; filename=\"%s\"".formatted(name.isEmpty() ? "job.log" : name))
                .contentType("application/octet-stream")
                .result(Files.newInputStream(log.orElseThrow()));
    }

    /// Ends what is going on.
    @Override
    public void close() {
        jobs.close();
        threads.shutdownNow();
    }
}
