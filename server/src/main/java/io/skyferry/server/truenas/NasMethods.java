package io.skyferry.server.truenas;

import io.skyferry.control.audit.Caller;
import io.skyferry.control.audit.Role;
import io.skyferry.control.exchange.TrueNasProvider;
import io.skyferry.control.json.JsonValue;
import io.skyferry.control.runs.Run;
import io.skyferry.control.runs.RunKind;
import io.skyferry.control.task.FieldError;
import io.skyferry.control.task.InvalidException;
import io.skyferry.control.task.NotFoundException;
import io.skyferry.server.ServerParts;
import io.skyferry.server.truenas.CallException.Errno;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The methods that need a login and none of the connection, by name: what they take, who may, what
/// comes of them.
final class NasMethods {
    private final ServerParts parts;
    private final NasAccounts accounts;
    private final NasTasks tasks;
    private final NasJobs jobs;
    private final Tickets tickets;
    private final Map<String, Method> methods = new TreeMap<>();

    /// What a method answers.
    sealed interface Answer {
        /// At once.
        record Now(JsonValue value) implements Answer {}

        /// When this run has ended; where jobs are asked for the old way its number, at once.
        record Later(Run run) implements Answer {}
    }

    /// A call.
    record Call(List<JsonValue> params, Caller caller, NasAccounts.Form form) {
        private static final String DRY_RUN = "dry_run";

        JsonValue param(int index) {
            return index < params.size() ? params.get(index) : new JsonValue.Null();
        }

        long number(int index, String name) {
            if (param(index) instanceof JsonValue.Numeral number && number.isWhole()) {
                return number.value().longValueExact();
            }
            throw new InvalidException(
                    name, index < params.size() ? "Input should be a valid integer" : "Field required");
        }

        JsonValue.Members object(int index, String name) {
            if (param(index) instanceof JsonValue.Members members) {
                return members;
            }
            throw new InvalidException(
                    name, index < params.size() ? "Input should be a valid dictionary or object" : "Field required");
        }

        /// Whether a run is to be a trial; what cannot be understood is never taken for a real one.
        ///
        /// @param name of the options
        RunKind kind(int index, String name) {
            JsonValue.Members options =
                    param(index) instanceof JsonValue.Null ? JsonValue.Members.EMPTY : object(index, name);
            options.members().keySet().stream()
                    .filter(one -> !one.equals(DRY_RUN))
                    .findFirst()
                    .ifPresent(one -> {
                        throw new InvalidException(name + "." + one, "Extra inputs are not permitted");
                    });
            return switch (options.get(DRY_RUN).orElse(JsonValue.of(false))) {
                case JsonValue.Truth(boolean dry) -> dry ? RunKind.DRY_RUN : RunKind.REAL;
                case JsonValue.Text _, JsonValue.Numeral _, JsonValue.Null _, JsonValue.Members _, JsonValue.Array _ ->
                    throw new InvalidException(name + "." + DRY_RUN, "Input should be a valid boolean");
            };
        }
    }

    /// Does what a method is for.
    @FunctionalInterface
    interface Doing {
        Answer to(Call call);
    }

    /// One method.
    ///
    /// @param most how many parameters it takes
    /// @param job whether it goes on after it was asked for
    /// @param prefix of the paths of what is wrong
    record Method(Role role, int most, boolean job, String prefix, Doing doing) {}

    NasMethods(ServerParts parts, NasJobs jobs, Tickets tickets) {
        this.parts = parts;
        this.tickets = tickets;
        this.jobs = jobs;
        this.accounts = new NasAccounts(parts);
        this.tasks = new NasTasks(parts, accounts, jobs);
        addTasks();
        addRuns();
        addAccounts();
        addCore();
    }

    private static Answer now(JsonValue value) {
        return new Answer.Now(value);
    }

    private void add(String name, Role role, int most, String prefix, Doing doing) {
        methods.put(name, new Method(role, most, false, prefix, doing));
    }

    private void addTasks() {
        add(
                "cloudsync.query",
                Role.READER,
                2,
                "",
                call -> now(Query.of(tasks.all(call.caller(), call.form()), call.param(0), call.param(1))));
        add(
                "cloudsync.get_instance",
                Role.READER,
                2,
                "",
                call -> now(one(tasks.one(call.number(0, "id"), call.caller(), call.form()), call.param(1))));
        add(
                "cloudsync.create",
                Role.OPERATOR,
                1,
                "cloud_sync_create",
                call -> now(task(tasks.create(call.object(0, ""), call.caller()), call)));
        add("cloudsync.update", Role.OPERATOR, 2, "cloud_sync_update", call -> {
            long id = call.number(0, "id");
            tasks.update(id, call.object(1, ""), call.caller());
            return now(task(id, call));
        });
        add("cloudsync.delete", Role.OPERATOR, 1, "", call -> {
            parts.tasks().delete(call.number(0, "id"), call.caller());
            return now(JsonValue.of(true));
        });
        add(
                "cloudsync.restore",
                Role.OPERATOR,
                2,
                "cloud_sync_restore",
                call -> now(task(tasks.restore(call.number(0, "id"), call.object(1, "opts"), call.caller()), call)));
        add(
                "cloudsync.list_directory",
                Role.OPERATOR,
                1,
                "cloud_sync",
                call -> now(tasks.directory(call.object(0, ""), call.caller())));
    }

    private JsonValue task(long id, Call call) {
        return tasks.one(id, call.caller(), call.form());
    }

    private static JsonValue one(JsonValue.Members row, JsonValue options) {
        JsonValue.Members wishes = options instanceof JsonValue.Members members ? members : JsonValue.Members.EMPTY;
        return Query.of(List.of(row), new JsonValue.Null(), wishes.with("get", JsonValue.of(true)));
    }

    private void addRuns() {
        methods.put(
                "cloudsync.sync",
                new Method(
                        Role.OPERATOR,
                        2,
                        true,
                        "",
                        call -> new Answer.Later(parts.runs()
                                .trigger(
                                        call.number(0, "id"),
                                        call.kind(1, "cloud_sync_sync_options"),
                                        call.caller()))));
        methods.put(
                "cloudsync.sync_onetime",
                new Method(
                        Role.OPERATOR,
                        2,
                        true,
                        "cloud_sync_sync_onetime",
                        call -> new Answer.Later(tasks.syncOnce(
                                call.object(0, ""), call.kind(1, "cloud_sync_sync_onetime_options"), call.caller()))));
        add(
                "cloudsync.abort",
                Role.OPERATOR,
                1,
                "",
                call -> now(JsonValue.of(parts.runs().abortTask(call.number(0, "id"), call.caller()))));
        add("core.get_jobs", Role.READER, 2, "", call -> now(Query.of(jobs.all(), call.param(0), call.param(1))));
        methods.put(
                "core.job_wait",
                new Method(Role.READER, 1, true, "", call -> new Answer.Later(run(call.number(0, "id")))));
        add("core.job_download_logs", Role.READER, 3, "", call -> now(download(call, 0, 1)));
        add("core.download", Role.READER, 4, "", call -> now(downloaded(call)));
        add("core.job_abort", Role.OPERATOR, 1, "", call -> {
            run(call.number(0, "id"));
            parts.runs().abort(call.number(0, "id"), call.caller());
            return now(new JsonValue.Null());
        });
    }

    /// Where the log of a job is fetched, for a while, without a login.
    private JsonValue download(Call call, int run, int fileName) {
        String name = call.param(fileName) instanceof JsonValue.Text(String text) ? text : "";
        long id = run(call.number(run, "id")).id();
        return JsonValue.of("/_download/%s?auth_token=%s".formatted(id, tickets.download(id, name)));
    }

    /// `[method, its arguments, file name]`; a log is all that there is to download.
    private JsonValue downloaded(Call call) {
        if (!call.param(0).equals(JsonValue.of("core.job_download_logs"))) {
            throw new InvalidException("method", "Want 'core.job_download_logs': nothing else can be downloaded");
        }
        List<JsonValue> given = call.param(1) instanceof JsonValue.Array(List<JsonValue> values) ? values : List.of();
        var inner = new Call(
                List.of(given.isEmpty() ? new JsonValue.Null() : given.getFirst(), call.param(2)),
                call.caller(),
                call.form());
        JsonValue url = download(inner, 0, 1);
        return new JsonValue.Array(List.of(inner.param(0), url));
    }

    /// The run that a job is.
    Run run(long id) {
        return parts.runs().find(id).orElseThrow(() -> new NotFoundException("Job %s does not exist".formatted(id)));
    }

    private void addAccounts() {
        add("cloudsync.providers", Role.READER, 0, "", _ -> now(providers()));
        add(
                "cloudsync.list_buckets",
                Role.OPERATOR,
                1,
                "",
                call -> now(accounts.buckets(call.number(0, "credentials_id"))));
        add(
                "cloudsync.create_bucket",
                Role.OPERATOR,
                2,
                "cloud_sync_create_bucket",
                call -> now(accounts.createBucket(
                        call.number(0, "credentials_id"),
                        call.param(1) instanceof JsonValue.Text(String name) ? name : "")));
        add("cloudsync.onedrive_list_drives", Role.OPERATOR, 1, "", _ -> {
            throw new CallException(Errno.EFAULT, "Microsoft OneDrive (ONEDRIVE) is no kind of storage here yet");
        });
        add(
                "cloudsync.credentials.query",
                Role.READER,
                2,
                "",
                call -> now(Query.of(accounts.all(call.caller(), call.form()), call.param(0), call.param(1))));
        add(
                "cloudsync.credentials.get_instance",
                Role.READER,
                2,
                "",
                call -> now(one(account(call.number(0, "id"), call), call.param(1))));
        add(
                "cloudsync.credentials.create",
                Role.OPERATOR,
                1,
                "cloud_sync_credentials_create",
                call -> now(account(
                        accounts.create(call.object(0, ""), call.caller()).id(), call)));
        add(
                "cloudsync.credentials.update",
                Role.OPERATOR,
                2,
                "cloud_sync_credentials_update",
                call -> now(account(
                        accounts.update(call.number(0, "id"), call.object(1, ""), call.caller())
                                .id(),
                        call)));
        add(
                "cloudsync.credentials.delete",
                Role.OPERATOR,
                1,
                "",
                call -> now(accounts.remove(call.number(0, "id"), call.caller())));
        add(
                "cloudsync.credentials.verify",
                Role.OPERATOR,
                1,
                "cloud_sync_credentials_verify",
                call -> now(accounts.verify(call.object(0, ""))));
        add(
                "cloudsync.credentials.s3_provider_choices",
                Role.READER,
                0,
                "",
                _ -> now(new JsonValue.Members(Map.of("Other", JsonValue.of("Any other S3 compatible provider")))));
    }

    private JsonValue.Members account(long id, Call call) {
        return accounts.shown(accounts.get(id), call.caller(), call.form());
    }

    private static JsonValue providers() {
        return new JsonValue.Array(
                TrueNasProvider.sorted().stream().map(NasMethods::provider).toList());
    }

    private static JsonValue provider(TrueNasProvider one) {
        Map<String, JsonValue> row = new LinkedHashMap<>();
        row.put("name", JsonValue.of(one.name()));
        row.put("title", JsonValue.of(one.title()));
        row.put("credentials_oauth", textOrNull(one.portal()));
        row.put("buckets", JsonValue.of(one.bucketTitle().isPresent()));
        row.put("bucket_title", textOrNull(one.bucketTitle()));
        row.put(
                "task_schema",
                new JsonValue.Array(one.attributes().stream()
                        .<JsonValue>map(name -> new JsonValue.Members(Map.of("property", JsonValue.of(name))))
                        .toList()));
        return new JsonValue.Members(row);
    }

    private static JsonValue textOrNull(Optional<String> text) {
        return text.<JsonValue>map(JsonValue::of).orElseGet(JsonValue.Null::new);
    }

    private void addCore() {
        add("core.ping", Role.READER, 0, "", _ -> now(JsonValue.of("pong")));
        add("core.get_methods", Role.READER, 2, "", _ -> now(described()));
        add("system.version", Role.READER, 0, "", _ -> now(JsonValue.of("Skyferry-" + parts.version())));
    }

    private JsonValue described() {
        Map<String, JsonValue> all = new LinkedHashMap<>();
        methods.forEach((name, method) -> {
            Map<String, JsonValue> one = new LinkedHashMap<>();
            one.put("job", JsonValue.of(method.job()));
            one.put(
                    "roles",
                    JsonValue.of(List.of(method.role() == Role.READER ? "CLOUD_SYNC_READ" : "CLOUD_SYNC_WRITE")));
            all.put(name, new JsonValue.Members(one));
        });
        return new JsonValue.Members(all);
    }

    /// Whether there is a method of this name.
    boolean knows(String name) {
        return methods.containsKey(name);
    }

    /// Calls a method.
    ///
    /// @throws RuntimeException that [Failure] knows
    Answer call(String name, Call call) {
        Method method = methods.get(name);
        if (method == null) {
            throw new CallException(Errno.ENOMETHOD, "Method '%s' not found".formatted(name));
        }
        if (!call.caller().role().includes(method.role())) {
            throw new CallException(Errno.EACCES, "Not authorized");
        }
        if (call.params().size() > method.most()) {
            throw new InvalidException(
                    "",
                    "Too many arguments (expected %s, found %s)"
                            .formatted(method.most(), call.params().size()));
        }
        try {
            return method.doing().to(call);
        } catch (InvalidException wrong) {
            throw prefixed(wrong, method.prefix());
        }
    }

    private static InvalidException prefixed(InvalidException wrong, String prefix) {
        if (prefix.isEmpty()) {
            return wrong;
        }
        var named = new InvalidException(
                wrong.errors().stream().map(one -> prefixed(one, prefix)).toList());
        named.initCause(wrong);
        return named;
    }

    /// What is wrong with the options has their own name before it.
    private static FieldError prefixed(FieldError wrong, String prefix) {
        if (wrong.path().startsWith(prefix + "_options")) {
            return wrong;
        }
        return new FieldError(wrong.path().isEmpty() ? prefix : prefix + "." + wrong.path(), wrong.message());
    }
}
