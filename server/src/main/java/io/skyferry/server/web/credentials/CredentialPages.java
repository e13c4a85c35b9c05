package io.skyferry.server.web.credentials;

import io.skyferry.control.audit.AuditLog;
import io.skyferry.control.audit.Role;
import io.skyferry.control.credential.Credential;
import io.skyferry.control.credential.SettingChanges;
import io.skyferry.control.credential.Verification;
import io.skyferry.control.run.Places;
import io.skyferry.control.run.RefusedException;
import io.skyferry.control.task.NotFoundException;
import io.skyferry.server.ServerParts;
import io.skyferry.server.web.Form;
import io.skyferry.server.web.NavEntry;
import io.skyferry.server.web.Pages;
import io.skyferry.server.web.Reply;
import io.skyferry.server.web.Visit;
import io.skyferry.server.web.WebRoute;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.StorageProvider.Setting;
import io.skyferry.storage.StorageSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The pages of credentials.
public final class CredentialPages implements Pages {
    private static final String LIST = "/credentials";
    /// In each provider's own order the first ones are what most people need.
    private static final int FIRST = 6;

    private final ServerParts parts;
    private final Cards cards;

    /// Over these parts.
    public CredentialPages(ServerParts parts) {
        this.parts = parts;
        this.cards = new Cards(parts);
    }

    @Override
    public List<NavEntry> entries() {
        return List.of(new NavEntry("Credentials", LIST, "key", 50, Role.READER));
    }

    @Override
    public List<WebRoute> routes() {
        return List.of(
                WebRoute.get(LIST, Role.READER, this::list),
                WebRoute.get(LIST + "/new", Role.OPERATOR, this::blank),
                WebRoute.post(LIST + "/new", Role.OPERATOR, this::add),
                WebRoute.post(LIST + "/try", Role.OPERATOR, this::tryUnsaved),
                WebRoute.get(LIST + "/{id}/edit", Role.OPERATOR, this::edit),
                WebRoute.post(LIST + "/{id}/edit", Role.OPERATOR, this::save),
                WebRoute.post(LIST + "/{id}/try", Role.OPERATOR, this::tryChanged),
                WebRoute.post(LIST + "/{id}/verify", Role.OPERATOR, this::verify),
                WebRoute.post(LIST + "/{id}/delete", Role.OPERATOR, this::remove));
    }

    private Reply list(Visit visit) {
        String search = visit.query("q").orElse("");
        return Reply.page(
                "credentials.jte",
                "Credentials",
                new CredentialsPage(cards.all(search), search, visit.query("verify", 0)));
    }

    private Credential byId(Visit visit) {
        long id = visit.number("id");
        return parts.credentials()
                .find(id)
                .orElseThrow(
                        () -> new NotFoundException("Want the number of a credential but have '%s'".formatted(id)));
    }

    private Collection<Setting> settings(String kind) {
        return parts.credentials().kinds().settings(kind).values();
    }

    private Reply blank(Visit visit) {
        Optional<String> kind = visit.query("kind");
        if (kind.isEmpty()) {
            List<KindsPage.Choice> kinds = parts.credentials().kinds().keys().stream()
                    .map(key -> new KindsPage.Choice(key, KindNames.title(key), KindNames.icon(key)))
                    .toList();
            return Reply.page("credential-kinds.jte", "Add a Credential", new KindsPage(kinds));
        }
        Form form = Form.ofOne(Map.of("name", freeName(KindNames.first(kind.orElseThrow()))));
        return Reply.page("credential.jte", "Add a Credential", blankForm(kind.orElseThrow(), form));
    }

    /// `Amazon S3`, and where that is taken `Amazon S3 2`.
    private String freeName(String wanted) {
        List<String> taken =
                parts.credentials().list().stream().map(Credential::name).toList();
        String free = wanted;
        for (int i = 2; taken.contains(free); i++) {
            free = wanted + " " + i;
        }
        return free;
    }

    private CredentialFormPage blankForm(String kind, Form form) {
        return formOf(LIST + "/new", kind, form, Optional.empty(), Optional.empty());
    }

    private CredentialFormPage formOf(
            String action,
            String kind,
            Form form,
            Optional<Credential> saved,
            Optional<CredentialCard.Refusal> refusal) {
        List<SettingField> first = new ArrayList<>();
        List<SettingField> more = new ArrayList<>();
        for (Setting setting : settings(kind)) {
            boolean kept =
                    saved.filter(one -> one.secrets().contains(setting.name())).isPresent();
            boolean path = setting.name().equals(Places.ROOT_SETTING);
            boolean needed = first.size() < FIRST || (setting.required() && !path);
            (needed ? first : more).add(SettingField.of(setting, path, kept));
        }
        Form shown = CredentialDraft.shown(form, settings(kind));
        return new CredentialFormPage(action, kind, KindNames.title(kind), shown, first, more, refusal);
    }

    private Reply add(Visit visit) {
        Form form = visit.form();
        String kind = form.value("kind");
        return form.submit(
                () -> {
                    Credential made = CredentialDraft.said(() -> parts.credentials()
                            .add(
                                    form.value("name").strip(),
                                    kind,
                                    SettingChanges.of(CredentialDraft.changes(form, settings(kind))
                                            .set())));
                    told(visit, "credential.create", made.name(), kind);
                    return saved(made);
                },
                again -> Reply.invalid("credential.jte", "Add a Credential", blankForm(kind, again)));
    }

    private static Reply saved(Credential one) {
        return Reply.to("%s?verify=%s#credential-%s".formatted(LIST, one.id(), one.id()))
                .saying("Saved '%s'. It is tried out now.".formatted(one.name()));
    }

    private Reply edit(Visit visit) {
        Credential old = byId(visit);
        return Reply.page(
                "credential.jte",
                "Edit " + old.name(),
                editForm(old, CredentialDraft.form(old.name(), old.settings())));
    }

    private CredentialFormPage editForm(Credential old, Form form) {
        return formOf(
                "%s/%s/edit".formatted(LIST, old.id()), old.provider(), form, Optional.of(old), cards.refusalOf(old));
    }

    private Reply save(Visit visit) {
        Form form = visit.form();
        Credential old = byId(visit);
        Collection<Setting> settings = settings(old.provider());
        return form.submit(
                () -> {
                    SettingChanges changes = CredentialDraft.changes(form, settings);
                    Credential changed = CredentialDraft.said(() -> parts.credentials()
                            .edit(old.name(), Optional.of(form.value("name").strip()), changes));
                    cards.forget(old.id());
                    told(
                            visit,
                            "credential.update",
                            changed.name(),
                            "settings " + changes.set().keySet());
                    return saved(changed);
                },
                again -> Reply.invalid("credential.jte", "Edit " + old.name(), editForm(old, again)));
    }

    private Reply remove(Visit visit) {
        Credential old = byId(visit);
        parts.credentials().remove(old.name());
        told(visit, "credential.delete", old.name(), "");
        return Reply.to(LIST).saying("Deleted '%s'.".formatted(old.name()));
    }

    private Reply tryUnsaved(Visit visit) {
        Form form = visit.form();
        String kind = form.value("kind");
        return tried(form, kind, Map.of());
    }

    private Reply tryChanged(Visit visit) {
        Credential old = byId(visit);
        Map<String, String> saved = parts.credentials()
                .resolve(new StorageSpec(old.name(), Map.of()))
                .settings();
        return tried(visit.form(), old.provider(), saved);
    }

    /// What is entered over what is saved.
    private Reply tried(Form form, String kind, Map<String, String> saved) {
        SettingChanges changes = CredentialDraft.changes(form, settings(kind));
        Map<String, String> all = new HashMap<>(saved);
        changes.unset().forEach(all::remove);
        all.putAll(changes.set());
        String base = all.getOrDefault(Places.ROOT_SETTING, "");
        String below = form.value("try").strip();
        all.put(Places.ROOT_SETTING, base.isEmpty() || below.isEmpty() ? base + below : base + "/" + below);
        return Reply.part("part/verified.jte", look(new StorageSpec(kind, all)));
    }

    private Verified look(StorageSpec place) {
        try {
            return Verified.of(
                    Verification.of(place, parts.opener(), parts.probe()),
                    parts.clock().instant());
        } catch (StorageException | RefusedException | IllegalArgumentException failure) {
            return Verified.of(failure, parts.clock().instant());
        }
    }

    private Reply verify(Visit visit) {
        Credential one = byId(visit);
        Verified verified = look(new StorageSpec(one.name(), Map.of(Places.ROOT_SETTING, "")));
        cards.remember(one.id(), verified);
        return visit.isForPart()
                ? Reply.part("part/verified.jte", verified)
                : Reply.to("%s#credential-%s".formatted(LIST, one.id())).saying(verified.words());
    }

    private void told(Visit visit, String action, String name, String details) {
        parts.database().write(session -> {
            AuditLog.add(session, visit.caller(), parts.clock().instant(), action, "credential " + name, details);
            return true;
        });
    }
}
