package io.skyferry.server.rest;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import io.skyferry.control.audit.Caller;
import io.skyferry.control.audit.Role;
import io.skyferry.control.json.JsonValue;
import io.skyferry.control.runs.Feed;
import io.skyferry.server.ServerParts;
import io.skyferry.server.access.Access;
import io.skyferry.server.access.AccessException;
import io.skyferry.server.access.Faults;
import io.skyferry.server.rest.EventHub.Wanted;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Puts all routes before the world: who asks is found out, may they, what comes of it, and how it is told.
public final class Rest implements AutoCloseable {
    /// Below which all routes lie.
    public static final String PREFIX = "/api/v1";

    private static final System.Logger LOG = System.getLogger(Rest.class.getName());
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private final ServerParts parts;
    private final Access access;
    private final Metrics metrics;
    private final EventHub events;
    private final boolean tls;
    private final List<Route> routes;
    private final String description;

    /// All routes over these parts.
    public Rest(ServerParts parts, Access access, Access.Door door) {
        this.parts = parts;
        this.tls = door == Access.Door.TLS;
        this.access = access;
        this.metrics = new Metrics(parts);
        this.events = new EventHub(parts.runs(), new Feed(parts.database()));
        this.routes = table();
        this.description = OpenApi.of(described(), parts.version()).toString();
    }

    private List<Route> table() {
        List<Route> all = new ArrayList<>();
        all.addAll(new CredentialRoutes(parts).all());
        all.addAll(new TaskRoutes(parts).all());
        all.addAll(new RunRoutes(parts).all());
        all.addAll(new UserRoutes(parts, access).all());
        all.addAll(new SystemRoutes(parts).all());
        all.add(Route.get(
                        "/openapi.json",
                        Role.READER,
                        new Shape.Free("OpenAPI 3.1"),
                        "This description",
                        _ -> JsonValue.parse(description()))
                .forAnybody());
        return all;
    }

    private String description() {
        return description;
    }

    private List<Route> described() {
        List<Route> all = new ArrayList<>();
        for (Route route : routes) {
            all.add(new Route(
                    route.method(),
                    PREFIX + route.path(),
                    route.role(),
                    route.request(),
                    route.answer(),
                    route.summary(),
                    route.answering()));
        }
        all.add(Route.get(
                PREFIX + "/events",
                Role.READER,
                new Shape.Plain("text/event-stream"),
                "Server-sent events: `run` with the newest state of a run, at most twice a second for each; `change` with"
                        + " the kind of `thing` that was changed (TASK, CREDENTIAL, ALERT, CHANNEL, SETTING, USER, API_KEY);"
                        + " with `standing=true` also `standing`, first and after each change: a number for each kind of"
                        + " thing, which grows with its changes",
                _ -> ""));
        all.add(plain("/metrics", Metrics.TYPE, "For Prometheus: from this machine, or with a key"));
        all.add(plain("/health", "text/plain", "Whether the process is there"));
        all.add(plain("/ready", "text/plain", "Whether the database answers"));
        return all;
    }

    private static Route plain(String path, String type, String summary) {
        return Route.get(path, Role.READER, new Shape.Plain(type), summary, _ -> "")
                .forAnybody();
    }

    /// Tells Javalin of all routes.
    public void bind(RoutesConfig config) {
        config.before(this::guard);
        config.after(context -> metrics.answered(context.statusCode()));
        for (Route route : routes) {
            config.addHttpHandler(
                    HandlerType.findOrCreate(route.method().name()),
                    PREFIX + route.path(),
                    context -> answer(context, route));
        }
        config.get(PREFIX + "/events", this::follow);
        config.get("/metrics", this::measure);
        config.get("/health", context -> context.contentType("text/plain").result("ok\n"));
        config.get("/ready", this::ready);
        config.exception(HttpResponseException.class, (failure, context) -> {
            if (failure instanceof MethodNotAllowedResponse) {
                context.header("Allow", allowed(context.path()));
            }
            say(context, Faults.Answer.of(failure.getStatus(), "http", String.valueOf(failure.getMessage())));
        });
        config.exception(Exception.class, this::fail);
    }

    /// The methods that a path knows. Source: RFC 9110, section 15.5.6.
    private String allowed(String path) {
        return described().stream()
                .filter(route -> path.matches(route.path().replaceAll("\\{[a-z]+}", "[^/]+")))
                .map(route -> route.method().name())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private void guard(Context context) {
        context.header("X-Content-Type-Options", "nosniff");
        context.header("X-Frame-Options", "DENY");
        // Not `no-referrer`: with it a browser says `Origin: null` of our own forms.
        context.header("Referrer-Policy", "same-origin");
        context.header("Cross-Origin-Opener-Policy", "same-origin");
        context.header("Cross-Origin-Resource-Policy", "same-origin");
        context.header(
                "Content-Security-Policy",
                "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none';"
                        + " base-uri 'none'; form-action 'self'");
        context.header("Cache-Control", "no-store");
        if (tls) {
            context.header("Strict-Transport-Security", "max-age=31536000");
        }
        access.checkOrigin(context);
    }

    private void answer(Context context, Route route) throws IOException {
        Caller caller =
                route.role().isEmpty() ? new Caller("nobody", Role.READER, context.ip()) : access.caller(context);
        if (route.role().filter(role -> !caller.role().includes(role)).isPresent()) {
            throw AccessException.forbidden("Want the role %s for this but '%s' is %s"
                    .formatted(route.role().orElseThrow(), caller.name(), caller.role()));
        }
        Object answer = route.answering().to(new Asked(context, caller));
        switch (answer) {
            case InputStream stream -> {
                context.contentType(route.answer() instanceof Shape.Plain(String type) ? type : "text/plain");
                context.result(stream);
            }
            default -> context.contentType("application/json").result(Wire.text(answer));
        }
    }

    private void follow(Context context) throws IOException {
        Caller caller = access.caller(context);
        var wanted = "true".equals(context.queryParam("standing")) ? Wanted.STANDING_TOO : Wanted.NEWS;
        context.contentType("text/event-stream");
        try (EventHub.Listener listener = events.listen(wanted);
                Feed.Watching _ = events.watch(listener)) {
            OutputStream out = context.res().getOutputStream();
            write(out, ": hello %s\n\n".formatted(caller.name()));
            Instant known = parts.clock().instant();
            while (!listener.isClosed()) {
                List<EventHub.Event> heard = listener.next(HEARTBEAT);
                Instant now = parts.clock().instant();
                if (!now.isBefore(known.plus(HEARTBEAT))) {
                    if (!access.isStillKnown(context)) {
                        break;
                    }
                    known = now;
                }
                if (heard.isEmpty()) {
                    write(out, ": still here\n\n");
                }
                for (EventHub.Event event : heard) {
                    write(out, "event: %s\ndata: %s\n\n".formatted(event.name(), event.data()));
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (IOException gone) {
            LOG.log(System.Logger.Level.DEBUG, "A listener has gone", gone);
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private void measure(Context context) {
        boolean near = context.ip().startsWith("127.")
                || context.ip().equals("[::1]")
                || context.ip().equals("0:0:0:0:0:0:0:1");
        if (!near) {
            var _ = access.caller(context);
        }
        context.contentType(Metrics.TYPE).result(metrics.text(events.listeners()));
    }

    private void ready(Context context) {
        boolean there = parts.database()
                .read(session -> session.first("select 1", _ -> true).isPresent())
                .orElse(true);
        context.contentType("text/plain").result(there ? "ready\n" : "not ready\n");
    }

    private void fail(Exception failure, Context context) {
        Faults.Answer answer = Faults.of(failure);
        if (answer.status() == 500) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "A request failed: %s %s%s".formatted(context.method(), context.path(), Faults.whence(failure)),
                    failure);
        }
        if (failure instanceof AccessException refused) {
            Optional<Duration> wait = refused.retryAfter();
            wait.ifPresent(left -> context.header("Retry-After", Long.toString(left.toSeconds())));
        }
        say(context, answer);
    }

    private static void say(Context context, Faults.Answer answer) {
        context.status(answer.status()).contentType("application/json").result(Wire.text(answer.fault()));
    }

    /// Ends all event streams.
    @Override
    public void close() {
        events.close();
    }
}
