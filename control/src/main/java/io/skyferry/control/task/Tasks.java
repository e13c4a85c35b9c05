package io.skyferry.control.task;

import io.skyferry.control.audit.AuditLog;
import io.skyferry.control.audit.Caller;
import io.skyferry.control.audit.Role;
import io.skyferry.control.credential.Credential;
import io.skyferry.control.credential.Credentials;
import io.skyferry.control.json.JsonValue;
import io.skyferry.control.run.RefusedException;
import io.skyferry.control.setting.Settings;
import io.skyferry.control.store.AppDatabase;
import io.skyferry.control.store.Changes;
import io.skyferry.control.vault.Vault;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What can be done with tasks. Nothing here starts a run; an account is asked one thing, where [#asking] says so.
public final class Tasks {
    private final AppDatabase database;
    private final Vault vault;
    private final Credentials credentials;
    private final NextRuns schedules;
    private final TaskRules rules;
    private final InstantSource clock;
    private final ZoneId zone;
    private final ReadFields read;
    private final Optional<RemoteFolders> folders;

    /// Tasks in this database.
    ///
    /// @param zone in which schedules are meant
    public Tasks(
            AppDatabase database,
            Vault vault,
            Credentials credentials,
            Settings settings,
            NextRuns schedules,
            InstantSource clock,
            ZoneId zone) {
        this.database = database;
        this.vault = vault;
        this.credentials = credentials;
        this.schedules = schedules;
        this.rules = new TaskRules(credentials, settings, schedules);
        this.clock = clock;
        this.zone = zone;
        this.read = new ReadFields();
        this.folders = Optional.empty();
    }

    private Tasks(Tasks other, Optional<RemoteFolders> folders) {
        this.database = other.database;
        this.vault = other.vault;
        this.credentials = other.credentials;
        this.schedules = other.schedules;
        this.rules = other.rules;
        this.clock = other.clock;
        this.zone = other.zone;
        this.read = other.read;
        this.folders = folders;
    }

    /// The same, where the account of a task that is to bring files is asked whether the folder is there: when the task
    /// is new, or another place than before.
    public Tasks asking(RemoteFolders accounts) {
        return new Tasks(this, Optional.of(accounts));
    }

    /// The same, where no account is asked anything.
    public Tasks askingNobody() {
        return new Tasks(this, Optional.empty());
    }

    /// All of them, by number.
    public List<Task> list() {
        return database.read(session -> new TaskRows(session, vault, read).all())
                .orElse(List.of());
    }

    /// What lists and counts of tasks need of each: little, as there may be thousands.
    ///
    /// @param name as the task is spoken of
    /// @param nextRun when it is due by its schedule; empty: it is not
    public record Brief(long id, String name, boolean enabled, Optional<Instant> nextRun) {}

    /// All tasks in brief, in the order of their numbers.
    public List<Brief> briefs() {
        return database.read(session ->
                        session.list("select id, description, enabled, next_due from task order by id", row -> {
                            long due = row.getLong(4);
                            Optional<Instant> next =
                                    row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(due));
                            String description = row.getString(2);
                            return new Brief(
                                    row.getLong(1),
                                    description.isBlank() ? Long.toString(row.getLong(1)) : description,
                                    row.getLong(3) != 0,
                                    next);
                        }))
                .orElse(List.of());
    }

    /// The task of this number, if there is one.
    public Optional<Task> find(long id) {
        return database.read(session -> new TaskRows(session, vault, read).find(id))
                .flatMap(found -> found);
    }

    /// The task of this number.
    ///
    /// @throws NotFoundException if there is none
    public Task get(long id) {
        return find(id).orElseThrow(() -> new NotFoundException("Cloud sync task %s does not exist".formatted(id)));
    }

    /// The only task that is spoken of so: by its number or its description.
    ///
    /// @throws NotFoundException if there is none
    /// @throws RefusedException if there are several
    public Task named(String name) {
        if (name.matches("[0-9]{1,18}")) {
            Optional<Task> numbered = find(Long.parseLong(name));
            if (numbered.isPresent()) {
                return numbered.orElseThrow();
            }
        }
        List<Task> found = list().stream()
                .filter(task -> task.fields().description().equals(name))
                .toList();
        if (found.size() > 1) {
            throw new RefusedException("Want one task but '%s' is the description of several: %s"
                    .formatted(
                            name,
                            String.join(
                                    ", ",
                                    found.stream()
                                            .map(task -> Long.toString(task.id()))
                                            .toList())));
        }
        if (found.isEmpty()) {
            throw new NotFoundException("Want the number or the description of a task but have '%s'".formatted(name));
        }
        return found.getFirst();
    }

    static void expect(Caller caller, Role role) {
        if (!caller.role().includes(role)) {
            throw new ForbiddenException("Want the role '%s' but '%s' has '%s'"
                    .formatted(role.name(), caller.name(), caller.role().name()));
        }
    }

    /// Reads a task without saving it.
    ///
    /// @throws InvalidException naming each field that is wrong
    public TaskWork check(JsonValue.Members given, Caller caller) {
        expect(caller, Role.OPERATOR);
        TaskJson.Draft draft = checked(given, Optional.empty(), caller);
        Credential credential = credentials.find(draft.fields().credential()).orElseThrow();
        return new TaskWork(draft.fields(), credential.name(), draft.secrets());
    }

    /// Goes on only with a place that a task may have: of this machine, one below the allowed folders.
    ///
    /// @throws RefusedException naming them
    public void expectReachable(Credential credential, String folder) {
        Optional<String> fault = rules.faultOfPlace(credential, folder);
        if (fault.isPresent()) {
            throw new RefusedException(fault.orElseThrow());
        }
    }

    /// Goes on only with a place that a task may have, of an account that need not be saved.
    ///
    /// @param kind of storage
    /// @throws RefusedException naming the folders of this machine that are allowed
    public void expectReachable(String kind, String path) {
        Optional<String> fault = rules.faultOfPlace(kind, path);
        if (fault.isPresent()) {
            throw new RefusedException(fault.orElseThrow());
        }
    }

    /// An unfinished task as far as it can be read, to look at its places: nothing is checked but that its credential
    /// is there. Where a secret is hidden, that of the saved task counts.
    ///
    /// @param saved the task that is being changed; empty: it is new
    /// @throws InvalidException if it has no credential
    public TaskWork sketch(JsonValue.Members given, Optional<Long> saved, Caller caller) {
        expect(caller, Role.OPERATOR);
        TaskJson.Draft draft = TaskJson.read(given, new ArrayList<>());
        Credential credential = credentials
                .find(draft.fields().credential())
                .orElseThrow(() -> new InvalidException("credentials", "Choose a credential first"));
        return sketch(draft, credential, saved);
    }

    /// @param saved the task whose secrets hold where the draft has none
    TaskWork sketch(TaskJson.Draft draft, Credential credential, Optional<Long> saved) {
        Map<String, String> all = new HashMap<>(saved.map(this::secrets).orElse(Map.of()));
        all.putAll(draft.secrets());
        return new TaskWork(draft.fields(), credential.name(), all);
    }

    /// A task's JSON with the secrets of a saved one where they are hidden.
    ///
    /// @throws NotFoundException if there is no such task
    public JsonValue.Members revealed(JsonValue.Members given, long saved, Caller caller) {
        expect(caller, Role.OPERATOR);
        var _ = get(saved);
        JsonValue.Members all = given;
        for (Map.Entry<String, String> one : secrets(saved).entrySet()) {
            if (given.get(one.getKey())
                    .filter(JsonValue.of(TaskJson.HIDDEN)::equals)
                    .isPresent()) {
                all = all.with(one.getKey(), JsonValue.of(one.getValue()));
            }
        }
        return all;
    }

    private TaskJson.Draft checked(JsonValue.Members given, Optional<Task> old, Caller caller) {
        List<FieldError> errors = new ArrayList<>();
        TaskJson.Draft draft = TaskJson.read(given, errors);
        if (errors.isEmpty()) {
            rules.check(draft, old, caller, errors);
        }
        if (errors.isEmpty() && !isSamePlace(draft.fields(), old)) {
            Credential credential =
                    credentials.find(draft.fields().credential()).orElseThrow();
            TaskWork work = sketch(draft, credential, old.map(Task::id));
            folders.flatMap(accounts -> accounts.fault(work))
                    .ifPresent(fault -> errors.add(new FieldError("attributes.folder", fault)));
        }
        if (!errors.isEmpty()) {
            throw new InvalidException(errors);
        }
        return new TaskJson.Draft(rules.completed(draft.fields()), draft.secrets());
    }

    private static boolean isSamePlace(TaskFields fields, Optional<Task> old) {
        return old.map(Task::fields)
                .filter(before -> before.direction() == fields.direction()
                        && before.credential() == fields.credential()
                        && before.attributes().equals(fields.attributes()))
                .isPresent();
    }

    /// Saves a new task.
    ///
    /// @throws InvalidException naming each field that is wrong
    public Task create(JsonValue.Members given, Caller caller) {
        expect(caller, Role.OPERATOR);
        return saved(checked(given, Optional.empty(), caller), caller);
    }

    /// Saves a new task whose encryption password nobody knows yet. It is disabled: it does not run, nor can it be
    /// enabled, before it is given one.
    ///
    /// @throws InvalidException naming each field that is wrong
    public Task createUnfinished(JsonValue.Members given, Caller caller) {
        expect(caller, Role.OPERATOR);
        // For all that is checked there is one; none is saved.
        JsonValue.Members checkable =
                given.with("enabled", JsonValue.of(false)).with(TaskJson.PASSWORD, JsonValue.of("not known"));
        TaskJson.Draft draft = checked(checkable, Optional.empty(), caller);
        return saved(new TaskJson.Draft(draft.fields(), Map.of()), caller);
    }

    private Task saved(TaskJson.Draft draft, Caller caller) {
        return database.write(session -> {
            var rows = new TaskRows(session, vault, read);
            Instant now = clock.instant();
            long id = rows.insert(draft.fields(), Optional.empty(), now);
            rows.update(id, draft.fields(), due(id, draft.fields(), now), now);
            rows.putSecrets(id, draft.secrets());
            AuditLog.add(session, caller, now, "task.create", "task " + id, TaskRows.json(draft.fields()));
            return rows.find(id).orElseThrow();
        });
    }

    private Optional<Instant> due(long id, TaskFields fields, Instant now) {
        return fields.timing().enabled() ? schedules.next(fields.timing(), id, now, zone) : Optional.empty();
    }

    /// Changes some fields of a task; each that is given is replaced as a whole.
    ///
    /// @throws NotFoundException if there is no such task
    /// @throws InvalidException naming each field that is wrong
    public Task update(long id, JsonValue.Members changes, Caller caller) {
        expect(caller, Role.OPERATOR);
        Task old = get(id);
        Map<String, JsonValue> all =
                new LinkedHashMap<>(TaskJson.write(old.fields(), old.secrets()).members());
        all.putAll(changes.members());
        TaskJson.Draft draft = checked(new JsonValue.Members(all), Optional.of(old), caller);
        return database.write(session -> {
            var rows = new TaskRows(session, vault, read);
            Task there = rows.find(id)
                    .orElseThrow(() -> new NotFoundException("Cloud sync task %s does not exist".formatted(id)));
            if (there.revision() != old.revision()) {
                throw new RefusedException("Task %s was changed by somebody else meanwhile. Try again".formatted(id));
            }
            Instant now = clock.instant();
            boolean sameTiming = there.fields().timing().equals(draft.fields().timing());
            rows.update(id, draft.fields(), sameTiming ? there.nextRun() : due(id, draft.fields(), now), now);
            rows.putSecrets(id, draft.secrets());
            AuditLog.add(
                    session,
                    caller,
                    now,
                    "task.update",
                    "task " + id,
                    String.join(" ", changes.members().keySet()));
            return rows.find(id).orElseThrow();
        });
    }

    /// Deletes a task; its history stays. A run of it that goes on is told to stop.
    ///
    /// @throws NotFoundException if there is no such task
    public void delete(long id, Caller caller) {
        expect(caller, Role.OPERATOR);
        database.write(session -> {
            var rows = new TaskRows(session, vault, read);
            Task there = rows.find(id)
                    .orElseThrow(() -> new NotFoundException("Cloud sync task %s does not exist".formatted(id)));
            session.change("update run set stop = 'ABORT' where task_id = ? and state = 'RUNNING'", id);
            session.change(
                    "update run set state = 'ABORTED', finished = ?, message = 'The task was deleted', changed = ?"
                            + " where task_id = ? and state = 'WAITING'",
                    clock.millis(),
                    Changes.told(session, Changes.Thing.RUN),
                    id);
            rows.delete(id);
            AuditLog.add(session, caller, clock.instant(), "task.delete", "task " + id, there.name());
            return true;
        });
    }

    /// A disabled copy.
    ///
    /// @throws NotFoundException if there is no such task
    public Task duplicate(long id, Caller caller) {
        Task there = get(id);
        JsonValue.Members fields = TaskJson.write(there.fields(), Set.of())
                .with("description", JsonValue.of(shortened("Copy of " + there.name())))
                .with("enabled", JsonValue.of(false));
        return create(withSecrets(fields, id), caller);
    }

    private static String shortened(String text) {
        return text.length() <= 150 ? text : text.substring(0, 150);
    }

    private JsonValue.Members withSecrets(JsonValue.Members fields, long id) {
        JsonValue.Members all = fields;
        for (Map.Entry<String, String> one : secrets(id).entrySet()) {
            all = all.with(one.getKey(), JsonValue.of(one.getValue()));
        }
        return all;
    }

    /// A new disabled task that brings back what another one took away; its filters are kept, so that it brings
    /// back that and nothing else.
    ///
    /// @param wishes `description`, `transfer_mode` (SYNC or COPY), `path`
    /// @throws InvalidException naming each field that is wrong
    public Task restore(long id, JsonValue.Members wishes, Caller caller) {
        Task there = get(id);
        List<FieldError> errors = new ArrayList<>();
        var reader = new FieldReader(wishes, "", errors);
        reader.refuseOthers(List.of("description", "transfer_mode", "path"));
        String description = reader.text("description", "");
        String mode = reader.required("transfer_mode");
        String path = reader.required("path");
        if (errors.isEmpty() && !List.of("SYNC", "COPY").contains(mode)) {
            reader.error("transfer_mode", "Input should be 'SYNC', 'COPY'");
        }
        if (!errors.isEmpty()) {
            throw new InvalidException(errors);
        }
        TaskFields old = there.fields();
        JsonValue.Members all = TaskJson.write(old, Set.of());
        Map<String, JsonValue> kept = new LinkedHashMap<>();
        for (String name : List.of(
                "credentials",
                "attributes",
                "schedule",
                "transfers",
                "encryption",
                "filename_encryption",
                "directory_name_encryption",
                "encryption_encoding",
                "encryption_suffix",
                "include",
                "exclude")) {
            all.get(name).ifPresent(value -> kept.put(name, value));
        }
        kept.put("description", JsonValue.of(description));
        kept.put("transfer_mode", JsonValue.of(mode));
        kept.put("path", JsonValue.of(path));
        kept.put("direction", JsonValue.of(old.direction().reversed().name()));
        kept.put("enabled", JsonValue.of(false));
        return create(withSecrets(new JsonValue.Members(kept), id), caller);
    }

    /// What the task means to the engine, its secrets in the open.
    ///
    /// @throws NotFoundException if there is no such task
    public TaskWork work(long id) {
        Task task = get(id);
        Credential credential = credentials
                .find(task.fields().credential())
                .orElseThrow(() -> new NotFoundException("The credential of task %s is gone".formatted(id)));
        return new TaskWork(task.fields(), credential.name(), secrets(id));
    }

    private Map<String, String> secrets(long id) {
        return database.read(session -> new TaskRows(session, vault, read).secrets(id))
                .orElse(Map.of());
    }
}
