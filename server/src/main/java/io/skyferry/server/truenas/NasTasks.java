package io.skyferry.server.truenas;

import io.skyferry.control.audit.Caller;
import io.skyferry.control.audit.Role;
import io.skyferry.control.credential.Credential;
import io.skyferry.control.crypt.Encryption;
import io.skyferry.control.exchange.TrueNasAccount;
import io.skyferry.control.exchange.TrueNasTask;
import io.skyferry.control.json.JsonValue;
import io.skyferry.control.runs.Run;
import io.skyferry.control.runs.RunKind;
import io.skyferry.control.task.InvalidException;
import io.skyferry.control.task.Task;
import io.skyferry.control.task.TaskWork;
import io.skyferry.server.ServerParts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Tasks in TrueNAS's form.
final class NasTasks {
    private static final List<String> CRYPT =
            List.of("encryption", "filename_encryption", "encryption_password", "encryption_salt");

    private final ServerParts parts;
    private final NasAccounts accounts;
    private final NasJobs jobs;

    NasTasks(ServerParts parts, NasAccounts accounts, NasJobs jobs) {
        this.parts = parts;
        this.accounts = accounts;
        this.jobs = jobs;
    }

    List<JsonValue.Members> all(Caller caller, NasAccounts.Form form) {
        List<Task> tasks = parts.tasks().list();
        Map<Long, Run> newest = parts.runs().newest(tasks.stream().map(Task::id).toList());
        Map<Long, JsonValue.Members> shown = new LinkedHashMap<>();
        return tasks.stream()
                .map(task -> shown(task, caller, form, Optional.ofNullable(newest.get(task.id())), shown))
                .toList();
    }

    JsonValue.Members one(long id, Caller caller, NasAccounts.Form form) {
        Task task = parts.tasks().get(id);
        Optional<Run> newest =
                Optional.ofNullable(parts.runs().newest(List.of(id)).get(id));
        return shown(task, caller, form, newest, new LinkedHashMap<>());
    }

    private JsonValue.Members shown(
            Task task,
            Caller caller,
            NasAccounts.Form form,
            Optional<Run> newest,
            Map<Long, JsonValue.Members> credentials) {
        Credential credential = accounts.get(task.fields().credential());
        JsonValue account = credentials.computeIfAbsent(credential.id(), _ -> accounts.shown(credential, caller, form));
        boolean open = caller.role() == Role.ADMIN && !task.secrets().isEmpty();
        Map<String, String> secrets = open ? parts.tasks().work(task.id()).secrets() : Map.of();
        JsonValue job = newest.<JsonValue>map(jobs::job).orElseGet(JsonValue.Null::new);
        return TrueNasTask.shown(task, account, TrueNasAccount.typeOf(credential), secrets, job);
    }

    long create(JsonValue.Members given, Caller caller) {
        return mapped(() -> parts.tasks().create(TrueNasTask.ours(given), caller))
                .id();
    }

    void update(long id, JsonValue.Members given, Caller caller) {
        var _ = mapped(() -> parts.tasks().update(id, TrueNasTask.ours(given), caller));
    }

    long restore(long id, JsonValue.Members wishes, Caller caller) {
        return mapped(() -> parts.tasks().restore(id, wishes, caller)).id();
    }

    Run syncOnce(JsonValue.Members given, RunKind kind, Caller caller) {
        return mapped(() -> parts.runs().triggerUnsaved(TrueNasTask.ours(given), kind, caller));
    }

    private static <T> T mapped(Supplier<T> doing) {
        try {
            return doing.get();
        } catch (InvalidException ours) {
            var theirs = new InvalidException(
                    ours.errors().stream().map(TrueNasTask::error).toList());
            theirs.initCause(ours);
            throw theirs;
        }
    }

    /// What lies in the folder that an unsaved task would be about, under the names that are stored there.
    JsonValue directory(JsonValue.Members given, Caller caller) {
        Map<String, JsonValue> fields = new LinkedHashMap<>();
        fields.put("direction", JsonValue.of("PULL"));
        fields.put("transfer_mode", JsonValue.of("COPY"));
        fields.put(
                "path",
                JsonValue.of(parts.settings().allowedFolders().getFirst().toString()));
        given.get("credentials").ifPresent(value -> fields.put("credentials", value));
        given.get("attributes").ifPresent(value -> fields.put("attributes", value));
        for (String name : CRYPT) {
            given.get(name).ifPresent(value -> fields.put(name, value));
        }
        TaskWork work = mapped(() -> parts.tasks().check(TrueNasTask.ours(new JsonValue.Members(fields)), caller));
        Optional<Encryption.Names> names = work.fields().encrypting().enabled()
                        && work.fields().encrypting().names()
                ? Optional.of(parts.encryption().names(work.remote().layers().getFirst()))
                : Optional.empty();
        return accounts.rows(work.remote().under(List.of()), NasAccounts.Rows.FILES, names);
    }
}
