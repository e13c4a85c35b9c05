package io.skyferry.server.rest;

import io.skyferry.control.runs.Run;
import io.skyferry.control.runs.RunQuery;
import io.skyferry.control.runs.RunState;
import io.skyferry.control.runs.Runs;
import io.skyferry.server.access.AccessException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Tells everybody who listens what changes about runs, whichever process does them.
///
/// It looks twice a second, while anybody listens. A listener that is slow gets the newest state of each run and
/// nothing in between, so that none can make another wait or fill the memory.
final class EventHub implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(EventHub.class.getName());
    private static final int MOST_LISTENERS = 1000;
    private static final int MOST_RUNS = 1000;
    private static final Duration LOOK_EACH = Duration.ofMillis(500);

    private final Runs runs;
    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("events").factory());
    /// What was told last, by run; touched by the looking thread alone.
    private final Map<Long, String> told = new HashMap<>();

    private long newest = -1;

    EventHub(Runs runs) {
        this.runs = runs;
        var _ = looking.scheduleWithFixedDelay(
                this::lookSafely, LOOK_EACH.toMillis(), LOOK_EACH.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Somebody who listens.
    final class Listener implements AutoCloseable {
        private final Map<Long, String> waiting = new LinkedHashMap<>();
        private final Semaphore news = new Semaphore(0);
        private boolean closed;

        private Listener() {}

        private synchronized void hear(long run, String json) {
            waiting.remove(run);
            waiting.put(run, json);
            news.release();
        }

        /// What changed since it was asked last, one object for each run; waits for something for a while.
        ///
        /// @return empty where nothing changed, or nothing more will come
        List<String> next(Duration patience) throws InterruptedException {
            var _ = news.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
            news.drainPermits();
            return heard();
        }

        private synchronized List<String> heard() {
            List<String> heard = List.copyOf(waiting.values());
            waiting.clear();
            return heard;
        }

        synchronized boolean isClosed() {
            return closed;
        }

        @Override
        public synchronized void close() {
            closed = true;
            listeners.remove(this);
            news.release();
        }
    }

    /// Begins to listen.
    ///
    /// @throws AccessException if too many do
    Listener listen() {
        if (listeners.size() >= MOST_LISTENERS) {
            throw AccessException.busy("Want at most %s listeners".formatted(MOST_LISTENERS));
        }
        var listener = new Listener();
        listeners.add(listener);
        return listener;
    }

    int listeners() {
        return listeners.size();
    }

    private void lookSafely() {
        try {
            if (listeners.isEmpty()) {
                told.clear();
                newest = -1;
            } else {
                look();
            }
        } catch (RuntimeException trouble) {
            LOG.log(System.Logger.Level.WARNING, "Runs could not be looked at for events", trouble);
        }
    }

    private void look() {
        Map<Long, Run> now = new LinkedHashMap<>();
        List<Run> latest = runs.list(RunQuery.newest(20));
        if (newest >= 0) {
            latest.stream().filter(run -> run.id() > newest).forEach(run -> now.put(run.id(), run));
        }
        newest = Math.max(newest, latest.stream().mapToLong(Run::id).max().orElse(0));
        runs.list(active()).forEach(run -> now.put(run.id(), run));
        for (long id : Set.copyOf(told.keySet())) {
            if (!now.containsKey(id)) {
                runs.find(id).ifPresent(run -> now.put(id, run));
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
                MOST_RUNS);
    }

    private void tell(Run run) {
        String json = run.json().toString();
        boolean isNew = !json.equals(told.put(run.id(), json));
        if (isNew) {
            listeners.forEach(listener -> listener.hear(run.id(), json));
        }
        if (run.state().isFinal()) {
            told.remove(run.id());
        }
    }

    @Override
    public void close() {
        looking.shutdownNow();
        Set.copyOf(listeners).forEach(Listener::close);
    }
}
