package io.skyferry.server.web.settings;

import io.skyferry.control.audit.Role;
import io.skyferry.control.task.InvalidException;
import io.skyferry.control.task.NotFoundException;
import io.skyferry.control.user.User;
import io.skyferry.server.ServerParts;
import io.skyferry.server.web.Form;
import io.skyferry.server.web.NavEntry;
import io.skyferry.server.web.Pages;
import io.skyferry.server.web.Reply;
import io.skyferry.server.web.Visit;
import io.skyferry.server.web.WebRoute;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Who may log in, and as what.
public final class UserPages implements Pages {
    private static final String PATH = "/settings/users";
    private static final String TITLE = "Users";
    private final ServerParts parts;

    /// Over these parts.
    public UserPages(ServerParts parts) {
        this.parts = parts;
    }

    /// What the page shows.
    ///
    /// @param form of a new user
    public record UsersPage(List<User> users, Form form) {
        /// Makes the list unchangeable.
        public UsersPage {
            users = List.copyOf(users);
        }

        /// All roles.
        public Map<String, String> roles() {
            Map<String, String> roles = new LinkedHashMap<>();
            roles.put(Role.READER.name(), "Reader");
            roles.put(Role.OPERATOR.name(), "Operator");
            roles.put(Role.ADMIN.name(), "Admin");
            return roles;
        }
    }

    @Override
    public List<NavEntry> entries() {
        return List.of();
    }

    @Override
    public List<WebRoute> routes() {
        return List.of(
                WebRoute.get(PATH, Role.ADMIN, _ -> Reply.page("settings-users.jte", TITLE, view(usual()))),
                WebRoute.post(PATH, Role.ADMIN, this::add),
                WebRoute.post(PATH + "/{id}/role", Role.ADMIN, this::changeRole),
                WebRoute.post(PATH + "/{id}/password", Role.ADMIN, this::changePassword),
                WebRoute.post(PATH + "/{id}/delete", Role.ADMIN, this::remove));
    }

    private static Form usual() {
        return Form.ofOne(Map.of("role", Role.OPERATOR.name()));
    }

    private UsersPage view(Form form) {
        return new UsersPage(parts.users().list(), form);
    }

    private static Role role(Form form) {
        return Arrays.stream(Role.values())
                .filter(one -> one.name().equals(form.value("role")))
                .findFirst()
                .orElseThrow(() -> new InvalidException("role", "Want one of the roles"));
    }

    private User byId(Visit visit) {
        long id = visit.number("id");
        return parts.users().list().stream()
                .filter(one -> one.id() == id)
                .findFirst()
                .orElseThrow(() -> new NotFoundException("Want the number of a user but have '%s'".formatted(id)));
    }

    private Reply invalid(Form again) {
        return Reply.invalid(
                "settings-users.jte", TITLE, view(again.without("password").without("again")));
    }

    private static String password(Form form) {
        if (!form.value("password").equals(form.value("again"))) {
            throw new InvalidException("again", "Want the same password twice");
        }
        return form.value("password");
    }

    private Reply add(Visit visit) {
        Form form = visit.form();
        return form.submit(
                () -> {
                    User made =
                            parts.users().add(form.value("name").strip(), role(form), password(form), visit.caller());
                    return Reply.to(PATH).saying("'%s' may log in.".formatted(made.name()));
                },
                this::invalid);
    }

    private Reply changeRole(Visit visit) {
        User user = byId(visit);
        Form form = visit.form();
        return form.submit(
                () -> {
                    parts.users().setRole(user.name(), role(form), visit.caller());
                    return Reply.to(PATH).saying("'%s' has another role.".formatted(user.name()));
                },
                this::invalid);
    }

    private Reply changePassword(Visit visit) {
        User user = byId(visit);
        Form form = visit.form();
        return form.submit(
                () -> {
                    parts.users().setPassword(user.name(), password(form), visit.caller());
                    return Reply.to(PATH)
                            .saying("'%s' has another password; all their sessions ended.".formatted(user.name()));
                },
                this::invalid);
    }

    private Reply remove(Visit visit) {
        User user = byId(visit);
        return visit.form()
                .submit(
                        () -> {
                            parts.users().remove(user.name(), visit.caller());
                            return Reply.to(PATH).saying("'%s' is gone.".formatted(user.name()));
                        },
                        this::invalid);
    }
}
