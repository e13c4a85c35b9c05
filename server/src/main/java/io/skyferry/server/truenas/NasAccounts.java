package io.skyferry.server.truenas;

import io.skyferry.control.audit.AuditLog;
import io.skyferry.control.audit.Caller;
import io.skyferry.control.audit.Role;
import io.skyferry.control.credential.Credential;
import io.skyferry.control.credential.Kinds;
import io.skyferry.control.credential.SettingChanges;
import io.skyferry.control.crypt.Encryption;
import io.skyferry.control.exchange.TrueNasAccount;
import io.skyferry.control.exchange.TrueNasProvider;
import io.skyferry.control.json.JsonValue;
import io.skyferry.control.run.Places;
import io.skyferry.control.run.RefusedException;
import io.skyferry.control.task.FieldError;
import io.skyferry.control.task.InvalidException;
import io.skyferry.control.task.NotFoundException;
import io.skyferry.control.task.TaskJson;
import io.skyferry.server.ServerParts;
import io.skyferry.server.truenas.CallException.Errno;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
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
    private static final String PROVIDER = "provider";
    private final ServerParts parts;
    private final NasForms forms;

    /// In which form an account is told.
    enum Form {
        /// The type inside, since 25.04.
        NEW,
        /// Type and attributes apart.
        OLD
    }

    NasAccounts(ServerParts parts) {
        this.parts = parts;
        this.forms = new NasForms(parts.credentials().kinds());
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
            case NEW -> out.put(PROVIDER, account.json());
            case OLD -> {
                out.put(PROVIDER, JsonValue.of(account.type()));
                out.put("attributes", open ? account.fields() : JsonValue.of(TaskJson.HIDDEN));
            }
        }
        return new JsonValue.Members(out);
    }

    Credential create(JsonValue.Members given, Caller caller) {
        refuseOthers(given);
        TrueNasAccount.Ours ours = forms.checked(given, PROVIDER);
        Credential made =
                said(() -> parts.credentials().add(name(given), ours.kind(), SettingChanges.of(ours.settings())));
        told(caller, "credential.create", made.name());
        return made;
    }

    /// A client may send back the number that it was told.
    private static void refuseOthers(JsonValue.Members given) {
        for (String name : given.members().keySet()) {
            if (!List.of("id", "name", PROVIDER, "attributes").contains(name)) {
                throw new InvalidException(name, "Extra inputs are not permitted");
            }
        }
    }

    private static String name(JsonValue.Members given) {
        if (given.get("name").isEmpty()) {
            throw new InvalidException("name", "Field required");
        }
        if (given.get("name").orElseThrow() instanceof JsonValue.Text(String name) && !name.isEmpty()) {
            return name;
        }
        throw new InvalidException("name", "String should have at least 1 character");
    }

    /// Doing something with a credential.
    @FunctionalInterface
    private interface Doing {
        Credential done();
    }

    /// The fields of the account were checked before, each alone: what is refused now is the name, or what they
    /// mean together.
    private static Credential said(Doing doing) {
        try {
            return doing.done();
        } catch (RefusedException refused) {
            var invalid = new InvalidException(
                    refused.fields().isEmpty()
                            ? List.of(new FieldError("name", String.valueOf(refused.getMessage())))
                            : FieldError.of(refused.fields(), NasAccounts::field));
            invalid.initCause(refused);
            throw invalid;
        }
    }

    private static String field(String path) {
        return path.startsWith(Kinds.PREFIX)
                ? PROVIDER + "." + path.substring(Kinds.PREFIX.length()).replace('-', '_')
                : path;
    }

    /// Changes name or account; an account is replaced as a whole, but for secrets that come back as asterisks and
    /// for what TrueNAS has no word for.
    Credential update(long id, JsonValue.Members given, Caller caller) {
        Credential old = get(id);
        refuseOthers(given);
        Optional<String> name = given.get("name").isPresent() ? Optional.of(name(given)) : Optional.empty();
        SettingChanges changes = SettingChanges.of(Map.of());
        if (given.get(PROVIDER).isPresent() || given.get("attributes").isPresent()) {
            JsonValue.Members whole = given.get(PROVIDER).isPresent()
                    ? given
                    : given.with(PROVIDER, JsonValue.of(TrueNasAccount.typeOf(old)));
            TrueNasAccount.Ours ours = forms.checked(whole, PROVIDER);
            if (!ours.kind().equals(old.provider())) {
                throw new InvalidException(PROVIDER, "Want a new credential for another kind of account");
            }
            TrueNasAccount account =
                    TrueNasAccount.read(whole).whole(parts.credentials().kinds());
            changes = new SettingChanges(ours.settings(), account.gone(old, ours));
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
        String error = "";
        TrueNasAccount.Ours ours = forms.checked(given, PROVIDER);
        Map<String, String> settings = new HashMap<>(ours.settings());
        boolean local = ours.kind().equals("local");
        // Where it begins at no folder, it reaches those that are allowed.
        String usual = local ? parts.settings().allowedFolders().getFirst().toString() : "";
        settings.putIfAbsent(Places.ROOT_SETTING, usual);
        try {
            parts.tasks().expectReachable(ours.kind(), settings.getOrDefault(Places.ROOT_SETTING, ""));
        } catch (RefusedException away) {
            return verified(String.valueOf(away.getMessage()));
        }
        try (Storage storage = parts.opener().open(new StorageSpec(ours.kind(), settings))) {
            storage.list(ListRequest.children(RelPath.ROOT));
        } catch (StorageException | RefusedException | IllegalArgumentException failure) {
            error = String.valueOf(failure.getMessage());
        }
        return verified(error);
    }

    private static JsonValue verified(String error) {
        Map<String, JsonValue> answer = new LinkedHashMap<>();
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
        if (credential.settings().containsKey(Places.ROOT_SETTING)) {
            throw new CallException(
                    Errno.EINVAL,
                    "The credential '%s' begins in '%s': it sees no other buckets"
                            .formatted(credential.name(), credential.settings().get(Places.ROOT_SETTING)));
        }
        return rows(
                new StorageSpec(credential.name(), Map.of(Places.ROOT_SETTING, "")), Rows.BUCKETS, Optional.empty());
    }

    JsonValue createBucket(long id, String name) {
        Credential credential = known(id);
        if (!TrueNasAccount.typeOf(credential).equals(TrueNasProvider.STORJ_IX.name())) {
            throw new CallException(Errno.EINVAL, "This provider can't create buckets");
        }
        if (!name.matches("[a-z0-9-]*")) {
            throw new InvalidException("name", "Want a name that has only lowercase letters, numbers, and hyphens");
        }
        if (name.length() < 3 || name.length() > 63) {
            throw new InvalidException("name", "Want a name that is between 3-63 characters long");
        }
        var place = new StorageSpec(credential.name(), Map.of(Places.ROOT_SETTING, ""));
        try (Storage storage = parts.opener().open(place)) {
            if (isThere(storage, name)) {
                throw new CallException(Errno.EEXIST, "Bucket '%s' already exists".formatted(name));
            }
            storage.makeDirectory(new RelPath(name));
        } catch (StorageException failure) {
            boolean another = failure.kind() == ErrorKind.ALREADY_EXISTS;
            var call = new CallException(another ? Errno.EEXIST : Errno.EFAULT, String.valueOf(failure.getMessage()));
            call.initCause(failure);
            throw call;
        }
        return new JsonValue.Null();
    }

    /// Making one that is there already would go well, as far as it is this account's own.
    private static boolean isThere(Storage storage, String bucket) {
        ListRequest request = ListRequest.children(RelPath.ROOT);
        while (true) {
            ListPage page = storage.list(request);
            if (page.entries().stream().anyMatch(one -> one.path().text().equals(bucket))) {
                return true;
            }
            if (page.next().isEmpty()) {
                return false;
            }
            request = request.goOnAfter(page.next().orElseThrow());
        }
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
