package io.skyferry.server.web.site;

import io.skyferry.control.alert.Alert;
import io.skyferry.control.store.Changes;
import io.skyferry.control.user.Sessions;
import io.skyferry.server.ServerParts;
import io.skyferry.server.web.Frame;
import io.skyferry.server.web.NavEntry;
import io.skyferry.server.web.Pages;
import io.skyferry.server.web.Visit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Makes what stands around each page.
final class Frames {
    private final ServerParts parts;
    private final List<NavEntry> entries;

    Frames(ServerParts parts, List<Pages> pages) {
        this.parts = parts;
        this.entries = pages.stream()
                .flatMap(some -> some.entries().stream())
                .sorted(Comparator.comparingInt(NavEntry::place))
                .toList();
    }

    /// How things stand for a page that is about to be made: what changes from now on, its script finds out.
    ///
    /// @return empty where the page will not renew itself
    Optional<String> standing(Visit visit, Optional<Sessions.Open> session) {
        return session.filter(_ -> !visit.isForPart())
                .flatMap(_ -> parts.database().read(Changes::standing))
                .map(standing -> standing.json().toString());
    }

    /// For a whole page.
    Frame of(
            Visit visit,
            Optional<Sessions.Open> session,
            Optional<String> standing,
            String title,
            List<String> scripts) {
        long alerts = session.isEmpty()
                ? 0
                : parts.alerts().list().stream()
                        .map(Alert::dismissed)
                        .filter(Optional::isEmpty)
                        .count();
        // What is to be said belongs to the page that somebody went to, not to one that renews itself.
        Optional<String> words = visit.isForPart() ? Optional.empty() : Words.take(visit.context());
        return made(visit, session, title, seen(visit, session), standing, alerts, words, scripts);
    }

    /// For a part of a page: who, when and where, and nothing to be shown around it.
    Frame bare(Visit visit, Optional<Sessions.Open> session) {
        return made(visit, session, "", seen(visit, session), Optional.empty(), 0, Optional.empty(), List.of());
    }

    private List<NavEntry> seen(Visit visit, Optional<Sessions.Open> session) {
        return session.isEmpty()
                ? List.of()
                : entries.stream().filter(entry -> visit.may(entry.role())).toList();
    }

    private Frame made(
            Visit visit,
            Optional<Sessions.Open> session,
            String title,
            List<NavEntry> seen,
            Optional<String> standing,
            long alerts,
            Optional<String> words,
            List<String> scripts) {
        return new Frame(
                title,
                visit.path(),
                session.map(_ -> visit.caller()),
                session.map(Sessions.Open::csrf).orElse(""),
                seen,
                standing,
                alerts,
                Frame.Theme.of(
                        Optional.ofNullable(visit.context().cookie("theme")).orElse("")),
                words,
                scripts,
                parts.clock().instant(),
                parts.zone(),
                parts.version());
    }
}
