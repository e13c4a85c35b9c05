package io.skyferry.app;

import io.skyferry.cli.Services;
import io.skyferry.cli.Serving;
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
import io.skyferry.control.run.StackWishes;
import io.skyferry.control.run.StorageOpener;
import io.skyferry.control.runs.Commands;
import io.skyferry.control.runs.Engine;
import io.skyferry.control.runs.Locks;
import io.skyferry.control.runs.Outcomes;
import io.skyferry.control.runs.RunFolder;
import io.skyferry.control.runs.Runs;
import io.skyferry.control.runs.Service;
import io.skyferry.control.runs.Snapshots;
import io.skyferry.control.schedule.CronRuns;
import io.skyferry.control.setting.Settings;
import io.skyferry.control.store.AppDatabase;
import io.skyferry.control.store.PostgresDatabase;
import io.skyferry.control.store.SqliteDatabase;
import io.skyferry.control.task.NextRuns;
import io.skyferry.control.task.RemoteFolders;
import io.skyferry.control.task.Tasks;
import io.skyferry.control.user.ApiKeys;
import io.skyferry.control.user.Argon2;
import io.skyferry.control.user.Users;
import io.skyferry.control.vault.KeyFile;
import io.skyferry.control.vault.Vault;
import io.skyferry.engine.pair.PairMemories;
import io.skyferry.engine.work.ThreadWorkers;
import io.skyferry.engine.work.Workers;
import io.skyferry.layers.ThreadSleeper;
import io.skyferry.memory.Holder;
import io.skyferry.memory.NativeLibrary;
import io.skyferry.memory.SqlitePairMemories;
import io.skyferry.probe.StorageProbe;
import io.skyferry.storage.StorageProvider;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Puts the product together, each part when it is first asked for.
final class AppServices implements Services, AutoCloseable {
    private static final Duration COMMAND_LIMIT = Duration.ofMinutes(2);
    private static final Duration LOOK_LIMIT = Duration.ofSeconds(10);
    private static final Path FILE_SYSTEMS = Path.of("/proc/filesystems");
    private static final Path MOUNT_TABLE = Path.of("/proc/self/mountinfo");

    private final Home home;
    private final String command;
    private final Path mountTable;
    private final InstantSource clock = InstantSource.system();
    private final AtomicBoolean served = new AtomicBoolean();
    private @Nullable AppDatabase database;
    private @Nullable Credentials credentials;
    private @Nullable EncryptionLayers layers;

    /// @param command what the user called, for others who wait for what it works on
    AppServices(Home home, String command) {
        this(home, command, MOUNT_TABLE);
    }

    /// @param mountTable which file systems there are, as `/proc/self/mountinfo`
    AppServices(Home home, String command, Path mountTable) {
        this.home = home;
        this.command = command;
        this.mountTable = mountTable;
    }

    @Override
    public StorageOpener storages(StackWishes wishes) {
        return storages(wishes, Optional.empty());
    }

    private StorageOpener storages(StackWishes wishes, Optional<LayeredStorages.Shared> shared) {
        return new LayeredStorages(wishes, shared, spec -> credentials().resolve(spec), this::layers, clock);
    }

    private synchronized EncryptionLayers layers() {
        EncryptionLayers made = layers == null ? new EncryptionLayers() : layers;
        layers = made;
        return made;
    }

    @Override
    public Encryption encryption() {
        return new AppEncryption(layers());
    }

    @Override
    public OneWayRuns oneWayRuns(StorageOpener storages) {
        return new OneWayRuns(storages, memories(), workers(), new SystemRunClock(clock));
    }

    @Override
    public Checks checks(StorageOpener storages) {
        return new Checks(storages, memories(), workers(), new SystemRunClock(clock));
    }

    private PairMemories memories() {
        var holder = new Holder(ProcessHandle.current().pid(), command, clock.instant());
        return new SqlitePairMemories(home.folder(), holder, new ThreadSleeper()::sleep);
    }

    @Override
    public synchronized Credentials credentials() {
        Credentials made = credentials == null ? openCredentials() : credentials;
        credentials = made;
        return made;
    }

    private Credentials openCredentials() {
        return credentials(database());
    }

    private Credentials credentials(AppDatabase in) {
        return new Credentials(in, vault(), new Kinds(ServiceLoader.load(StorageProvider.class)), clock);
    }

    @Override
    public Imports imports() {
        return new Imports(
                database(),
                in -> {
                    Credentials accounts = credentials(in);
                    var tasks = new Tasks(
                            in, vault(), accounts, new Settings(in, clock), schedules(), clock, ZoneId.systemDefault());
                    return new Imports.Desk(accounts, tasks);
                },
                clock);
    }

    @Override
    public synchronized AppDatabase database() {
        AppDatabase made = database == null ? openDatabase() : database;
        database = made;
        return made;
    }

    private AppDatabase openDatabase() {
        Optional<String> url = home.databaseUrl();
        if (url.isPresent()) {
            return new PostgresDatabase(url.orElseThrow(), clock);
        }
        NativeLibrary.prepare(home.folder());
        return new SqliteDatabase(home.database(), clock);
    }

    @Override
    public Vault vault() {
        return new Vault(new KeyFile(home.key()), SecureRandom::new);
    }

    @Override
    public Settings settings() {
        return new Settings(database(), clock);
    }

    @Override
    public Tasks tasks() {
        return new Tasks(database(), vault(), credentials(), settings(), schedules(), clock, ZoneId.systemDefault())
                .asking(new RemoteFolders(() -> storages(StackWishes.AT_ONCE)));
    }

    @Override
    public NextRuns schedules() {
        return new CronRuns();
    }

    @Override
    public Runs runs() {
        return new Runs(database(), vault(), tasks(), new RunFolder(home.runs()), clock);
    }

    @Override
    public Service service(Outcomes outcomes) {
        NativeLibrary.prepare(home.folder());
        return new Service(new Service.Parts(
                database(),
                tasks(),
                runs(),
                credentials(),
                settings(),
                schedules(),
                new AppEngine(),
                new Snapshots(Commands.ofSystem(COMMAND_LIMIT), mountTable, home.mounts()),
                locks(),
                new RunFolder(home.runs()),
                outcomes,
                clock,
                ZoneId.systemDefault()));
    }

    @Override
    public Locks locks() {
        return new Locks(database(), vault(), Commands.ofSystem(LOOK_LIMIT), FILE_SYSTEMS, clock);
    }

    /// Does what runs of the service ask for.
    private final class AppEngine implements Engine {
        private final ServiceBandwidth bandwidth =
                new ServiceBandwidth(settings(), () -> Service.busyProcesses(database()), clock, System::nanoTime);

        @Override
        public StorageOpener storages(StackWishes wishes) {
            return AppServices.this.storages(wishes, Optional.of(bandwidth.forRun()));
        }

        @Override
        public OneWayRuns runs(StorageOpener storages, ThreadFactory threads) {
            return new OneWayRuns(storages, memories(), new ThreadWorkers(threads), new SystemRunClock(clock));
        }
    }

    @Override
    public Services at(Path other) {
        return new AppServices(new Home(other), command, mountTable);
    }

    /// Leaves the database in one file, without the log that SQLite keeps beside it.
    @Override
    public synchronized void close() {
        if (database != null) {
            database.close();
            database = null;
            credentials = null;
        }
    }

    @Override
    public Users users() {
        return new Users(database(), new Argon2(Argon2.Cost.USUAL, SecureRandom::new), clock);
    }

    @Override
    public ApiKeys apiKeys() {
        return new ApiKeys(database(), SecureRandom::new, clock);
    }

    @Override
    public Alerts alerts() {
        return new Alerts(database(), clock);
    }

    @Override
    public AlertWatch alertWatch() {
        return new AlertWatch(
                alerts(),
                tasks(),
                credentials(),
                schedules(),
                locks(),
                clock,
                ZoneId.systemDefault(),
                () -> home.folder().toFile().getUsableSpace());
    }

    @Override
    public Channels channels() {
        return new Channels(database(), vault(), clock);
    }

    @Override
    public Serving serving() {
        return wishes -> {
            served.set(true);
            return ServiceProcess.start(this, home, wishes);
        };
    }

    /// Whether a service was started, which closes itself when the JVM ends.
    boolean hasServed() {
        return served.get();
    }

    @Override
    public SecretPrompt prompt() {
        return new TerminalPrompt();
    }

    @Override
    public StorageProbe probe() {
        return new StorageProbe(new SecureRandom());
    }

    /// Disk calls hold on to their carrier, so that runs get threads of the platform.
    @Override
    public Workers workers() {
        return new ThreadWorkers(Thread.ofPlatform().daemon().factory());
    }

    @Override
    public Path newSpill() {
        return new SpillFolders(home.spill()).next();
    }

    @Override
    public InstantSource clock() {
        return clock;
    }
}
