package io.skyferry.control.runs;

import io.skyferry.control.store.AppDatabase;
import io.skyferry.control.store.Changes;
import io.skyferry.control.store.Changes.Standing;
import io.skyferry.control.store.Changes.Thing;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Tells what changes, whichever process on the database changes it.
///
/// While anybody listens, one small look at the numbers of changes is taken twice a second; runs are read where their
/// number grew, and only those that changed. While nobody listens, nothing is asked.
public final class Feed implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Feed.class.getName());
    private static final Duration LOOK_EACH = Duration.ofMillis(500);
    private static final int MOST_RUNS = 1000;

    private final AppDatabase database;
    private final Set<Consumer<News>> listeners = new CopyOnWriteArraySet<>();
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("feed").factory());
    /// At the last look.
    private Standing seen = Standing.NONE;

    /// What changed.
    public sealed interface News {
        /// This run is so now.
        record OfRun(Run run) implements News {}

        /// Something of this kind is not as it was.
        record Of(Thing thing) implements News {}

        /// This is how things stand, and what came before needs no telling: it was told, or nobody listened yet.
        record Now(Standing standing) implements News {}
    }

    /// Listening that can be ended.
    @FunctionalInterface
    public interface Watching extends AutoCloseable {
        /// Hears nothing more.
        @Override
        void close();
    }

    /// A feed of this database.
    public Feed(AppDatabase database) {
        this.database = database;
        var _ = looking.scheduleWithFixedDelay(this::lookSafely, 0, LOOK_EACH.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Listens from now on. How things stand is heard first, and again after each change.
    ///
    /// @param listener called by the caller first, then by one thread for all: returns soon, never throws
    public Watching watch(Consumer<News> listener) {
        begin(listener);
        return () -> listeners.remove(listener);
    }

    /// What changes after this is told, also what changes before the next look.
    private synchronized void begin(Consumer<News> listener) {
        if (listeners.isEmpty()) {
            seen = standing();
        }
        listener.accept(new News.Now(seen));
        listeners.add(listener);
    }

    private synchronized void lookSafely() {
        try {
            if (!listeners.isEmpty()) {
                look();
            }
        } catch (RuntimeException trouble) {
            LOG.log(System.Logger.Level.WARNING, "Changes could not be looked for", trouble);
        }
    }

    private void look() {
        Standing before = seen;
        Standing now = standing();
        if (now.equals(before)) {
            return;
        }
        seen = now;
        for (Thing thing : Thing.values()) {
            if (now.of(thing) > before.of(thing)) {
                tell(thing, before.of(thing));
            }
        }
        say(new News.Now(now));
    }

    private Standing standing() {
        return database.read(Changes::standing).orElse(Standing.NONE);
    }

    private void tell(Thing thing, long since) {
        switch (thing) {
            case RUN -> {
                List<Run> changed = database.read(session -> new RunRows(session).changedSince(since, MOST_RUNS))
                        .orElse(List.of());
                changed.forEach(run -> say(new News.OfRun(run)));
            }
            case TASK, CREDENTIAL, ALERT, CHANNEL, SETTING, USER, API_KEY -> say(new News.Of(thing));
        }
    }

    private void say(News news) {
        listeners.forEach(listener -> listener.accept(news));
    }

    /// Tells nothing more.
    @Override
    public void close() {
        looking.shutdownNow();
    }
}
