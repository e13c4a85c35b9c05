package io.skyferry.server.rest;

import io.skyferry.control.alert.Alert;
import io.skyferry.control.alert.AlertRule;
import io.skyferry.control.alert.Channel;
import io.skyferry.control.alert.Channels;
import io.skyferry.control.audit.AuditLog;
import io.skyferry.control.audit.Role;
import io.skyferry.control.json.JsonValue;
import io.skyferry.control.run.RefusedException;
import io.skyferry.control.schedule.Cron;
import io.skyferry.control.setting.Settings;
import io.skyferry.control.task.ConfigArchive;
import io.skyferry.server.ServerParts;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Alerts, where they go, settings, the audit log and schedules.
final class SystemRoutes {
    private static final int MOST_TIMES = 1000;
    private final ServerParts parts;

    SystemRoutes(ServerParts parts) {
        this.parts = parts;
    }

    record AlertView(
            long id,
            AlertRule rule,
            AlertRule.Level level,
            String object,
            String text,
            Instant raised,
            Instant latest,
            long times,
            Optional<Instant> dismissed) {}

    /// @param problem why the last attempt failed of what still waits to go this way
    record ChannelView(
            long id,
            String name,
            Channel.Kind kind,
            Map<String, String> settings,
            boolean hasSecret,
            Instant created,
            Optional<String> problem) {}

    record NewChannel(String name, Channel.Kind kind, Map<String, String> settings, Optional<String> secret) {
        /// Leaves the secret out.
        @Override
        public String toString() {
            return name;
        }
    }

    record Tested(long channels) {}

    record AuditView(long id, Instant at, String who, String origin, String action, String object, String details) {}

    record AuditState(boolean unchanged, Optional<Long> firstChanged) {}

    record Preview(String canonical, String sentence, String zone, List<Instant> next) {}

    record SettingChange(String value) {}

    record ExportWish(Optional<String> passphrase) {
        @Override
        public String toString() {
            return "ExportWish";
        }
    }

    record ImportWish(String archive, Optional<String> passphrase) {
        @Override
        public String toString() {
            return "ImportWish";
        }
    }

    record Rotated(long secrets) {}

    List<Route> all() {
        return List.of(
                Route.get(
                        "/alerts",
                        Role.READER,
                        new Shape.ListOf(AlertView.class),
                        "What somebody should look at",
                        _ -> parts.alerts().list().stream()
                                .map(SystemRoutes::view)
                                .toList()),
                Route.post(
                        "/alerts/{id}/dismiss",
                        Role.OPERATOR,
                        new Shape.Nothing(),
                        new Shape.Of(Route.Done.class),
                        "Says that somebody knows",
                        asked -> {
                            parts.alerts().dismiss(asked.number("id"), asked.caller());
                            return Route.Done.YES;
                        }),
                Route.post(
                        "/alerts/test",
                        Role.ADMIN,
                        new Shape.Nothing(),
                        new Shape.Of(Tested.class),
                        "Sends a notice by every channel",
                        asked -> new Tested(parts.alerts().test(asked.caller()))),
                Route.get(
                        "/channels",
                        Role.ADMIN,
                        new Shape.ListOf(ChannelView.class),
                        "Where alerts go",
                        _ -> parts.channels().list().stream()
                                .map(SystemRoutes::view)
                                .toList()),
                Route.post(
                        "/channels",
                        Role.ADMIN,
                        new Shape.Of(NewChannel.class),
                        new Shape.Of(ChannelView.class),
                        "Has alerts go somewhere",
                        this::addChannel),
                Route.delete("/channels/{name}", Role.ADMIN, "Has alerts go there no more", asked -> {
                    parts.channels().remove(asked.path("name"), asked.caller());
                    return Route.Done.YES;
                }),
                Route.get(
                        "/config",
                        Role.READER,
                        new Shape.Free("settings by name"),
                        "What is set for the whole product",
                        _ -> config()),
                Route.put(
                        "/config/{name}",
                        Role.ADMIN,
                        new Shape.Of(SettingChange.class),
                        new Shape.Free("settings by name"),
                        "Sets something for the whole product",
                        this::set),
                Route.post(
                        "/config/export",
                        Role.ADMIN,
                        new Shape.Of(ExportWish.class),
                        new Shape.Free("an archive"),
                        "Settings, credentials and tasks; with a passphrase sealed under it, and with all secrets",
                        asked -> JsonValue.parse(
                                archive().export(asked.body(ExportWish.class).passphrase(), asked.caller()))),
                Route.post(
                        "/config/import",
                        Role.ADMIN,
                        new Shape.Of(ImportWish.class),
                        new Shape.Of(ConfigArchive.Imported.class),
                        "Takes an archive in (the text of it): what has the same name is changed, all else is added",
                        this::take),
                Route.post(
                        "/config/rotate-key",
                        Role.ADMIN,
                        new Shape.Nothing(),
                        new Shape.Of(Rotated.class),
                        "Makes a new key and seals every secret under it",
                        this::rotate),
                Route.get(
                        "/audit",
                        Role.ADMIN,
                        new Shape.ListOf(AuditView.class),
                        "Who changed what, the newest first (`before`, `limit`)",
                        asked ->
                                parts.audit().newest(asked.query("before", Long.MAX_VALUE / 10), asked.limit()).stream()
                                        .map(SystemRoutes::view)
                                        .toList()),
                Route.get(
                        "/audit/state",
                        Role.ADMIN,
                        new Shape.Of(AuditState.class),
                        "Whether the audit log is as it was written",
                        _ -> {
                            Optional<Long> changed = parts.audit().firstChanged();
                            return new AuditState(changed.isEmpty(), changed);
                        }),
                Route.get(
                        "/schedules/preview",
                        Role.READER,
                        new Shape.Of(Preview.class),
                        "What a schedule means and when it is due (`cron`, `zone`, `count`)",
                        this::preview));
    }

    private static AlertView view(Alert one) {
        return new AlertView(
                one.id(),
                one.rule(),
                one.rule().level(),
                one.object(),
                one.words(),
                one.raised(),
                one.latest(),
                one.times(),
                one.dismissed());
    }

    private static ChannelView view(Channel one) {
        return new ChannelView(
                one.id(), one.name(), one.kind(), one.settings(), one.hasSecret(), one.created(), one.problem());
    }

    private static AuditView view(AuditLog.Entry one) {
        return new AuditView(one.id(), one.at(), one.who(), one.origin(), one.action(), one.object(), one.details());
    }

    private ChannelView addChannel(Asked asked) {
        NewChannel wish = asked.body(NewChannel.class);
        return view(parts.channels()
                .add(
                        new Channels.Wish(
                                wish.name(),
                                wish.kind(),
                                wish.settings(),
                                wish.secret().orElse("")),
                        asked.caller()));
    }

    private ConfigArchive archive() {
        return new ConfigArchive(parts.settings(), parts.credentials(), parts.tasks(), parts.channels());
    }

    private ConfigArchive.Imported take(Asked asked) {
        ImportWish wish = Wire.read(asked.large(), ImportWish.class);
        ConfigArchive.Imported made = archive().take(wish.archive(), wish.passphrase(), asked.caller());
        told(asked, "config.import", "%s credentials, %s tasks".formatted(made.credentials(), made.tasks()));
        return made;
    }

    private Rotated rotate(Asked asked) {
        long secrets = parts.vault().rotate(parts.database());
        told(asked, "config.rotate-key", "%s secrets".formatted(secrets));
        return new Rotated(secrets);
    }

    private void told(Asked asked, String action, String details) {
        parts.database().write(session -> {
            AuditLog.add(session, asked.caller(), parts.clock().instant(), action, "configuration", details);
            return true;
        });
    }

    private Map<String, String> config() {
        Map<String, String> all = new TreeMap<>();
        parts.settings().all().forEach((name, value) -> all.put(name.key(), value));
        return all;
    }

    private Map<String, String> set(Asked asked) {
        parts.settings()
                .set(
                        Settings.Name.of(asked.path("name")),
                        asked.body(SettingChange.class).value(),
                        asked.caller());
        return config();
    }

    private Preview preview(Asked asked) {
        try {
            Cron cron = Cron.parse(asked.query("cron").orElse(""));
            ZoneId zone = asked.query("zone").map(Cron::zone).orElse(parts.zone());
            int count = (int) Math.min(MOST_TIMES, asked.query("count", 25));
            return new Preview(
                    cron.toString(),
                    cron.sentence(),
                    zone.getId(),
                    cron.next(parts.clock().instant(), zone, count));
        } catch (IllegalArgumentException unreadable) {
            var refused = new RefusedException(String.valueOf(unreadable.getMessage()));
            refused.initCause(unreadable);
            throw refused;
        }
    }
}
