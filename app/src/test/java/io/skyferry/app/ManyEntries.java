package io.skyferry.app;

import io.skyferry.engine.oneway.OneWay;
import io.skyferry.engine.options.Mode;
import io.skyferry.engine.options.RunOptions;
import io.skyferry.engine.pair.PairMemory;
import io.skyferry.engine.report.Progress;
import io.skyferry.engine.report.Report;
import io.skyferry.engine.run.OneWayRun;
import io.skyferry.engine.work.CancelFlag;
import io.skyferry.engine.work.ThreadWorkers;
import io.skyferry.filter.Selection;
import io.skyferry.layers.ThreadSleeper;
import io.skyferry.memory.Holder;
import io.skyferry.memory.SqlitePairMemories;
import io.skyferry.testkit.Generated;
import io.skyferry.testkit.GeneratedStorage;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Runs over made-up storages with very many entries: `ManyEntries HOME DIRECTORIES FILES`.
///
/// Three runs: all files to an empty target, nothing to do, all of a target but one file to be deleted. The process is
/// given a small heap by whoever starts it.
final class ManyEntries {
    private ManyEntries() {}

    @SuppressWarnings("SystemOut") // What the caller reads.
    public static void main(String[] args) {
        var all = Generated.inDirectories(Long.parseLong(args[1]), Long.parseLong(args[2]));
        var full = new GeneratedStorage("source", all);
        PrintStream out = System.out;
        tell(out, "first", run(Path.of(args[0]), full, new GeneratedStorage("target", Generated.NOTHING)));
        tell(out, "again", run(Path.of(args[0]), full, new GeneratedStorage("target", all)));
        tell(
                out,
                "deletes",
                run(
                        Path.of(args[0] + "-other"),
                        new GeneratedStorage("one", Generated.inOneDirectory(1)),
                        new GeneratedStorage("many", all)));
    }

    private static void tell(PrintStream out, String name, Report report) {
        out.println("%s: transferred %s unchanged %s deleted %s failed %s %s"
                .formatted(
                        name,
                        report.transferredFiles(),
                        report.unchanged(),
                        report.deleted(),
                        report.failed(),
                        report.verdict()));
    }

    private static Report run(Path home, GeneratedStorage source, GeneratedStorage target) {
        InstantSource clock = InstantSource.system();
        var memories = new SqlitePairMemories(home, new Holder(1, "test", clock.instant()), new ThreadSleeper()::sleep);
        try (PairMemory memory = memories.open(source.identity(), target.identity(), Duration.ZERO)) {
            return OneWay.run(new OneWayRun(
                    Mode.SYNC,
                    source,
                    target,
                    memory,
                    Selection.everything(),
                    RunOptions.DEFAULTS,
                    Optional.empty(),
                    List.of(),
                    home.resolve("spill"),
                    new ThreadWorkers(Thread.ofPlatform().daemon().factory()),
                    new SystemRunClock(clock),
                    _ -> {},
                    new Progress(),
                    Map::of,
                    new CancelFlag()));
        }
    }
}
