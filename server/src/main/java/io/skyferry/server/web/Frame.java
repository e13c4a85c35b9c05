package io.skyferry.server.web;

import io.skyferry.control.audit.Caller;
import io.skyferry.control.audit.Role;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/// What stands around each page.
///
/// @param csrf the session's token, for forms; empty where nobody has logged in
/// @param standing how things stood before the page was made, as the stream of events says it; empty where nothing on
///     the page renews itself
/// @param alerts how many nobody has dismissed
/// @param words to be shown once
/// @param scripts of this page alone
/// @param now when the page was made
public record Frame(
        String title,
        String path,
        Optional<Caller> user,
        String csrf,
        List<NavEntry> entries,
        Optional<String> standing,
        long alerts,
        Theme theme,
        Optional<String> words,
        List<String> scripts,
        Instant now,
        ZoneId zone,
        String version) {
    /// Light or dark.
    public enum Theme {
        /// As the browser likes it.
        SYSTEM,
        /// Dark on light.
        LIGHT,
        /// Light on dark.
        DARK;

        /// For cookies and attributes.
        public String key() {
            return switch (this) {
                case SYSTEM -> "system";
                case LIGHT -> "light";
                case DARK -> "dark";
            };
        }

        /// What a cookie says.
        public static Theme of(String key) {
            return switch (key) {
                case "light" -> LIGHT;
                case "dark" -> DARK;
                default -> SYSTEM;
            };
        }
    }

    /// Makes the lists unchangeable.
    public Frame {
        entries = List.copyOf(entries);
        scripts = List.copyOf(scripts);
    }

    /// Whether the one who reads may do what this role may.
    public boolean may(Role role) {
        return user.filter(one -> one.role().includes(role)).isPresent();
    }

    /// Whether the one who reads is led to this page by the navigation.
    public boolean leadsTo(String wanted) {
        return entries.stream().anyMatch(entry -> entry.path().equals(wanted));
    }

    /// A moment, in the service's zone.
    public Shown.Moment moment(Instant at) {
        return Shown.moment(at, now, zone);
    }

    /// The address of a file of the pages.
    public String asset(String name) {
        return Assets.url(name);
    }

    /// The address of an icon.
    public String icon(String name) {
        return Assets.url("icons.svg") + "#" + name;
    }
}
