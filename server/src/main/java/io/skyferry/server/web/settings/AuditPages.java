package io.skyferry.server.web.settings;

import io.skyferry.control.audit.AuditLog;
import io.skyferry.control.audit.Role;
import io.skyferry.server.ServerParts;
import io.skyferry.server.web.NavEntry;
import io.skyferry.server.web.Pages;
import io.skyferry.server.web.Reply;
import io.skyferry.server.web.Visit;
import io.skyferry.server.web.WebRoute;
import java.util.List;
import java.util.Optional;

/// Who changed what, and when.
public final class AuditPages implements Pages {
    private static final String PATH = "/settings/audit";
    private static final int MOST = 100;
    private static final int BRIEF = 100;
    private final ServerParts parts;

    /// Over these parts.
    public AuditPages(ServerParts parts) {
        this.parts = parts;
    }

    /// What the page shows.
    ///
    /// @param changed the first row that is not as it was written
    /// @param older the address of older rows
    public record AuditPage(List<AuditLog.Entry> entries, Optional<Long> changed, Optional<String> older) {
        /// Makes the list unchangeable.
        public AuditPage {
            entries = List.copyOf(entries);
        }

        /// Whether the details of a row are more than a line or two.
        public boolean isLong(AuditLog.Entry entry) {
            return entry.details().length() > BRIEF;
        }

        /// How they begin.
        public String brief(AuditLog.Entry entry) {
            return entry.details().substring(0, BRIEF) + "…";
        }
    }

    @Override
    public List<NavEntry> entries() {
        return List.of();
    }

    @Override
    public List<WebRoute> routes() {
        return List.of(WebRoute.get(PATH, Role.ADMIN, this::show));
    }

    private Reply show(Visit visit) {
        List<AuditLog.Entry> rows = parts.audit().newest(visit.query("before", Long.MAX_VALUE), MOST);
        Optional<String> older = rows.size() < MOST
                ? Optional.empty()
                : Optional.of(PATH + "?before=" + rows.getLast().id());
        return Reply.page(
                "settings-audit.jte",
                "Audit Log",
                new AuditPage(rows, parts.audit().firstChanged(), older));
    }
}
