package io.skyferry.server.web.settings;

import io.skyferry.control.audit.Role;
import io.skyferry.control.task.InvalidException;
import io.skyferry.control.user.ApiKey;
import io.skyferry.control.user.ApiKeys;
import io.skyferry.control.user.User;
import io.skyferry.server.ServerParts;
import io.skyferry.server.web.Form;
import io.skyferry.server.web.NavEntry;
import io.skyferry.server.web.Pages;
import io.skyferry.server.web.Reply;
import io.skyferry.server.web.Visit;
import io.skyferry.server.web.WebRoute;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Keys for scripts: everybody's own, and for admins all.
public final class KeyPages implements Pages {
    private static final String PATH = "/settings/keys";
    private static final String TITLE = "API Keys";
    private final ServerParts parts;

    /// Over these parts.
    public KeyPages(ServerParts parts) {
        this.parts = parts;
    }

    /// What the page shows.
    ///
    /// @param users for whom a key may be made
    /// @param made the key that was just made, shown this once
    public record KeysPage(List<ApiKey> keys, Map<String, String> users, Form form, Optional<String> made) {
        /// Makes the list unchangeable.
        public KeysPage {
            keys = List.copyOf(keys);
        }

        /// Leaves the key out.
        @Override
        public String toString() {
            return "KeysPage";
        }
    }

    @Override
    public List<NavEntry> entries() {
        return List.of();
    }

    @Override
    public List<WebRoute> routes() {
        return List.of(
                WebRoute.get(
                        PATH,
                        Role.READER,
                        visit -> Reply.page("settings-keys.jte", TITLE, view(visit, usual(visit), Optional.empty()))),
                WebRoute.post(PATH, Role.READER, this::make),
                WebRoute.post(PATH + "/{id}/delete", Role.READER, this::remove));
    }

    private static Form usual(Visit visit) {
        return Form.ofOne(Map.of("user", visit.caller().name()));
    }

    private KeysPage view(Visit visit, Form form, Optional<String> made) {
        boolean all = visit.may(Role.ADMIN);
        String own = visit.caller().name();
        Map<String, String> users = new LinkedHashMap<>();
        if (all) {
            parts.users().list().stream().map(User::name).forEach(name -> users.put(name, name));
        } else {
            users.put(own, own);
        }
        return new KeysPage(parts.keys().list(all ? Optional.empty() : Optional.of(own)), users, form, made);
    }

    private Reply make(Visit visit) {
        Form form = visit.form();
        return form.submit(
                () -> {
                    ApiKeys.Made made =
                            parts.keys().make(form.value("user"), name(form), expires(form), visit.caller());
                    return Reply.page("settings-keys.jte", TITLE, view(visit, usual(visit), Optional.of(made.text())));
                },
                again -> Reply.invalid("settings-keys.jte", TITLE, view(visit, again, Optional.empty())));
    }

    private static String name(Form form) {
        String name = form.value("name").strip();
        if (name.isEmpty()) {
            throw new InvalidException("name", "Say what the key is for");
        }
        return name;
    }

    /// The end of that day.
    private Optional<Instant> expires(Form form) {
        if (form.value("expires").isBlank()) {
            return Optional.empty();
        }
        Instant end;
        try {
            end = LocalDate.parse(form.value("expires"))
                    .plusDays(1)
                    .atStartOfDay(parts.zone())
                    .toInstant();
        } catch (DateTimeException unreadable) {
            var invalid = new InvalidException("expires", "Want a day as 2027-01-31");
            invalid.initCause(unreadable);
            throw invalid;
        }
        if (!end.isAfter(parts.clock().instant())) {
            throw new InvalidException("expires", "Want a day that is not over");
        }
        return Optional.of(end);
    }

    private Reply remove(Visit visit) {
        parts.keys().remove(visit.number("id"), visit.caller());
        return Reply.to(PATH).saying("The key opens nothing any more.");
    }
}
