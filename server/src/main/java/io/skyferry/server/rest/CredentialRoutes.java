package io.skyferry.server.rest;

import io.skyferry.control.audit.AuditLog;
import io.skyferry.control.audit.Role;
import io.skyferry.control.credential.Credential;
import io.skyferry.control.credential.Kinds;
import io.skyferry.control.credential.SettingChanges;
import io.skyferry.control.credential.Verification;
import io.skyferry.control.run.Places;
import io.skyferry.control.task.Directories;
import io.skyferry.control.task.NotFoundException;
import io.skyferry.control.task.Task;
import io.skyferry.probe.ProbeReport;
import io.skyferry.server.ServerParts;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ListPage;
import io.skyferry.storage.ListRequest;
import io.skyferry.storage.ModTime;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageProvider.Setting;
import io.skyferry.storage.StorageProvider.Top;
import io.skyferry.storage.StorageSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Accounts and what lies at them.
final class CredentialRoutes {
    private static final int MOST_ENTRIES = 10_000;
    private final ServerParts parts;
    private final Directories directories;

    CredentialRoutes(ServerParts parts) {
        this.parts = parts;
        this.directories = parts.directories();
    }

    record SettingView(
            String name, String label, String help, boolean required, boolean secret, String takes, String usual) {}

    /// @param buckets whether its accounts hold buckets
    record ProviderView(String key, boolean buckets, List<SettingView> settings) {}

    record BucketView(String name) {}

    record NewBucket(String name) {}

    /// @param secrets the names of the secret settings that are set: their values are never told
    record CredentialView(
            long id,
            String name,
            String provider,
            Map<String, String> settings,
            Set<String> secrets,
            List<Long> tasks,
            Instant created,
            Instant changed,
            Optional<Instant> expires) {}

    record NewCredential(String name, String provider, Map<String, String> settings) {}

    /// @param settings an empty text takes a setting away
    record CredentialChange(Optional<String> name, Optional<Map<String, String>> settings) {}

    record Expiry(Optional<Instant> at) {}

    record FindingView(String what, String verdict, String words) {}

    record VerificationView(boolean valid, List<FindingView> findings) {}

    record EntryView(String path, String name, boolean directory, Optional<Long> size, Optional<Instant> modified) {}

    List<Route> all() {
        return List.of(
                Route.get(
                        "/providers",
                        Role.READER,
                        new Shape.ListOf(ProviderView.class),
                        "Kinds of storage and what can be set for each",
                        _ -> providers()),
                Route.get(
                        "/credentials",
                        Role.READER,
                        new Shape.ListOf(CredentialView.class),
                        "All credentials",
                        _ -> list()),
                Route.post(
                        "/credentials",
                        Role.OPERATOR,
                        new Shape.Of(NewCredential.class),
                        new Shape.Of(CredentialView.class),
                        "Saves a credential, without asking the account anything",
                        this::add),
                Route.get(
                        "/credentials/{id}",
                        Role.READER,
                        new Shape.Of(CredentialView.class),
                        "One credential",
                        asked -> view(byId(asked))),
                Route.patch(
                        "/credentials/{id}",
                        Role.OPERATOR,
                        new Shape.Of(CredentialChange.class),
                        new Shape.Of(CredentialView.class),
                        "Changes a credential",
                        this::change),
                Route.delete(
                        "/credentials/{id}", Role.OPERATOR, "Deletes a credential that nothing uses", this::remove),
                Route.put(
                        "/credentials/{id}/expiry",
                        Role.OPERATOR,
                        new Shape.Of(Expiry.class),
                        new Shape.Of(CredentialView.class),
                        "Says until when the account takes a credential, so that an alert comes before; null: not known",
                        this::expire),
                Route.post(
                        "/credentials/{id}/verify",
                        Role.OPERATOR,
                        new Shape.Nothing(),
                        new Shape.Of(VerificationView.class),
                        "Tries a place of an account (`path`) out, and tells in words what was found",
                        this::verify),
                Route.get(
                        "/credentials/{id}/entries",
                        Role.OPERATOR,
                        new Shape.ListOf(EntryView.class),
                        "What lies at a place of an account (`path`): buckets at the top, then folders and files",
                        this::entries),
                Route.get(
                        "/credentials/{id}/buckets",
                        Role.OPERATOR,
                        new Shape.ListOf(BucketView.class),
                        "The buckets of an account",
                        asked -> directories.buckets(asked.number("id"), asked.caller()).stream()
                                .map(BucketView::new)
                                .toList()),
                Route.post(
                        "/credentials/{id}/buckets",
                        Role.OPERATOR,
                        new Shape.Of(NewBucket.class),
                        new Shape.Of(BucketView.class),
                        "Makes a bucket; its name is checked before the account is asked",
                        this::makeBucket),
                Route.post(
                        "/entries",
                        Role.OPERATOR,
                        new Shape.Free("`credentials`, `attributes`, a task's fields about encryption, `task`"),
                        new Shape.ListOf(Directories.Row.class),
                        "What lies in the folder of a task that need not be saved, with what encrypted names stand for",
                        asked -> directories.list(asked.members(), asked.caller())),
                Route.get(
                        "/tasks/{id}/entries",
                        Role.OPERATOR,
                        new Shape.ListOf(Directories.Row.class),
                        "What lies at the account's side of a task (`path` below its folder), under its plain names",
                        asked -> directories.ofTask(
                                asked.number("id"), asked.query("path").orElse(""), asked.caller())));
    }

    private BucketView makeBucket(Asked asked) {
        NewBucket wish = asked.body(NewBucket.class);
        directories.makeBucket(asked.number("id"), wish.name(), asked.caller());
        return new BucketView(wish.name());
    }

    private List<ProviderView> providers() {
        Kinds kinds = parts.credentials().kinds();
        return kinds.keys().stream()
                .map(key -> new ProviderView(
                        key,
                        kinds.top(key) == Top.BUCKET,
                        kinds.settings(key).values().stream()
                                .map(CredentialRoutes::setting)
                                .toList()))
                .toList();
    }

    private static SettingView setting(Setting one) {
        return new SettingView(
                one.name(),
                one.label(),
                one.help(),
                one.required(),
                one.secret(),
                one.kind().words(),
                one.usual());
    }

    private List<CredentialView> list() {
        List<Task> tasks = parts.tasks().list();
        return parts.credentials().list().stream().map(one -> view(one, tasks)).toList();
    }

    private CredentialView view(Credential one) {
        return view(one, parts.tasks().list());
    }

    private static CredentialView view(Credential one, List<Task> tasks) {
        return new CredentialView(
                one.id(),
                one.name(),
                one.provider(),
                one.settings(),
                one.secrets(),
                tasks.stream()
                        .filter(task -> task.fields().credential() == one.id())
                        .map(Task::id)
                        .toList(),
                one.created(),
                one.changed(),
                one.expires());
    }

    private Credential byId(Asked asked) {
        long id = asked.number("id");
        return parts.credentials().list().stream()
                .filter(one -> one.id() == id)
                .findFirst()
                .orElseThrow(
                        () -> new NotFoundException("Want the number of a credential but have '%s'".formatted(id)));
    }

    private void told(Asked asked, String action, String name, String details) {
        parts.database().write(session -> {
            AuditLog.add(session, asked.caller(), parts.clock().instant(), action, "credential " + name, details);
            return true;
        });
    }

    private CredentialView add(Asked asked) {
        NewCredential wish = asked.body(NewCredential.class);
        Credential made = parts.credentials().add(wish.name(), wish.provider(), SettingChanges.of(wish.settings()));
        told(asked, "credential.create", made.name(), made.provider());
        return view(made);
    }

    private CredentialView change(Asked asked) {
        CredentialChange wish = asked.body(CredentialChange.class);
        Credential old = byId(asked);
        var changes = SettingChanges.of(wish.settings().orElse(Map.of()));
        Credential changed = parts.credentials().edit(old.name(), wish.name(), changes);
        told(
                asked,
                "credential.update",
                changed.name(),
                "settings " + changes.set().keySet());
        return view(changed);
    }

    private CredentialView expire(Asked asked) {
        Expiry wish = asked.body(Expiry.class);
        Credential changed = parts.credentials().expire(byId(asked).name(), wish.at());
        told(
                asked,
                "credential.expiry",
                changed.name(),
                wish.at().map(Instant::toString).orElse("not known"));
        return view(changed);
    }

    private Route.Done remove(Asked asked) {
        Credential old = byId(asked);
        parts.credentials().remove(old.name());
        told(asked, "credential.delete", old.name(), "");
        return Route.Done.YES;
    }

    private StorageSpec place(Asked asked) {
        Credential credential = byId(asked);
        String path = asked.query("path").orElse("");
        parts.tasks().expectReachable(credential, path);
        return new StorageSpec(credential.name(), Map.of(Places.ROOT_SETTING, path));
    }

    private VerificationView verify(Asked asked) {
        ProbeReport report = Verification.of(place(asked), parts.opener(), parts.probe());
        if (report.refused()) {
            parts.watch().refused(byId(asked).name());
        } else if (report.isRight()) {
            parts.watch().taken(byId(asked).name());
        }
        return new VerificationView(
                report.isRight(),
                report.findings().stream()
                        .map(one -> new FindingView(one.what(), one.verdict().name(), one.words()))
                        .toList());
    }

    private List<EntryView> entries(Asked asked) {
        List<EntryView> found = new ArrayList<>();
        Set<String> names = new HashSet<>();
        try (Storage storage = parts.opener().open(place(asked))) {
            ListRequest request = ListRequest.children(RelPath.ROOT);
            while (found.size() < MOST_ENTRIES) {
                ListPage page = storage.list(request);
                page.entries().stream()
                        .map(CredentialRoutes::entry)
                        .filter(one -> names.add(one.path()))
                        .forEach(found::add);
                if (page.next().isEmpty()) {
                    break;
                }
                request = request.goOnAfter(page.next().orElseThrow());
            }
        }
        return found;
    }

    private static EntryView entry(Entry one) {
        String path = one.path().text();
        String name = path.substring(path.lastIndexOf('/') + 1);
        return switch (one) {
            case Entry.File file ->
                new EntryView(
                        path,
                        name,
                        false,
                        file.size() < 0 ? Optional.empty() : Optional.of(file.size()),
                        file.modTime() instanceof ModTime.Known(Instant at) ? Optional.of(at) : Optional.empty());
            case Entry.Directory _ -> new EntryView(path, name, true, Optional.empty(), Optional.empty());
            case Entry.Unusable unusable -> other(path, unusable.rawName());
            case Entry.Special _ -> other(path, name);
            case Entry.Unlisted _ -> other(path, name);
            case Entry.Leftover _ -> other(path, name);
        };
    }

    private static EntryView other(String path, String name) {
        return new EntryView(path, name, false, Optional.empty(), Optional.empty());
    }
}
