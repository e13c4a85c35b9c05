package io.skyferry.engine.world;

import io.skyferry.engine.work.InlineWorkers;
import io.skyferry.engine.world.History.Crash;
import io.skyferry.engine.world.History.Outcome;
import java.io.PrintStream;

/// Plays any number of histories: `World FIRST COUNT`, or `World replay SEED [RUN MOMENT]` to see all that happens.
public final class World {
    private World() {}

    /// Plays, and says which history fails.
    @SuppressWarnings("SystemOut") // A program that is run by hand.
    public static void main(String[] arguments) {
        PrintStream out = System.out;
        if (arguments[0].equals("replay")) {
            replay(arguments, out);
            return;
        }
        long first = Long.parseLong(arguments[0]);
        long count = Long.parseLong(arguments[1]);
        long runs = 0;
        long failures = 0;
        long began = System.nanoTime();
        for (long seed = first; seed < first + count; seed++) {
            try {
                runs += twice(seed).runs();
            } catch (RuntimeException | Error failure) {
                failures++;
                out.println("replay %s: %s".formatted(seed, oneLine(failure)));
                if (failures >= 20) {
                    break;
                }
            }
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        double cpu =
                ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis() / 1e3;
        out.println("%s histories, %s runs, %s failures, %s s, %s s of CPU"
                .formatted(count, runs, failures, Math.round(seconds), Math.round(cpu)));
    }

    private static String oneLine(Throwable failure) {
        String line = failure.toString().replaceAll("\\s+", " ");
        return line.substring(0, Math.min(220, line.length()));
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
    static Outcome twice(long seed) {
        Outcome one = History.play(seed, new InlineWorkers(), Trace.quiet(), Crash.AS_DRAWN);
        Outcome other = History.play(seed, new InlineWorkers(), Trace.quiet(), Crash.AS_DRAWN);
        if (one.hash() != other.hash()) {
            throw new Violation("The history of seed %s goes two ways".formatted(seed));
        }
        return one;
    }
}
