package io.skyferry.app;

import io.skyferry.cli.Services;
import io.skyferry.cli.console.SecretPrompt;
import io.skyferry.control.credential.Credentials;
import io.skyferry.control.credential.Kinds;
import io.skyferry.control.crypt.Encryption;
import io.skyferry.control.run.Checks;
import io.skyferry.control.run.OneWayRuns;
import io.skyferry.control.run.StackWishes;
import io.skyferry.control.run.StorageOpener;
import io.skyferry.control.store.AppDatabase;
import io.skyferry.control.store.SqliteDatabase;
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
import java.time.InstantSource;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/// Puts the product together, each part when it is first asked for.
final class AppServices implements Services, AutoCloseable {
    private final Home home;
    private final String command;
    private final InstantSource clock = InstantSource.system();
    private @Nullable AppDatabase database;
    private @Nullable Credentials credentials;
    private @Nullable EncryptionLayers layers;

    /// @param command what the user called, for others who wait for what it works on
    AppServices(Home home, String command) {
        this.home = home;
        this.command = command;
    }

    @Override
    public StorageOpener storages(StackWishes wishes) {
        return new LayeredStorages(wishes, spec -> credentials().resolve(spec), this::layers, clock);
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
        NativeLibrary.prepare(home.folder());
        var opened = new SqliteDatabase(home.database(), clock);
        database = opened;
        var vault = new Vault(new KeyFile(home.key()), SecureRandom::new);
        return new Credentials(opened, vault, new Kinds(ServiceLoader.load(StorageProvider.class)), clock);
    }

    @Override
    public Services at(Path other) {
        return new AppServices(new Home(other), command);
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
        return home.spill()
                .resolve("run-%s-%s".formatted(ProcessHandle.current().pid(), System.nanoTime()));
    }

    @Override
    public InstantSource clock() {
        return clock;
    }
}
