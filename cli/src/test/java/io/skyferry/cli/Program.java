package io.skyferry.cli;

import io.skyferry.cli.console.Console;
import io.skyferry.cli.console.Output;
import io.skyferry.cli.console.SecretPrompt;
import io.skyferry.control.alert.AlertWatch;
import io.skyferry.control.alert.Alerts;
import io.skyferry.control.alert.Channels;
import io.skyferry.control.credential.Credentials;
import io.skyferry.control.credential.Kinds;
import io.skyferry.control.crypt.Encryption;
import io.skyferry.control.exchange.Imports;
import io.skyferry.control.run.Checks;
import io.skyferry.control.run.OneWayRuns;
import io.skyferry.control.run.Places;
import io.skyferry.control.run.RefusedException;
import io.skyferry.control.run.StackWishes;
import io.skyferry.control.run.StorageOpener;
import io.skyferry.control.runs.Commands;
import io.skyferry.control.runs.Locks;
import io.skyferry.control.runs.Outcomes;
import io.skyferry.control.runs.RunFolder;
import io.skyferry.control.runs.Runs;
import io.skyferry.control.runs.Service;
import io.skyferry.control.schedule.CronRuns;
import io.skyferry.control.setting.Settings;
import io.skyferry.control.store.AppDatabase;
import io.skyferry.control.store.SqliteDatabase;
import io.skyferry.control.task.NextRuns;
import io.skyferry.control.task.Tasks;
import io.skyferry.control.user.ApiKeys;
import io.skyferry.control.user.Argon2;
import io.skyferry.control.user.Users;
import io.skyferry.control.vault.KeyFile;
import io.skyferry.control.vault.Vault;
import io.skyferry.engine.pair.HeldPairMemory;
import io.skyferry.engine.pair.PairMemories;
import io.skyferry.engine.run.RunClock;
import io.skyferry.engine.work.CancelFlag;
import io.skyferry.engine.work.InlineWorkers;
import io.skyferry.engine.work.Workers;
import io.skyferry.probe.StorageProbe;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageSpec;
import io.skyferry.storage.Verb;
import io.skyferry.testkit.FakeClock;
import io.skyferry.testkit.MemoryBackdoor;
import io.skyferry.testkit.MemoryStorage;
import io.skyferry.testkit.Traits;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/// The program over folders in memory: what is typed, what is printed, and the exit code.
public final class Program implements Services, StorageOpener, RunClock {
    private StackWishes wished = StackWishes.DEFAULTS;
    private final FakeClock clock = new FakeClock(Instant.parse("2026-11-21T16:40:01Z"));
    private final Map<String, MemoryStorage> folders = new HashMap<>();
    private final Path scratch;
    private final AppDatabase database;
    private final Map<String, String> environment = new HashMap<>();
    private SecretPrompt prompt = new Answers(List.of());
    private PairMemories memories = (left, right, patience) -> new HeldPairMemory();
    private Output.Kind kind = Output.Kind.PIPE;
    private StorageSpec opened = new StorageSpec("none", Map.of());

    /// What became of one command.
    public record Outcome(int code, String out, String err) {
        /// The lines of standard output.
        public List<String> lines() {
            return out.lines().toList();
        }
    }

    /// A place in which commands are made and never run.
    static Context silent() {
        return new Context(
                new Console(
                        new Output(OutputStream.nullOutputStream(), Output.Kind.PIPE),
                        new Output(OutputStream.nullOutputStream(), Output.Kind.PIPE),
                        Map.of(),
                        () -> 0),
                new Program(Path.of("nowhere")),
                new CancelFlag());
    }

    /// A program that may keep things in this folder.
    public Program(Path scratch) {
        this.scratch = scratch;
        this.database = new SqliteDatabase(scratch.resolve("app.db"), clock::get);
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

    /// The same program with somebody at the terminal who answers so, one question after the other.
    public Program answering(String... answers) {
        prompt = new Answers(new ArrayList<>(List.of(answers)));
        return this;
    }

    /// The same program with a variable in its environment.
    public Program with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /// What somebody types.
    private record Answers(List<String> left) implements SecretPrompt {
        @Override
        public boolean canAsk() {
            return !left.isEmpty();
        }

        @Override
        public Optional<String> ask(String question) {
            return Optional.of(left.removeFirst()).filter(answer -> !answer.isEmpty());
        }
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
        var console = new Console(new Output(out, kind), new Output(err, Output.Kind.PIPE), environment, clock::nanos);
        int code = new CommandLineProgram(console, this).run(List.of(args));
        return new Outcome(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @Override
    public StorageOpener storages(StackWishes wishes) {
        wished = wishes;
        return this;
    }

    /// What the last command wanted of the layers over its storages.
    public StackWishes wished() {
        return wished;
    }

    @Override
    public Storage open(StorageSpec spec) {
        if (!spec.provider().equals("local") && !spec.provider().equals(VaultedProvider.KEY)) {
            return open(credentials().resolve(spec));
        }
        opened = spec;
        String path = spec.settings().getOrDefault(Places.ROOT_SETTING, "");
        MemoryStorage folder = folders.get(path);
        if (folder == null) {
            throw new RefusedException("Want one of %s but have '%s'".formatted(folders.keySet(), path));
        }
        return folder;
    }

    /// What was opened last.
    public StorageSpec opened() {
        return opened;
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
    public Credentials credentials() {
        return new Credentials(database, vault(), new Kinds(List.of(new VaultedProvider())), clock::get);
    }

    @Override
    public Vault vault() {
        return new Vault(new KeyFile(scratch.resolve("secret.key")), SecureRandom::new);
    }

    @Override
    public AppDatabase database() {
        return database;
    }

    @Override
    public Settings settings() {
        return new Settings(database, clock::get);
    }

    @Override
    public Tasks tasks() {
        return new Tasks(database, vault(), credentials(), settings(), schedules(), clock::get, ZoneOffset.UTC);
    }

    @Override
    public Imports imports() {
        return new Imports(database, in -> new Imports.Desk(credentials(), tasks()), clock::get);
    }

    @Override
    public NextRuns schedules() {
        return new CronRuns();
    }

    @Override
    public Locks locks() {
        return new Locks(
                database, vault(), _ -> new Commands.Answer(1, ""), scratch.resolve("filesystems"), clock::get);
    }

    @Override
    public Runs runs() {
        return new Runs(database, vault(), tasks(), new RunFolder(scratch.resolve("runs")), clock::get);
    }

    @Override
    public Service service(Outcomes outcomes) {
        throw new RefusedException("Want a program that does runs");
    }

    @Override
    public Services at(Path home) {
        return new Program(home);
    }

    @Override
    public Users users() {
        return new Users(database, new Argon2(new Argon2.Cost(64, 1, 1), SecureRandom::new), clock::get);
    }

    @Override
    public ApiKeys apiKeys() {
        return new ApiKeys(database, SecureRandom::new, clock::get);
    }

    @Override
    public Alerts alerts() {
        return new Alerts(database, clock::get);
    }

    @Override
    public AlertWatch alertWatch() {
        return new AlertWatch(
                alerts(),
                tasks(),
                credentials(),
                schedules(),
                locks(),
                clock::get,
                ZoneOffset.UTC,
                () -> Long.MAX_VALUE);
    }

    @Override
    public Channels channels() {
        return new Channels(
                database, new Vault(new KeyFile(scratch.resolve("secret.key")), SecureRandom::new), clock::get);
    }

    /// A service that was told to stop before it began.
    @Override
    public Serving serving() {
        return wishes -> new Serving.Running() {
            @Override
            public String url() {
                return "for " + wishes;
            }

            @Override
            public List<String> words() {
                return List.of("Open this link");
            }

            @Override
            public void await() {
                // It has ended, but not without a word.
                System.getLogger("io.skyferry.service")
                        .log(System.Logger.Level.ERROR, "A request failed", new IllegalStateException("oh no"));
            }

            @Override
            public void close() {
                // Nothing was opened.
            }
        };
    }

    @Override
    public SecretPrompt prompt() {
        return prompt;
    }

    @Override
    public StorageProbe probe() {
        return new StorageProbe(new SplittableRandom(1));
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
