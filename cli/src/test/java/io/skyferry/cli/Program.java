package io.skyferry.cli;

import io.skyferry.cli.console.Console;
import io.skyferry.cli.console.Output;
import io.skyferry.control.crypt.Encryption;
import io.skyferry.control.run.Checks;
import io.skyferry.control.run.OneWayRuns;
import io.skyferry.control.run.Places;
import io.skyferry.control.run.RefusedException;
import io.skyferry.control.run.StackWishes;
import io.skyferry.control.run.StorageOpener;
import io.skyferry.engine.pair.HeldPairMemory;
import io.skyferry.engine.pair.PairMemories;
import io.skyferry.engine.run.RunClock;
import io.skyferry.engine.work.InlineWorkers;
import io.skyferry.engine.work.Workers;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageSpec;
import io.skyferry.storage.Verb;
import io.skyferry.testkit.FakeClock;
import io.skyferry.testkit.MemoryBackdoor;
import io.skyferry.testkit.MemoryStorage;
import io.skyferry.testkit.Traits;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The program over folders in memory: what is typed, what is printed, and the exit code.
public final class Program implements Services, StorageOpener, RunClock {
    private final FakeClock clock = new FakeClock(Instant.parse("2026-11-21T16:40:01Z"));
    private final Map<String, MemoryStorage> folders = new HashMap<>();
    private final Path scratch;
    private PairMemories memories = (left, right, patience) -> new HeldPairMemory();
    private Output.Kind kind = Output.Kind.PIPE;

    /// What became of one command.
    public record Outcome(int code, String out, String err) {
        /// The lines of standard output.
        public List<String> lines() {
            return out.lines().toList();
        }
    }

    /// A program that may keep things in this folder.
    public Program(Path scratch) {
        this.scratch = scratch;
    }

    /// A folder of this path, made when it is first asked for.
    public MemoryBackdoor folder(String path) {
        return folders.computeIfAbsent(path, name -> new MemoryStorage(name, Traits.DISK, clock))
                .backdoor();
    }

    /// The same program with another way to remember pairs.
    public Program remembering(PairMemories other) {
        memories = other;
        return this;
    }

    /// The same program, whose standard output is a terminal.
    public Program onTerminal() {
        kind = Output.Kind.TERMINAL;
        return this;
    }

    /// Runs one command.
    public Outcome run(String... args) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var console = new Console(new Output(out, kind), new Output(err, Output.Kind.PIPE), Map.of(), clock::nanos);
        int code = new CommandLineProgram(console, this).run(List.of(args));
        return new Outcome(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @Override
    public StorageOpener storages(StackWishes wishes) {
        return this;
    }

    @Override
    public Storage open(StorageSpec spec) {
        String path = spec.settings().getOrDefault(Places.ROOT_SETTING, "");
        MemoryStorage folder = folders.get(path);
        if (folder == null) {
            throw new RefusedException("Want one of %s but have '%s'".formatted(folders.keySet(), path));
        }
        return folder;
    }

    @Override
    public Map<Verb, Long> requests() {
        return Map.of(Verb.LIST, 2L, Verb.BEGIN_UPLOAD, 1L);
    }

    @Override
    public OneWayRuns oneWayRuns(StorageOpener storages) {
        return new OneWayRuns(storages, memories, workers(), this);
    }

    @Override
    public Checks checks(StorageOpener storages) {
        return new Checks(storages, memories, workers(), this);
    }

    @Override
    public Encryption encryption() {
        throw new RefusedException("Want a program that knows encryptions");
    }

    @Override
    public Workers workers() {
        return new InlineWorkers();
    }

    @Override
    public Path newSpill() {
        return scratch.resolve("spill");
    }

    @Override
    public InstantSource clock() {
        return clock::get;
    }

    @Override
    public Instant now() {
        return clock.get();
    }

    @Override
    public String boot() {
        return "boot";
    }
}
