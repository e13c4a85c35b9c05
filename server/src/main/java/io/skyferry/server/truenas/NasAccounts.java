package io.skyferry.server.truenas;

import io.skyferry.control.audit.AuditLog;
import io.skyferry.control.audit.Caller;
import io.skyferry.control.audit.Role;
import io.skyferry.control.credential.Credential;
import io.skyferry.control.credential.SettingChanges;
import io.skyferry.control.crypt.Encryption;
import io.skyferry.control.exchange.TrueNasAccount;
import io.skyferry.control.exchange.TrueNasProvider;
import io.skyferry.control.json.JsonValue;
import io.skyferry.control.run.Places;
import io.skyferry.control.run.RefusedException;
import io.skyferry.control.task.InvalidException;
import io.skyferry.control.task.NotFoundException;
import io.skyferry.control.task.TaskJson;
import io.skyferry.server.ServerParts;
import io.skyferry.server.truenas.CallException.Errno;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ListPage;
import io.skyferry.storage.ListRequest;
import io.skyferry.storage.ModTime;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.StorageSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Credentials in TrueNAS's form, and what lies at their accounts.
final class NasAccounts {
    private static final int MOST_ENTRIES = 10_000;
    private final ServerParts parts;

    /// In which form an account is told.
    enum Form {
        /// The type inside, since 25.04.
        NEW,
        /// Type and attributes apart.
        OLD
    }

    NasAccounts(ServerParts parts) {
        this.parts = parts;
    }

    List<JsonValue.Members> all(Caller caller, Form form) {
        return parts.credentials().list().stream()
                .map(one -> shown(one, caller, form))
                .toList();
    }

    Credential get(long id) {
        return parts.credentials()
                .find(id)
                .orElseThrow(() -> new NotFoundException("CloudCredential %s does not exist".formatted(id)));
    }

    /// A credential as it is answered; only admins see secrets.
    JsonValue.Members shown(Credential credential, Caller caller, Form form) {
        boolean open = caller.role() == Role.ADMIN;
        Map<String, String> secrets = open
                ? parts.credentials()
                        .resolve(new StorageSpec(credential.name(), Map.of()))
                        .settings()
                : Map.of();
        TrueNasAccount account = TrueNasAccount.of(credential, secrets);
        Map<String, JsonValue> out = new LinkedHashMap<>();
        out.put("id", JsonValue.of(credential.id()));
        out.put("name", JsonValue.of(credential.name()));
        switch (form) {
            case NEW -> out.put("provider", account.json());
            case OLD -> {
                out.put("provider", JsonValue.of(account.type()));
                out.put("attributes", open ? account.fields() : JsonValue.of(TaskJson.HIDDEN));
            }
        }
        return new JsonValue.Members(out);
    }

    Credential create(JsonValue.Members given, Caller caller) {
        TrueNasAccount.Ours ours = checked(given, "provider");
        Credential made =
                said(() -> parts.credentials().add(name(given), ours.kind(), SettingChanges.of(ours.settings())));
        told(caller, "credential.create", made.name());
        return made;
    }

    private static String name(JsonValue.Members given) {
        if (given.get("name").orElse(new JsonValue.Null()) instanceof JsonValue.Text(String name) && !name.isEmpty()) {
            return name;
        }
        throw new InvalidException("name", "String should have at least 1 character");
    }

    /// Doing something with a credential.
    @FunctionalInterface
    private interface Doing {
        Credential done();
    }

    private static Credential said(Doing doing) {
        try {
            return doing.done();
        } catch (RefusedException refused) {
            var invalid = new InvalidException("name", String.valueOf(refused.getMessage()));
            invalid.initCause(refused);
            throw invalid;
        }
    }

    private TrueNasAccount.Ours checked(JsonValue.Members given, String field) {
        try {
            TrueNasAccount account = TrueNasAccount.read(given);
            TrueNasAccount.Ours ours = account.ours(parts.credentials().kinds());
            if (TrueNasProvider.of(account.type()).isPresent() && ours.kind().equals("s3")) {
                for (String needed : List.of("access-key-id", "secret-access-key")) {
                    if (!ours.settings().containsKey(needed) && !ours.hidden().contains(needed)) {
                        throw new InvalidException(field + "." + needed.replace('-', '_'), "Field required");
                    }
                }
            }
            Optional<String> unknown = ours.notes().stream()
                    .filter(note -> note.endsWith("left out"))
                    .findFirst();
            if (unknown.isPresent()) {
                throw new InvalidException(field, unknown.orElseThrow());
            }
            return ours;
        } catch (RefusedException refused) {
            var invalid = new InvalidException(field, String.valueOf(refused.getMessage()));
            invalid.initCause(refused);
            throw invalid;
        }
    }

    /// Changes name or account; an account is replaced as a whole, but for secrets that come back as asterisks.
    Credential update(long id, JsonValue.Members given, Caller caller) {
        Credential old = get(id);
        Optional<String> name = given.get("name").isPresent() ? Optional.of(name(given)) : Optional.empty();
        SettingChanges changes = SettingChanges.of(Map.of());
        if (given.get("provider").isPresent() || given.get("attributes").isPresent()) {
            JsonValue.Members whole = given.get("provider").isPresent()
                    ? given
                    : given.with("provider", JsonValue.of(TrueNasAccount.typeOf(old)));
            TrueNasAccount.Ours ours = checked(whole, "provider");
            if (!ours.kind().equals(old.provider())) {
                throw new InvalidException("provider", "Want a new credential for another kind of account");
            }
            Set<String> gone = new HashSet<>(old.settings().keySet());
            gone.addAll(old.secrets());
            gone.removeAll(ours.settings().keySet());
            ours.hidden().forEach(gone::remove);
            gone.remove(Places.ROOT_SETTING);
            changes = new SettingChanges(ours.settings(), gone);
        }
        SettingChanges wanted = changes;
        Credential changed = said(() -> parts.credentials().edit(old.name(), name, wanted));
        told(caller, "credential.update", changed.name());
        return changed;
    }

    JsonValue remove(long id, Caller caller) {
        Credential old = get(id);
        parts.credentials().remove(old.name());
        told(caller, "credential.delete", old.name());
        return JsonValue.of(true);
    }

    private void told(Caller caller, String action, String name) {
        parts.database().write(session -> {
            AuditLog.add(session, caller, parts.clock().instant(), action, "credential " + name, "");
            return true;
        });
    }

    /// Whether an account that is not saved can be listed; wrong settings are an answer, not an error.
    JsonValue verify(JsonValue.Members given) {
        Map<String, JsonValue> answer = new LinkedHashMap<>();
        String error = "";
        TrueNasAccount.Ours ours = checked(given, "provider");
        Map<String, String> settings = new HashMap<>(ours.settings());
        settings.putIfAbsent(Places.ROOT_SETTING, ours.kind().equals("local") ? "/" : "");
        try (Storage storage = parts.opener().open(new StorageSpec(ours.kind(), settings))) {
            storage.list(ListRequest.children(RelPath.ROOT));
        } catch (StorageException | RefusedException | IllegalArgumentException failure) {
            error = String.valueOf(failure.getMessage());
        }
        answer.put("valid", JsonValue.of(error.isEmpty()));
        answer.put("error", error.isEmpty() ? new JsonValue.Null() : JsonValue.of(error));
        answer.put(
                "excerpt",
                error.isEmpty()
                        ? new JsonValue.Null()
                        : JsonValue.of(error.lines().findFirst().orElse("")));
        return new JsonValue.Members(answer);
    }

    /// The names of buckets.
    JsonValue buckets(long id) {
        Credential credential = known(id);
        if (TrueNasProvider.of(TrueNasAccount.typeOf(credential))
                .flatMap(TrueNasProvider::bucketTitle)
                .isEmpty()) {
            throw new CallException(Errno.EINVAL, "This provider does not use buckets");
        }
        return rows(
                new StorageSpec(credential.name(), Map.of(Places.ROOT_SETTING, "")), Rows.BUCKETS, Optional.empty());
    }

    JsonValue createBucket(long id, String name) {
        Credential credential = known(id);
        if (!TrueNasAccount.typeOf(credential).equals(TrueNasProvider.STORJ_IX.name())) {
            throw new CallException(Errno.EINVAL, "This provider can't create buckets");
        }
        if (!name.matches("[a-z0-9.-]{3,63}")) {
            throw new InvalidException("name", "Want 3 to 63 lower-case letters, digits and hyphens");
        }
        Map<String, String> place = Map.of(Places.ROOT_SETTING, "");
        try (Storage storage = parts.opener().open(new StorageSpec(credential.name(), place))) {
            storage.makeDirectory(new RelPath(name));
        }
        return new JsonValue.Null();
    }

    private Credential known(long id) {
        return parts.credentials().find(id).orElseThrow(() -> new CallException(Errno.EINVAL, "Invalid credentials"));
    }

    /// What rows are about.
    enum Rows {
        /// Buckets.
        BUCKETS,
        /// Files and folders.
        FILES
    }

    /// What lies in one folder of a place.
    ///
    /// @param names which the names are encrypted by; empty: they are not
    JsonValue rows(StorageSpec place, Rows what, Optional<Encryption.Names> names) {
        List<JsonValue> rows = new ArrayList<>();
        Set<RelPath> seen = new HashSet<>();
        try (Storage storage = parts.opener().open(place)) {
            ListRequest request = ListRequest.children(RelPath.ROOT);
            while (rows.size() < MOST_ENTRIES) {
                ListPage page = storage.list(request);
                page.entries().stream()
                        .filter(one -> !(one instanceof Entry.Unusable) && seen.add(one.path()))
                        .forEach(one -> rows.add(row(one, what, names)));
                if (page.next().isEmpty()) {
                    break;
                }
                request = request.goOnAfter(page.next().orElseThrow());
            }
        } catch (StorageException failure) {
            String message = String.valueOf(failure.getMessage());
            var call = new CallException(
                    Errno.EFAULT, message, new JsonValue.Members(Map.of("excerpt", JsonValue.of(message))));
            call.initCause(failure);
            throw call;
        }
        return new JsonValue.Array(rows);
    }

    private static JsonValue row(Entry one, Rows what, Optional<Encryption.Names> names) {
        String name = one.path().text();
        Map<String, JsonValue> row = new LinkedHashMap<>();
        row.put("Path", JsonValue.of(name));
        row.put("Name", JsonValue.of(name));
        boolean file = one instanceof Entry.File;
        row.put("Size", JsonValue.of(one instanceof Entry.File known ? known.size() : -1));
        row.put("MimeType", JsonValue.of(file ? "application/octet-stream" : "inode/directory"));
        row.put("ModTime", JsonValue.of(modified(one)));
        row.put("IsDir", JsonValue.of(!file));
        if (what == Rows.BUCKETS) {
            row.put("IsBucket", JsonValue.of(true));
        }
        row.put("Enabled", JsonValue.of(true));
        // A name that does not decrypt is somebody else's, and goes without.
        if (names.map(known -> known.decode(name)).orElse(new Encryption.Translated.Refused(""))
                instanceof Encryption.Translated.Path(String clear)) {
            row.put("Decrypted", JsonValue.of(clear));
        }
        return new JsonValue.Members(row);
    }

    private static String modified(Entry one) {
        return one instanceof Entry.File file && file.modTime() instanceof ModTime.Known(Instant at)
                ? at.toString()
                : Instant.EPOCH.toString();
    }
}
