package io.skyferry.server.web.entry;

import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import io.skyferry.control.audit.Role;
import io.skyferry.control.task.FieldError;
import io.skyferry.control.user.Logins;
import io.skyferry.control.user.User;
import io.skyferry.server.ServerParts;
import io.skyferry.server.access.Access;
import io.skyferry.server.web.Form;
import io.skyferry.server.web.Frame;
import io.skyferry.server.web.NavEntry;
import io.skyferry.server.web.Pages;
import io.skyferry.server.web.Reply;
import io.skyferry.server.web.Visit;
import io.skyferry.server.web.WebRoute;
import java.time.Duration;
import java.util.List;

/// The ways in and out.
public final class EntryPages implements Pages {
    private static final int YEAR = 365 * 24 * 60 * 60;

    private final ServerParts parts;
    private final Access access;

    /// Over these parts.
    public EntryPages(ServerParts parts, Access access) {
        this.parts = parts;
        this.access = access;
    }

    @Override
    public List<NavEntry> entries() {
        return List.of();
    }

    @Override
    public List<WebRoute> routes() {
        return List.of(
                WebRoute.get("/login", Role.READER, this::login).forAnybody(),
                WebRoute.post("/login", Role.READER, this::tryLogin).forAnybody(),
                WebRoute.get("/setup", Role.READER, this::setup).forAnybody(),
                WebRoute.post("/setup", Role.READER, this::makeFirst).forAnybody(),
                WebRoute.post("/theme", Role.READER, EntryPages::theme).forAnybody(),
                WebRoute.post("/logout", Role.READER, this::logout));
    }

    private Reply login(Visit visit) {
        if (access.session(visit.context()).isPresent()) {
            return Reply.to(target(visit.query("to").orElse("/")));
        }
        return login(Form.empty().with("to", visit.query("to").orElse("/")));
    }

    private Reply login(Form form) {
        var page = new LoginPage(form.without("password"), parts.users().isEmpty());
        return form.isWrong() ? Reply.invalid("login.jte", "Log in", page) : Reply.page("login.jte", "Log in", page);
    }

    private Reply tryLogin(Visit visit) {
        Form form = visit.form();
        String name = form.value("name").strip();
        return switch (parts.logins()
                .tryPassword(name, form.value("password"), visit.context().ip())) {
            case Logins.Verdict.Welcome(User user) -> {
                access.begin(visit.context(), user);
                yield Reply.to(target(form.value("to")));
            }
            case Logins.Verdict.Wrong _ -> login(form.with(List.of(new FieldError("", "Name or password is wrong"))));
            case Logins.Verdict.TooMany(Duration left) ->
                login(form.with(List.of(new FieldError(
                        "",
                        "Too many wrong tries: wait %s seconds, then try again"
                                .formatted(left.plusMillis(999).toSeconds())))));
        };
    }

    /// Only a page of ours: an address that leads elsewhere is not followed.
    private static String target(String wanted) {
        boolean ours = wanted.matches("/[^/\\\\\\p{Cntrl}].*") && !wanted.startsWith("/login");
        return ours ? wanted : "/";
    }

    private Reply setup(Visit visit) {
        if (access.session(visit.context()).isPresent()) {
            return Reply.to("/");
        }
        if (!parts.users().isEmpty()) {
            return Reply.to("/login").saying("The first user is made already: log in.");
        }
        return setup(Form.empty());
    }

    private Reply setup(Form form) {
        Form shown = form.without("password").without("again");
        return form.isWrong()
                ? Reply.invalid("setup.jte", "First user", shown)
                : Reply.page("setup.jte", "First user", shown);
    }

    private Reply makeFirst(Visit visit) {
        Form form = visit.form();
        if (!form.value("password").equals(form.value("again"))) {
            return setup(form.with(List.of(new FieldError("again", "Want the same password twice"))));
        }
        return form.submit(
                () -> {
                    User user = parts.setup()
                            .use(
                                    form.value("token").strip(),
                                    form.value("name").strip(),
                                    form.value("password"),
                                    visit.context().ip());
                    access.begin(visit.context(), user);
                    return Reply.to("/")
                            .saying("Welcome, %s. You are an admin of this Skyferry.".formatted(user.name()));
                },
                this::setup);
    }

    private Reply logout(Visit visit) {
        access.end(visit.context());
        return Reply.to("/login").saying("You are logged out.");
    }

    private static Reply theme(Visit visit) {
        Form form = visit.form();
        var cookie = new Cookie("theme", Frame.Theme.of(form.value("theme")).key());
        cookie.setPath("/");
        cookie.setMaxAge(YEAR);
        cookie.setSameSite(SameSite.STRICT);
        visit.context().cookie(cookie);
        return Reply.to(target(form.value("to")));
    }
}
