package io.skyferry.engine.world;

import io.skyferry.engine.work.InlineWorkers;
import io.skyferry.engine.work.ThreadWorkers;
import io.skyferry.engine.world.History.Crash;
import io.skyferry.engine.world.History.Outcome;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/// Plays any number of histories: `World FIRST COUNT [THREADS]`, or `World replay SEED [RUN MOMENT]` to see all
/// that happens.
public final class World {
    private static final int ENOUGH = 20;

    private World() {}

    /// Who does the work in a history.
    enum Way {
        /// One thing after another: a history is played twice and must go the same way.
        INLINE,
        /// Threads, so that no two plays are alike.
        THREADS
    }

    /// What many histories came to.
    ///
    /// @param failures by seed, in one line each
    record Played(long histories, long runs, Map<Long, String> failures) {}

    /// Plays, and says which history fails.
    public static void main(String[] arguments) throws InterruptedException, ExecutionException {
        PrintStream out = out();
        if (arguments[0].equals("replay")) {
            replay(arguments, out);
            return;
        }
        long began = System.nanoTime();
        Way way = arguments.length > 2 ? Way.valueOf(arguments[2]) : Way.INLINE;
        Played played = play(Long.parseLong(arguments[0]), Long.parseLong(arguments[1]), way);
        played.failures().forEach((seed, reason) -> out.println("replay %s: %s".formatted(seed, reason)));
        long seconds = Math.round((System.nanoTime() - began) / 1e9);
        out.println("%s histories, %s runs, %s failures, %s s"
                .formatted(played.histories(), played.runs(), played.failures().size(), seconds));
        if (!played.failures().isEmpty()) {
            System.exit(1);
        }
    }

    @SuppressWarnings("SystemOut") // A program that is run by hand.
    private static PrintStream out() {
        return System.out;
    }

    /// Plays histories on all processors, until all are played or enough have failed.
    static Played play(long first, long count, Way way) throws InterruptedException, ExecutionException {
        var next = new AtomicLong(first);
        var histories = new AtomicLong();
        var runs = new AtomicLong();
        Map<Long, String> failures = new TreeMap<>();
        Runnable player = () -> {
            for (long seed = next.getAndIncrement(); seed < first + count; seed = next.getAndIncrement()) {
                try {
                    runs.addAndGet(played(seed, way).runs());
                } catch (RuntimeException | Error failure) {
                    if (keep(failures, seed, failure) >= ENOUGH) {
                        return;
                    }
                }
                histories.incrementAndGet();
            }
        };
        int players = Runtime.getRuntime().availableProcessors();
        try (ExecutorService together = Executors.newFixedThreadPool(players)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < players; i++) {
                all.add(together.submit(player));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
        return new Played(histories.get(), runs.get(), failures);
    }

    private static int keep(Map<Long, String> failures, long seed, Throwable failure) {
        String line = failure.toString().replaceAll("\\s+", " ");
        synchronized (failures) {
            failures.put(seed, line.substring(0, Math.min(220, line.length())));
            return failures.size();
        }
    }

    private static Outcome played(long seed, Way way) {
        return switch (way) {
            case INLINE -> twice(seed);
            case THREADS ->
                History.play(
                        seed, new ThreadWorkers(Thread.ofPlatform().daemon().factory()), Trace.quiet(), Crash.AS_DRAWN);
        };
    }

    private static void replay(String[] arguments, PrintStream out) {
        Crash crash = arguments.length > 2
                ? new Crash(Integer.parseInt(arguments[2]), Long.parseLong(arguments[3]))
                : Crash.AS_DRAWN;
        Outcome outcome =
                History.play(Long.parseLong(arguments[1]), new InlineWorkers(), Trace.telling(out::println), crash);
        out.println(outcome);
    }

    /// Plays a history two times, which must go the same way.
    private static Outcome twice(long seed) {
        Outcome one = History.play(seed, new InlineWorkers(), Trace.quiet(), Crash.AS_DRAWN);
        Outcome other = History.play(seed, new InlineWorkers(), Trace.quiet(), Crash.AS_DRAWN);
        if (one.hash() != other.hash()) {
            throw new Violation("The history of seed %s goes two ways".formatted(seed));
        }
        return one;
    }
}
