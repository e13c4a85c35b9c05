package io.skyferry.control.task;

import io.skyferry.control.audit.AuditLog;
import io.skyferry.control.audit.Caller;
import io.skyferry.control.audit.Role;
import io.skyferry.control.credential.Credential;
import io.skyferry.control.credential.Credentials;
import io.skyferry.control.crypt.Encryption;
import io.skyferry.control.crypt.Encryption.Translated;
import io.skyferry.control.json.JsonValue;
import io.skyferry.control.run.Browser;
import io.skyferry.control.run.NewDirectories;
import io.skyferry.control.run.Places;
import io.skyferry.control.run.RefusedException;
import io.skyferry.control.run.StorageOpener;
import io.skyferry.control.store.AppDatabase;
import io.skyferry.engine.work.CancelFlag;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.LayerSpec;
import io.skyferry.storage.ModTime;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.StorageProvider.Top;
import io.skyferry.storage.StorageSpec;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Looks into accounts for whoever sets up a task: buckets, folders, and what encrypted names stand for.
public final class Directories {
    private final AppDatabase database;
    private final Tasks tasks;
    private final Credentials credentials;
    private final StorageOpener opener;
    private final Encryption encryption;
    private final InstantSource clock;

    /// @param opener for a person who waits
    public Directories(
            AppDatabase database,
            Tasks tasks,
            Credentials credentials,
            StorageOpener opener,
            Encryption encryption,
            InstantSource clock) {
        this.database = database;
        this.tasks = tasks;
        this.credentials = credentials;
        this.opener = opener;
        this.encryption = encryption;
        this.clock = clock;
    }

    /// Something that lies there.
    ///
    /// @param name as the account knows it
    /// @param size in bytes; empty for what is no file, and where it is not known
    /// @param decrypted what the name stands for; empty where it is plain, or no name that the password made
    /// @param problem why no task can take it; empty: it can
    public record Row(
            String name,
            boolean directory,
            Optional<Long> size,
            Optional<Instant> modified,
            Optional<String> decrypted,
            Optional<String> problem) {}

    private Credential withBuckets(long credential) {
        Credential there = credentials
                .find(credential)
                .orElseThrow(() ->
                        new NotFoundException("Want the number of a credential but have '%s'".formatted(credential)));
        if (credentials.kinds().top(there.provider()) != Top.BUCKET) {
            throw new RefusedException("This provider does not use buckets");
        }
        if (there.settings().containsKey(Places.ROOT_SETTING)) {
            throw new RefusedException("The credential '%s' begins in '%s': it sees no other buckets"
                    .formatted(there.name(), there.settings().get(Places.ROOT_SETTING)));
        }
        return there;
    }

    private static StorageSpec place(Credential credential, String path) {
        return new StorageSpec(credential.name(), Map.of(Places.ROOT_SETTING, path));
    }

    /// The buckets of an account, by name.
    ///
    /// @throws RefusedException if it has none
    /// @throws StorageException if the account does not tell: some keys may not
    public List<String> buckets(long credential, Caller caller) {
        Tasks.expect(caller, Role.OPERATOR);
        return new Browser(opener)
                .children(place(withBuckets(credential), ""), new CancelFlag()).stream()
                        .map(entry -> entry.path().text())
                        .toList();
    }

    /// Makes a bucket; one of this name that the account has already is fine.
    ///
    /// @throws InvalidException if no bucket can be called so; the account was not asked then
    public void makeBucket(long credential, String name, Caller caller) {
        Tasks.expect(caller, Role.OPERATOR);
        Credential there = withBuckets(credential);
        if (name.isEmpty() || name.indexOf('/') >= 0) {
            throw new InvalidException("name", "Want the name of a bucket but have '%s'".formatted(name));
        }
        try {
            new NewDirectories(opener).make(place(there, name));
        } catch (StorageException refused) {
            if (refused.kind() == ErrorKind.NAME_REJECTED || refused.kind() == ErrorKind.MISCONFIGURED) {
                var invalid = new InvalidException("name", String.valueOf(refused.getMessage()));
                invalid.initCause(refused);
                throw invalid;
            }
            throw refused;
        } catch (IllegalArgumentException | RefusedException wrong) {
            var invalid = new InvalidException("name", String.valueOf(wrong.getMessage()));
            invalid.initCause(wrong);
            throw invalid;
        }
        database.write(session -> {
            AuditLog.add(session, caller, clock.instant(), "bucket.create", "credential " + there.name(), name);
            return true;
        });
    }

    /// What lies in the folder of a task that need not be saved, as the account names it; where the task encrypts names
    /// each comes with what it stands for.
    ///
    /// @param wish `credentials`, `attributes`, and of a task's fields those about encryption; `task`: whose saved
    ///     secrets hold where none are given
    /// @throws InvalidException naming each field that is wrong
    public List<Row> list(JsonValue.Members wish, Caller caller) {
        Tasks.expect(caller, Role.OPERATOR);
        TaskWork work = work(wish);
        tasks.expectReachable(
                credentials.get(work.credential()), work.fields().attributes().getOrDefault("folder", ""));
        StorageSpec place = work.remote();
        List<Entry> found = new Browser(opener).children(place.under(List.of()), new CancelFlag());
        Optional<Encryption.Names> names = place.layers().stream()
                .findFirst()
                .filter(_ -> !work.secrets().getOrDefault(TaskJson.PASSWORD, "").isEmpty())
                .map(this::names);
        return found.stream().map(entry -> row(entry, work.fields(), names)).toList();
    }

    private Encryption.Names names(LayerSpec layer) {
        return encryption.names(layer);
    }

    private TaskWork work(JsonValue.Members wish) {
        List<FieldError> errors = new ArrayList<>();
        JsonValue.Members padded = wish.without("task")
                .with("direction", JsonValue.of("PUSH"))
                .with("transfer_mode", JsonValue.of("COPY"))
                .with("path", JsonValue.of("/"));
        TaskJson.Draft draft = TaskJson.read(padded, errors);
        Optional<Credential> credential = credentials.find(draft.fields().credential());
        if (credential.isEmpty() && errors.isEmpty()) {
            errors.add(new FieldError("credentials", "Invalid credentials"));
        }
        if (!errors.isEmpty()) {
            throw new InvalidException(errors);
        }
        Optional<Long> saved = wish.get("task")
                .filter(JsonValue.Numeral.class::isInstance)
                .map(task -> ((JsonValue.Numeral) task).value().longValue());
        return tasks.sketch(
                draft,
                credential.orElseThrow(),
                saved.map(task -> tasks.get(task).id()));
    }

    /// What lies at the account's side of a saved task, under its plain names.
    ///
    /// @param path below the task's folder; empty: the folder itself
    public List<Row> ofTask(long task, String path, Caller caller) {
        Tasks.expect(caller, Role.OPERATOR);
        Optional<String> fault = RelPath.faultOf(path);
        if (fault.isPresent()) {
            throw new InvalidException("path", "Want a path below the task's folder but " + fault.orElseThrow());
        }
        TaskWork work = tasks.work(task);
        return new Browser(opener)
                .below(work.remote(), path, new CancelFlag()).stream()
                        .map(entry -> row(entry, work.fields(), Optional.empty()))
                        .toList();
    }

    private static Row row(Entry entry, TaskFields fields, Optional<Encryption.Names> names) {
        String name = entry.path().name();
        return switch (entry) {
            case Entry.File file ->
                new Row(
                        name,
                        false,
                        file.size() < 0 ? Optional.empty() : Optional.of(file.size()),
                        file.modTime() instanceof ModTime.Known(Instant at) ? Optional.of(at) : Optional.empty(),
                        names.flatMap(one -> plain(one, name)),
                        Optional.empty());
            case Entry.Directory _ -> {
                boolean hidden =
                        fields.encrypting().names() && fields.encrypting().directoryNames();
                yield new Row(
                        name,
                        true,
                        Optional.empty(),
                        Optional.empty(),
                        names.filter(_ -> hidden).flatMap(one -> plain(one, name)),
                        Optional.empty());
            }
            case Entry.Unusable unusable -> other(unusable.rawName(), unusable.reason());
            case Entry.Special _ -> other(name, "It is neither a file nor a folder");
            case Entry.Unlisted unlisted -> other(name, unlisted.reason());
            case Entry.Leftover _ -> other(name, "An unfinished file");
        };
    }

    private static Optional<String> plain(Encryption.Names names, String name) {
        return names.decode(name) instanceof Translated.Path(String path) ? Optional.of(path) : Optional.empty();
    }

    private static Row other(String name, String problem) {
        return new Row(name, false, Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(problem));
    }
}
