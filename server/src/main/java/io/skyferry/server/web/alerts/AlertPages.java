package io.skyferry.server.web.alerts;

import io.skyferry.control.alert.Alert;
import io.skyferry.control.audit.Role;
import io.skyferry.server.ServerParts;
import io.skyferry.server.web.NavEntry;
import io.skyferry.server.web.Pages;
import io.skyferry.server.web.Reply;
import io.skyferry.server.web.Visit;
import io.skyferry.server.web.WebRoute;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// The page of alerts.
public final class AlertPages implements Pages {
    private final ServerParts parts;

    /// Over these parts.
    public AlertPages(ServerParts parts) {
        this.parts = parts;
    }

    @Override
    public List<NavEntry> entries() {
        return List.of(new NavEntry("Alerts", "/alerts", "bell", 40, Role.READER));
    }

    @Override
    public List<WebRoute> routes() {
        return List.of(
                WebRoute.get("/alerts", Role.READER, _ -> list()),
                WebRoute.post("/alerts/{id}/dismiss", Role.OPERATOR, this::dismiss));
    }

    private Reply list() {
        List<AlertView> all = parts.alerts().list().stream()
                .sorted(Comparator.comparing(alert -> alert.dismissed().isPresent()))
                .map(AlertView::of)
                .toList();
        return Reply.page("alerts.jte", "Alerts", new AlertsPage(all));
    }

    private Reply dismiss(Visit visit) {
        parts.alerts().dismiss(visit.number("id"), visit.caller());
        return Reply.to("/alerts").saying("Dismissed. It comes back when it happens again after it was well.");
    }

    /// What the page shows.
    public record AlertsPage(List<AlertView> alerts) {
        /// Makes the list unchangeable.
        public AlertsPage {
            alerts = List.copyOf(alerts);
        }
    }

    /// An alert and where it leads.
    ///
    /// @param title what it is about
    /// @param next what to do
    /// @param path where to look
    /// @param tone as of a state
    public record AlertView(Alert alert, String title, String next, String path, String tone) {
        /// What happened, as a sentence.
        public String words() {
            String words = alert.words();
            return words.isEmpty() ? words : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
        }

        /// With the words of its rule.
        public static AlertView of(Alert alert) {
            String number = alert.object().replaceAll("[^0-9]", "");
            String runs = number.isEmpty() ? "/runs" : "/runs?task=" + number;
            String tone = switch (alert.rule().level()) {
                case ERROR -> "bad";
                case WARNING -> "warn";
                case INFO -> "still";
            };
            return switch (alert.rule()) {
                case TASK_FAILED ->
                    new AlertView(
                            alert,
                            "A task failed",
                            "Look at its last run: it says the cause and what helps. The alert goes with the next success.",
                            runs,
                            tone);
                case TASK_STALE ->
                    new AlertView(
                            alert,
                            "A task has not succeeded for long",
                            "See whether it is enabled, and why its runs do not end well.",
                            runs,
                            tone);
                case TASK_LOCKED ->
                    new AlertView(
                            alert,
                            "A task is locked",
                            "Something that it needs cannot be opened now; the alert says what. The task runs again when it can.",
                            runs,
                            tone);
                case CREDENTIAL_EXPIRING, CREDENTIAL_REFUSED ->
                    new AlertView(
                            alert,
                            "A credential needs care",
                            "Edit the credential, enter or sign in anew, and use Verify Credential.",
                            "/credentials",
                            tone);
                case DISK_FULL ->
                    new AlertView(
                            alert,
                            "No space is left",
                            "Make space where the alert says; in Skyferry's own folder fewer logs can be kept.",
                            "/runs",
                            tone);
                case PROVIDER_RETIRED ->
                    new AlertView(
                            alert,
                            "A kind of storage is unknown",
                            "Make a credential of a kind that this version knows, and give it to the tasks.",
                            "/credentials",
                            tone);
                case TEST ->
                    new AlertView(
                            alert, "A test", "Nothing is to be done: this shows that alerts arrive.", "/alerts", tone);
            };
        }
    }
}
