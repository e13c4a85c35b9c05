package io.skyferry.server.rest;

import io.skyferry.control.runs.Feed;
import io.skyferry.control.runs.Run;
import io.skyferry.control.runs.RunQuery;
import io.skyferry.control.runs.RunState;
import io.skyferry.control.runs.Runs;
import io.skyferry.server.access.AccessException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Tells everybody who listens what changes, whichever process changes it.
///
/// A listener that is slow gets the newest state of each run and nothing in between, so that none can make another
/// wait or fill the memory.
final class EventHub implements AutoCloseable {
    private static final int MOST_LISTENERS = 1000;
    private static final int MOST_RUNS = 1000;

    private final Runs runs;
    private final Feed feed;
    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();

    EventHub(Runs runs, Feed feed) {
        this.runs = runs;
        this.feed = feed;
    }

    /// One event of a stream.
    ///
    /// @param name `run`, `change` or `standing`
    /// @param data as JSON
    record Event(String name, String data) {
        static Event of(Run run) {
            return new Event("run", run.json().toString());
        }
    }

    /// What somebody wants to hear.
    enum Wanted {
        /// What changes.
        NEWS,
        /// And how things stand, when it begins to listen and after each change.
        STANDING_TOO
    }

    /// Somebody who listens.
    final class Listener implements AutoCloseable {
        private final Map<String, Event> waiting = new LinkedHashMap<>();
        private final Semaphore news = new Semaphore(0);
        private final Wanted wanted;
        private boolean closed;

        private Listener(Wanted wanted) {
            this.wanted = wanted;
        }

        private void hear(Feed.News heard) {
            switch (heard) {
                case Feed.News.OfRun(Run run) -> hear("run " + run.id(), Event.of(run));
                case Feed.News.Of(var thing) ->
                    hear(thing.name(), new Event("change", "{\"thing\":\"%s\"}".formatted(thing.name())));
                case Feed.News.Now(var standing) -> {
                    if (wanted == Wanted.STANDING_TOO) {
                        hear("standing", new Event("standing", standing.json().toString()));
                    }
                }
            }
        }

        private synchronized void hear(String about, Event event) {
            waiting.remove(about);
            waiting.put(about, event);
            news.release();
        }

        /// What changed since it was asked last, one for each thing; waits for something for a while.
        ///
        /// @return empty where nothing changed, or nothing more will come
        List<Event> next(Duration patience) throws InterruptedException {
            var _ = news.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
            news.drainPermits();
            return heard();
        }

        private synchronized List<Event> heard() {
            List<Event> heard = List.copyOf(waiting.values());
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

    /// Begins to listen: all runs that have not ended come first.
    ///
    /// @throws AccessException if too many do
    Listener listen(Wanted wanted) {
        if (listeners.size() >= MOST_LISTENERS) {
            throw AccessException.busy("Want at most %s listeners".formatted(MOST_LISTENERS));
        }
        var listener = new Listener(wanted);
        listeners.add(listener);
        return listener;
    }

    /// What the listener hears until it is closed.
    Feed.Watching watch(Listener listener) {
        Feed.Watching watching = feed.watch(listener::hear);
        runs.list(active()).forEach(run -> listener.hear("run " + run.id(), Event.of(run)));
        return watching;
    }

    int listeners() {
        return listeners.size();
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

    @Override
    public void close() {
        feed.close();
        Set.copyOf(listeners).forEach(Listener::close);
    }
}
