package io.skyferry.server.web.settings;

import io.skyferry.control.alert.Channel;
import io.skyferry.control.alert.Channels;
import io.skyferry.control.audit.Role;
import io.skyferry.control.task.NotFoundException;
import io.skyferry.server.ServerParts;
import io.skyferry.server.web.Form;
import io.skyferry.server.web.NavEntry;
import io.skyferry.server.web.Pages;
import io.skyferry.server.web.Reply;
import io.skyferry.server.web.Visit;
import io.skyferry.server.web.WebRoute;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Where alerts go.
public final class ChannelPages implements Pages {
    private static final String PATH = "/settings/notifications";
    private static final String TITLE = "Notifications";

    private static final Map<Channel.Kind, List<String>> FIELDS = Map.of(
            Channel.Kind.MAIL, List.of("host", "port", "security", "user", "from", "to"),
            Channel.Kind.WEBHOOK, List.of("url"),
            Channel.Kind.COMMAND, List.of("command"));

    private final ServerParts parts;

    /// Over these parts.
    public ChannelPages(ServerParts parts) {
        this.parts = parts;
    }

    /// What the page shows.
    ///
    /// @param kind of the channel that is made; its form is shown
    public record ChannelsPage(List<Channel> channels, Channel.Kind kind, Form form) {
        /// Makes the list unchangeable.
        public ChannelsPage {
            channels = List.copyOf(channels);
        }
    }

    @Override
    public List<NavEntry> entries() {
        return List.of();
    }

    @Override
    public List<WebRoute> routes() {
        return List.of(
                WebRoute.get(PATH, Role.ADMIN, this::show),
                WebRoute.post(PATH, Role.ADMIN, this::add),
                WebRoute.post(PATH + "/test", Role.ADMIN, this::test),
                WebRoute.post(PATH + "/{id}/delete", Role.ADMIN, this::remove));
    }

    private static Channel.Kind kind(String text) {
        return Arrays.stream(Channel.Kind.values())
                .filter(one -> one.name().equalsIgnoreCase(text))
                .findFirst()
                .orElse(Channel.Kind.MAIL);
    }

    private Reply show(Visit visit) {
        Channel.Kind kind = kind(visit.query("kind").orElse(""));
        Form form =
                Form.ofOne(Map.of("name", kind.name().toLowerCase(Locale.ROOT), "port", "587", "security", "starttls"));
        return Reply.page("settings-notifications.jte", TITLE, view(kind, form));
    }

    private ChannelsPage view(Channel.Kind kind, Form form) {
        return new ChannelsPage(parts.channels().list(), kind, form);
    }

    private Reply add(Visit visit) {
        Form form = visit.form();
        Channel.Kind kind = kind(form.value("kind"));
        return form.submit(
                () -> {
                    Map<String, String> settings = new HashMap<>();
                    for (String name : FIELDS.getOrDefault(kind, List.of())) {
                        if (!form.value(name).isBlank()) {
                            settings.put(name, form.value(name).strip());
                        }
                    }
                    Channel made = parts.channels()
                            .add(
                                    new Channels.Wish(form.value("name").strip(), kind, settings, form.value("secret")),
                                    visit.caller());
                    return Reply.to(PATH)
                            .saying("Alerts go to '%s' as well. Send a test to see that they arrive."
                                    .formatted(made.name()));
                },
                again -> Reply.invalid("settings-notifications.jte", TITLE, view(kind, again.without("secret"))));
    }

    private Reply test(Visit visit) {
        int channels = parts.alerts().test(visit.caller());
        return Reply.to(PATH)
                .saying("A test is on its way by %s. It arrives within seconds, or this page tells why not."
                        .formatted(channels == 1 ? "one channel" : channels + " channels"));
    }

    private Reply remove(Visit visit) {
        long id = visit.number("id");
        Channel gone = parts.channels().list().stream()
                .filter(one -> one.id() == id)
                .findFirst()
                .orElseThrow(() -> new NotFoundException("Want the number of a channel but have '%s'".formatted(id)));
        parts.channels().remove(gone.name(), visit.caller());
        return Reply.to(PATH).saying("Alerts go to '%s' no more.".formatted(gone.name()));
    }
}
