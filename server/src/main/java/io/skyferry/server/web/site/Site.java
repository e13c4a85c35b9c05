package io.skyferry.server.web.site;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.skyferry.control.audit.Caller;
import io.skyferry.control.audit.Role;
import io.skyferry.control.user.Sessions;
import io.skyferry.server.ServerParts;
import io.skyferry.server.access.Access;
import io.skyferry.server.access.AccessException;
import io.skyferry.server.access.Faults;
import io.skyferry.server.tls.TlsInUse;
import io.skyferry.server.web.Assets;
import io.skyferry.server.web.Frame;
import io.skyferry.server.web.Pages;
import io.skyferry.server.web.Reply;
import io.skyferry.server.web.Visit;
import io.skyferry.server.web.WebRoute;
import io.skyferry.server.web.alerts.AlertPages;
import io.skyferry.server.web.credentials.CredentialPages;
import io.skyferry.server.web.entry.EntryPages;
import io.skyferry.server.web.home.DashboardPages;
import io.skyferry.server.web.runs.RunPages;
import io.skyferry.server.web.runs.Speeds;
import io.skyferry.server.web.settings.ArchivePages;
import io.skyferry.server.web.settings.AuditPages;
import io.skyferry.server.web.settings.ChannelPages;
import io.skyferry.server.web.settings.ExchangePages;
import io.skyferry.server.web.settings.GeneralPages;
import io.skyferry.server.web.settings.KeyPages;
import io.skyferry.server.web.settings.TlsPages;
import io.skyferry.server.web.settings.UserPages;
import io.skyferry.server.web.tasks.FormParts;
import io.skyferry.server.web.tasks.PlanPages;
import io.skyferry.server.web.tasks.TaskFormPages;
import io.skyferry.server.web.tasks.TaskPages;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Answers browsers: finds out who visits, asks the page, and puts the answer into the frame.
public final class Site {
    private static final System.Logger LOG = System.getLogger(Site.class.getName());
    private static final String HTML = "text/html; charset=utf-8";
    private static final List<Integer> ERRORS = List.of(400, 403, 404, 405, 413, 500, 503);

    private final Access access;
    private final List<Pages> pages;
    private final Frames frames;

    /// All pages over these parts.
    public Site(ServerParts parts, Access access, TlsInUse tls) {
        this.access = access;
        var speeds = new Speeds();
        this.pages = List.of(
                new EntryPages(parts, access),
                new DashboardPages(parts, speeds),
                new RunPages(parts, speeds),
                new AlertPages(parts),
                new CredentialPages(parts),
                new GeneralPages(parts),
                new ChannelPages(parts),
                new UserPages(parts),
                new KeyPages(parts),
                new ExchangePages(parts),
                new ArchivePages(parts),
                new TlsPages(parts, tls),
                new AuditPages(parts),
                new TaskFormPages(parts),
                new FormParts(parts),
                new TaskPages(parts),
                new PlanPages(parts));
        this.frames = new Frames(parts, pages);
    }

    /// Tells Javalin of all pages.
    public void bind(RoutesConfig config) {
        config.get(Assets.PREFIX + "{name}", Site::sendAsset);
        for (Pages some : pages) {
            for (WebRoute route : some.routes()) {
                config.addHttpHandler(
                        HandlerType.findOrCreate(route.method().name()),
                        route.path(),
                        context -> answer(context, route));
            }
        }
        for (int status : ERRORS) {
            config.error(status, "text/html", this::explain);
        }
    }

    private static void sendAsset(Context context) {
        Assets.Asset asset = Assets.find(context.path()).orElse(null);
        if (asset == null) {
            context.status(404).contentType("text/plain").result("There is no such file\n");
            return;
        }
        context.header("Cache-Control", "public, max-age=31536000, immutable")
                .contentType(asset.type())
                .result(asset.content().all());
    }

    private void answer(Context context, WebRoute route) {
        Optional<Sessions.Open> session = access.session(context);
        Caller caller = session.map(open -> open.user().from(context.ip()))
                .orElseGet(() -> new Caller("nobody", Role.READER, context.ip()));
        var visit = new Visit(context, caller);
        if (route.role().isPresent() && session.isEmpty()) {
            toLogin(visit, route.method());
            return;
        }
        try {
            check(visit, route, session);
            Optional<String> standing = frames.standing(visit, session);
            send(visit, session, standing, route.answering().to(visit));
        } catch (RuntimeException failure) {
            fail(visit, session, failure);
        }
    }

    private static void check(Visit visit, WebRoute route, Optional<Sessions.Open> session) {
        if (route.role().isEmpty()) {
            return;
        }
        Role wanted = route.role().orElseThrow();
        if (!visit.may(wanted)) {
            throw AccessException.forbidden("Want the role %s for this but '%s' is %s"
                    .formatted(wanted, visit.caller().name(), visit.caller().role()));
        }
        if (route.method() == WebRoute.Method.POST) {
            String given = Optional.ofNullable(visit.context().header(Access.CSRF))
                    .or(() -> Optional.ofNullable(visit.context().formParam("csrf")))
                    .orElse("");
            if (!Access.isProof(given, session.orElseThrow())) {
                throw AccessException.forbidden("Want a form of this session but have one of another");
            }
        }
    }

    private void send(Visit visit, Optional<Sessions.Open> session, Optional<String> standing, Reply reply) {
        Context context = visit.context();
        switch (reply) {
            case Reply.Page page -> {
                Frame frame = frames.of(visit, session, standing, page.title(), page.scripts());
                context.status(page.status())
                        .contentType(HTML)
                        .result(Templates.render(page.template(), frame, page.view()));
            }
            case Reply.Part(String template, Object view) -> {
                Frame frame = frames.bare(visit, session);
                context.contentType(HTML).result(Templates.render(template, frame, view));
            }
            case Reply.To(String path, Optional<String> words) -> {
                words.ifPresent(text -> Words.say(context, text));
                go(visit, path);
            }
            case Reply.File(String name, String type, var content) ->
                context.contentType(type)
                        .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
                        .result(content);
            case Reply.Data(String json) ->
                context.contentType("application/json").result(json);
        }
    }

    private static void go(Visit visit, String path) {
        if (visit.isForPart()) {
            visit.context().header("HX-Redirect", path);
        } else {
            visit.context().status(303).header("Location", path);
        }
    }

    private static void toLogin(Visit visit, WebRoute.Method method) {
        Context context = visit.context();
        boolean isPage = method == WebRoute.Method.GET && !visit.isForPart();
        String to = isPage ? context.path() + query(context.queryString()) : origin(context);
        if (method == WebRoute.Method.POST) {
            Words.say(context, "Your session had ended: what you sent was not taken. Log in and send it again.");
        }
        String login = to.equals("/") ? "/login" : "/login?to=" + URLEncoder.encode(to, StandardCharsets.UTF_8);
        if (method == WebRoute.Method.GET && "cross-site".equals(context.header("Sec-Fetch-Site"))) {
            // The cookie does not come along from a mail or a page of others, but it does from a page of ours:
            // who has a session goes on from the login at once.
            String icon = "<!doctype html><title>Skyferry</title><link rel=\"icon\" href=\"%s\">"
                    .formatted(Assets.url("icon.svg"));
            context.header("Refresh", "0; url=" + login).contentType(HTML).result(icon);
            return;
        }
        go(visit, login);
    }

    private static String query(@Nullable String text) {
        return text == null ? "" : "?" + text;
    }

    /// The page on which a part or a form stands; the dashboard where the browser does not say.
    private static String origin(Context context) {
        try {
            URI page = URI.create(Optional.ofNullable(context.header("Referer")).orElse("/"));
            return Optional.ofNullable(page.getRawPath())
                    .filter(path -> path.startsWith("/"))
                    .map(path -> path + query(page.getRawQuery()))
                    .orElse("/");
        } catch (IllegalArgumentException unreadable) {
            LOG.log(System.Logger.Level.DEBUG, "A referrer that is no URL", unreadable);
            return "/";
        }
    }

    private void fail(Visit visit, Optional<Sessions.Open> session, RuntimeException failure) {
        Faults.Answer answer = Faults.of(failure);
        if (answer.status() == 500) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "A page failed: " + visit.context().method() + " " + visit.path(),
                    failure);
        }
        show(visit, session, answer.status(), answer.fault().message());
    }

    /// What Javalin itself answered to a browser gets a page as well.
    private void explain(Context context) {
        String type = String.valueOf(context.res().getContentType());
        if (type.startsWith("text/html") || context.path().startsWith("/api/")) {
            return;
        }
        Optional<Sessions.Open> session = access.session(context);
        Caller caller = session.map(open -> open.user().from(context.ip()))
                .orElseGet(() -> new Caller("nobody", Role.READER, context.ip()));
        show(
                new Visit(context, caller),
                session,
                context.statusCode(),
                "There is no page '%s'".formatted(context.path()));
    }

    private void show(Visit visit, Optional<Sessions.Open> session, int status, String message) {
        Context context = visit.context();
        context.status(status);
        if (visit.isForPart()) {
            context.contentType("text/plain; charset=utf-8").result(message);
            return;
        }
        ErrorPage page = ErrorPage.of(status, message);
        Frame frame = frames.of(visit, session, frames.standing(visit, session), page.title(), List.of());
        context.contentType(HTML).result(Templates.render("error.jte", frame, page));
    }
}
