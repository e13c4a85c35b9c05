package io.skyferry.server.web.settings;

import io.skyferry.control.audit.Role;
import io.skyferry.control.run.RefusedException;
import io.skyferry.control.setting.Settings;
import io.skyferry.control.task.FieldError;
import io.skyferry.control.task.InvalidException;
import io.skyferry.server.ServerParts;
import io.skyferry.server.web.Form;
import io.skyferry.server.web.NavEntry;
import io.skyferry.server.web.Pages;
import io.skyferry.server.web.Reply;
import io.skyferry.server.web.Visit;
import io.skyferry.server.web.WebRoute;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What is set for the whole product.
public final class GeneralPages implements Pages {
    private static final String PATH = "/settings";
    private static final String TITLE = "Settings";
    private final ServerParts parts;

    /// Over these parts.
    public GeneralPages(ServerParts parts) {
        this.parts = parts;
    }

    /// What the page shows.
    ///
    /// @param database where it is, without what leads into it
    public record GeneralPage(Form form, String database, String zone, String version) {}

    @Override
    public List<NavEntry> entries() {
        return List.of(new NavEntry(TITLE, PATH, "settings", 60, Role.READER));
    }

    @Override
    public List<WebRoute> routes() {
        return List.of(WebRoute.get(PATH, Role.READER, _ -> show()), WebRoute.post(PATH, Role.ADMIN, this::save));
    }

    private GeneralPage page(Form form) {
        return new GeneralPage(
                form, parts.database().displayName(), parts.zone().toString(), parts.version());
    }

    private Reply show() {
        Map<String, String> values = new HashMap<>();
        parts.settings().all().forEach((name, value) -> values.put(name.key(), value));
        return Reply.page("settings.jte", TITLE, page(Form.ofOne(values)));
    }

    private Reply save(Visit visit) {
        Form form = visit.form();
        return form.submit(
                () -> {
                    List<FieldError> errors = new ArrayList<>();
                    Map<Settings.Name, String> now = parts.settings().all();
                    for (Settings.Name name : Settings.Name.values()) {
                        String value =
                                form.value(name.key()).replace("\r\n", "\n").strip();
                        if (!value.equals(now.get(name))) {
                            set(name, value, visit, errors);
                        }
                    }
                    if (!errors.isEmpty()) {
                        throw new InvalidException(errors);
                    }
                    return Reply.to(PATH).saying("Saved. It holds for runs that begin from now on.");
                },
                again -> Reply.invalid("settings.jte", TITLE, page(again)));
    }

    private void set(Settings.Name name, String value, Visit visit, List<FieldError> errors) {
        try {
            parts.settings().set(name, value, visit.caller());
        } catch (RefusedException refused) {
            errors.add(new FieldError(name.key(), String.valueOf(refused.getMessage())));
        }
    }
}
