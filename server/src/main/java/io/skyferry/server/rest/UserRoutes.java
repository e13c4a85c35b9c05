package io.skyferry.server.rest;

import io.skyferry.control.audit.Role;
import io.skyferry.control.run.RefusedException;
import io.skyferry.control.user.ApiKey;
import io.skyferry.control.user.ApiKeys;
import io.skyferry.control.user.Logins;
import io.skyferry.control.user.Sessions;
import io.skyferry.control.user.User;
import io.skyferry.server.ServerParts;
import io.skyferry.server.access.Access;
import io.skyferry.server.access.AccessException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Users, their API keys, and logging in.
final class UserRoutes {
    private final ServerParts parts;
    private final Access access;

    UserRoutes(ServerParts parts, Access access) {
        this.parts = parts;
        this.access = access;
    }

    record UserView(String name, Role role, boolean hasPassword, Instant created, Instant changed) {}

    record NewUser(String name, Role role, Optional<String> password) {
        /// Leaves the password out.
        @Override
        public String toString() {
            return name;
        }
    }

    record UserChange(Optional<Role> role, Optional<String> password) {
        /// Leaves the password out.
        @Override
        public String toString() {
            return "UserChange";
        }
    }

    record Login(String name, String password) {
        /// Leaves the password out.
        @Override
        public String toString() {
            return name;
        }
    }

    record Setup(String token, String name, String password) {
        /// Leaves the secrets out.
        @Override
        public String toString() {
            return name;
        }
    }

    /// @param csrf has to come with each change, in `X-CSRF-Token`
    /// @param ends empty for an API key, which is no session: its own end is told by `/api-keys`
    record SessionView(String name, Role role, String csrf, Optional<Instant> ends) {}

    record KeyView(
            long id, String user, String name, Instant created, Optional<Instant> expires, Optional<Instant> used) {}

    record NewKey(String user, String name, Optional<Instant> expires) {}

    /// @param key all of it: it is told this once
    record MadeKey(long id, String key) {
        /// Leaves the key out.
        @Override
        public String toString() {
            return Long.toString(id);
        }
    }

    List<Route> all() {
        return List.of(
                Route.post(
                                "/session",
                                Role.READER,
                                new Shape.Of(Login.class),
                                new Shape.Of(SessionView.class),
                                "Logs in with name and password, and sets the cookie",
                                this::login)
                        .forAnybody(),
                Route.get(
                        "/session",
                        Role.READER,
                        new Shape.Of(SessionView.class),
                        "Who is logged in",
                        asked -> access.session(asked.context())
                                .map(UserRoutes::view)
                                .orElseGet(() -> new SessionView(
                                        asked.caller().name(), asked.caller().role(), "", Optional.empty()))),
                Route.delete("/session", Role.READER, "Logs out", asked -> {
                    access.end(asked.context());
                    return Route.Done.YES;
                }),
                Route.post(
                                "/setup",
                                Role.READER,
                                new Shape.Of(Setup.class),
                                new Shape.Of(SessionView.class),
                                "Makes the first user, with the token of the link that the first start printed",
                                this::setup)
                        .forAnybody(),
                Route.get(
                        "/users",
                        Role.ADMIN,
                        new Shape.ListOf(UserView.class),
                        "All users",
                        _ -> parts.users().list().stream().map(UserRoutes::view).toList()),
                Route.post(
                        "/users",
                        Role.ADMIN,
                        new Shape.Of(NewUser.class),
                        new Shape.Of(UserView.class),
                        "Makes a user",
                        this::add),
                Route.patch(
                        "/users/{name}",
                        Role.ADMIN,
                        new Shape.Of(UserChange.class),
                        new Shape.Of(UserView.class),
                        "Gives a user another role or password",
                        this::change),
                Route.delete("/users/{name}", Role.ADMIN, "Removes a user with all sessions and keys", asked -> {
                    parts.users().remove(asked.path("name"), asked.caller());
                    return Route.Done.YES;
                }),
                Route.get(
                        "/api-keys",
                        Role.READER,
                        new Shape.ListOf(KeyView.class),
                        "The keys of the caller; an admin sees all",
                        this::keys),
                Route.post(
                        "/api-keys",
                        Role.READER,
                        new Shape.Of(NewKey.class),
                        new Shape.Of(MadeKey.class),
                        "Makes a key for a script; it is told this once",
                        this::makeKey),
                Route.delete("/api-keys/{id}", Role.READER, "Removes a key", asked -> {
                    parts.keys().remove(asked.number("id"), asked.caller());
                    return Route.Done.YES;
                }));
    }

    private static SessionView view(Sessions.Open session) {
        return new SessionView(
                session.user().name(), session.user().role(), session.csrf(), Optional.of(session.ends()));
    }

    private static UserView view(User user) {
        return new UserView(user.name(), user.role(), user.hasPassword(), user.created(), user.changed());
    }

    private SessionView login(Asked asked) {
        Login login = asked.body(Login.class);
        return switch (parts.logins()
                .tryPassword(login.name(), login.password(), asked.context().ip())) {
            case Logins.Verdict.Welcome(User user) -> view(access.begin(asked.context(), user));
            case Logins.Verdict.Wrong _ -> throw AccessException.unknown("Name or password is wrong");
            case Logins.Verdict.TooMany(Duration left) -> throw AccessException.tooMany(left);
        };
    }

    private SessionView setup(Asked asked) {
        Setup setup = asked.body(Setup.class);
        User user = parts.setup()
                .use(
                        setup.token(),
                        setup.name(),
                        setup.password(),
                        asked.context().ip());
        return view(access.begin(asked.context(), user));
    }

    private UserView add(Asked asked) {
        NewUser wish = asked.body(NewUser.class);
        return view(parts.users().add(wish.name(), wish.role(), wish.password().orElse(""), asked.caller()));
    }

    private UserView change(Asked asked) {
        UserChange wish = asked.body(UserChange.class);
        String name = asked.path("name");
        wish.role().ifPresent(role -> parts.users().setRole(name, role, asked.caller()));
        wish.password().ifPresent(password -> parts.users().setPassword(name, password, asked.caller()));
        return view(parts.users().get(name));
    }

    private List<KeyView> keys(Asked asked) {
        boolean all = asked.caller().role() == Role.ADMIN;
        return parts
                .keys()
                .list(all ? Optional.empty() : Optional.of(asked.caller().name()))
                .stream()
                .map(UserRoutes::view)
                .toList();
    }

    private static KeyView view(ApiKey key) {
        return new KeyView(key.id(), key.user(), key.name(), key.created(), key.expires(), key.used());
    }

    private MadeKey makeKey(Asked asked) {
        NewKey wish = asked.body(NewKey.class);
        if (wish.expires().filter(end -> !end.isAfter(parts.clock().instant())).isPresent()) {
            throw new RefusedException("Want a key that expires later than now");
        }
        ApiKeys.Made made = parts.keys().make(wish.user(), wish.name(), wish.expires(), asked.caller());
        return new MadeKey(made.key().id(), made.text());
    }
}
