package io.skyferry.server.truenas;

import io.skyferry.control.json.JsonValue;
import io.skyferry.control.runs.Run;
import io.skyferry.control.runs.RunKind;
import io.skyferry.control.runs.RunQuery;
import io.skyferry.control.runs.RunState;
import io.skyferry.control.runs.Runs;
import io.skyferry.server.truenas.CallException.Errno;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Runs as TrueNAS's jobs, and who waits to hear of them. It looks twice a second, while anybody listens.
final class NasJobs implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(NasJobs.class.getName());
    /// What clients listen to.
    static final String COLLECTION = "core.get_jobs";

    private static final Duration LOOK_EACH = Duration.ofMillis(500);
    private static final int MOST = 1000;

    private final Runs runs;
    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
    /// The calls that asked for a run, so that a client finds its own.
    private final Map<Long, List<JsonValue>> calls = new ConcurrentHashMap<>();
    /// What was told last, by run; touched by the looking thread alone.
    private final Map<Long, String> told = new HashMap<>();

    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("truenas-jobs").factory());

    /// Hears of jobs.
    interface Listener {
        /// A job that is new, or has changed.
        ///
        /// @param news for a listener of either protocol
        void heard(Run run, News news);
    }

    /// What a job's listeners are told, written once for all of them.
    ///
    /// @param rpc the frame of JSON-RPC
    /// @param old the frame of the older protocol
    record News(String rpc, String old) {
        /// @param kind `added` or `changed`
        static News of(Run run, String kind, JsonValue.Members job) {
            Map<String, JsonValue> update = new LinkedHashMap<>();
            update.put("msg", JsonValue.of(kind));
            update.put("collection", JsonValue.of(COLLECTION));
            update.put("id", JsonValue.of(run.id()));
            update.put("fields", job);
            String params = new JsonValue.Members(update).toString();
            return new News(
                    "{\"jsonrpc\":\"2.0\",\"method\":\"collection_update\",\"params\":%s}".formatted(params), params);
        }
    }

    NasJobs(Runs runs) {
        this.runs = runs;
        var _ = looking.scheduleWithFixedDelay(
                this::lookSafely, LOOK_EACH.toMillis(), LOOK_EACH.toMillis(), TimeUnit.MILLISECONDS);
    }

    void listen(Listener listener) {
        listeners.add(listener);
    }

    void forget(Listener listener) {
        listeners.remove(listener);
    }

    /// Notes which call asked for a run.
    void calledBy(long run, JsonValue message) {
        calls.merge(run, List.of(message), (old, one) -> {
            List<JsonValue> both = new ArrayList<>(old);
            both.addAll(one);
            return List.copyOf(both);
        });
    }

    private void lookSafely() {
        try {
            if (listeners.isEmpty()) {
                told.clear();
            } else {
                look();
            }
        } catch (RuntimeException trouble) {
            LOG.log(System.Logger.Level.WARNING, "Runs could not be looked at for jobs", trouble);
        }
    }

    private void look() {
        Map<Long, Run> now = new LinkedHashMap<>();
        runs.list(active()).forEach(run -> now.put(run.id(), run));
        for (long id : calls.keySet()) {
            // Short runs end between two looks.
            if (!now.containsKey(id)) {
                runs.find(id).ifPresentOrElse(run -> now.put(id, run), () -> calls.remove(id));
            }
        }
        for (long id : Set.copyOf(told.keySet())) {
            if (!now.containsKey(id)) {
                runs.find(id).ifPresentOrElse(run -> now.put(id, run), () -> told.remove(id));
            }
        }
        now.values().forEach(this::tell);
    }

    private static RunQuery active() {
        return new RunQuery(
                Optional.empty(),
                Set.of(RunState.WAITING, RunState.RUNNING),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                MOST);
    }

    private void tell(Run run) {
        JsonValue.Members job = job(run);
        String text = job.toString();
        Optional<String> before = Optional.ofNullable(told.put(run.id(), text));
        if (before.isEmpty()) {
            News news = News.of(run, "added", begun(run, job));
            listeners.forEach(listener -> listener.heard(run, news));
        }
        boolean changed = before.isPresent() && !text.equals(before.orElseThrow());
        // A client is done with a job at the first change that has an end state.
        if (changed || (before.isEmpty() && run.state().isFinal())) {
            News news = News.of(run, "changed", job);
            listeners.forEach(listener -> listener.heard(run, news));
        }
        if (run.state().isFinal()) {
            told.remove(run.id());
            calls.remove(run.id());
        }
    }

    /// A job as it was when it was new: a short run ends between two looks.
    private static JsonValue.Members begun(Run run, JsonValue.Members job) {
        if (!run.state().isFinal()) {
            return job;
        }
        var nothing = new JsonValue.Null();
        return job.with("state", JsonValue.of("WAITING"))
                .with("progress", progress(0, ""))
                .with("logs_path", nothing)
                .with("logs_excerpt", nothing)
                .with("error", nothing)
                .with("exc_info", nothing)
                .with("time_finished", nothing);
    }

    private static JsonValue progress(int percent, String description) {
        Map<String, JsonValue> progress = new LinkedHashMap<>();
        progress.put("percent", JsonValue.of(percent));
        progress.put("description", JsonValue.of(description));
        progress.put("extra", new JsonValue.Null());
        return new JsonValue.Members(progress);
    }

    /// The jobs that there are, the newest first.
    List<JsonValue.Members> all() {
        return runs.list(RunQuery.newest(MOST)).stream().map(this::job).toList();
    }

    /// A run as a job.
    JsonValue.Members job(Run run) {
        Map<String, JsonValue> job = new LinkedHashMap<>();
        job.put("id", JsonValue.of(run.id()));
        job.put("message_ids", new JsonValue.Array(calls.getOrDefault(run.id(), List.of())));
        job.put("method", JsonValue.of(run.task().isPresent() ? "cloudsync.sync" : "cloudsync.sync_onetime"));
        job.put("arguments", arguments(run));
        job.put("transient", JsonValue.of(false));
        job.put("description", run.description().isEmpty() ? new JsonValue.Null() : JsonValue.of(run.description()));
        job.put("abortable", JsonValue.of(true));
        boolean logged = run.started().isPresent();
        job.put("logs_path", logged ? JsonValue.of("/var/log/jobs/%s.log".formatted(run.id())) : new JsonValue.Null());
        job.put("logs_excerpt", logged ? JsonValue.of(run.excerpt()) : new JsonValue.Null());
        job.put(
                "progress",
                progress(
                        run.state().isGood() ? 100 : run.progress().percent(),
                        run.progress().description()));
        job.put("result", new JsonValue.Null());
        job.put("result_encoding_error", new JsonValue.Null());
        Optional<Failure> failure = failure(run);
        job.put(
                "error",
                failure.map(Failure::words).<JsonValue>map(JsonValue::of).orElseGet(JsonValue.Null::new));
        job.put("exception", new JsonValue.Null());
        job.put("exc_info", failure.map(NasJobs::info).orElseGet(JsonValue.Null::new));
        job.put("state", JsonValue.of(state(run.state())));
        job.put("time_started", moment(run.started().or(() -> Optional.of(run.queued()))));
        job.put("time_finished", moment(run.finished()));
        job.put("credentials", new JsonValue.Null());
        return new JsonValue.Members(job);
    }

    private static JsonValue arguments(Run run) {
        List<JsonValue> arguments = new ArrayList<>();
        run.task().ifPresent(task -> arguments.add(JsonValue.of(task)));
        if (run.kind() == RunKind.DRY_RUN) {
            arguments.add(new JsonValue.Members(Map.of("dry_run", JsonValue.of(true))));
        }
        return new JsonValue.Array(arguments);
    }

    /// Why a run that has ended did not end well.
    static Optional<Failure> failure(Run run) {
        if (!run.state().isFinal() || run.state().isGood()) {
            return Optional.empty();
        }
        boolean aborted = run.state() == RunState.ABORTED;
        String message = run.message().isEmpty() ? state(run.state()) : run.message();
        return Optional.of(Failure.of(new CallException(aborted ? Errno.ECANCELED : Errno.EFAULT, message)));
    }

    private static JsonValue info(Failure failure) {
        Map<String, JsonValue> info = new LinkedHashMap<>();
        info.put("repr", JsonValue.of("CallError(%s)".formatted(JsonValue.of(failure.reason()))));
        info.put("type", JsonValue.of("CallError"));
        info.put("errno", JsonValue.of(failure.errno().number()));
        info.put("extra", new JsonValue.Null());
        return new JsonValue.Members(info);
    }

    private static String state(RunState state) {
        return switch (state) {
            case WAITING -> "WAITING";
            case RUNNING -> "RUNNING";
            case SUCCESS, WARNINGS -> "SUCCESS";
            case ABORTED -> "ABORTED";
            case FAILED, REFUSED, INTERRUPTED -> "FAILED";
        };
    }

    private static JsonValue moment(Optional<Instant> at) {
        return at.<JsonValue>map(time -> new JsonValue.Members(Map.of("$date", JsonValue.of(time.toEpochMilli()))))
                .orElseGet(JsonValue.Null::new);
    }

    @Override
    public void close() {
        looking.shutdownNow();
    }
}
