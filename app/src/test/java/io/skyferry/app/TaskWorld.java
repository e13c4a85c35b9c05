package io.skyferry.app;

import io.skyferry.control.audit.Caller;
import io.skyferry.control.credential.SettingChanges;
import io.skyferry.control.json.JsonValue;
import io.skyferry.control.runs.Run;
import io.skyferry.control.runs.RunKind;
import io.skyferry.control.runs.RunState;
import io.skyferry.control.runs.Service;
import io.skyferry.control.setting.Settings.Name;
import io.skyferry.control.task.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// A home, a folder, an account that is another folder, and a service that may be started over them.
final class TaskWorld implements AutoCloseable {
    static final Caller CALLER = Caller.local("test");
    private static final long PATIENCE_SECONDS = 90;

    final Path root;
    final Path folder;
    final Path account;
    final AppServices services;
    final List<Run> finished = new CopyOnWriteArrayList<>();
    private Optional<Service> service = Optional.empty();

    TaskWorld(Path root, Optional<String> databaseUrl) throws IOException {
        this.root = root;
        this.folder = Files.createDirectories(root.resolve("source"));
        this.account = Files.createDirectories(root.resolve("account"));
        Path home = root.resolve("home");
        this.services = new AppServices(new Home(home, home.resolve(Home.KEY), databaseUrl), "test");
        services.settings().set(Name.ALLOWED_FOLDERS, root.toString(), CALLER);
        services.credentials().add("account", "local", SettingChanges.of(Map.of("path", account.toString())));
    }

    /// The fields of a task that pushes the folder to the account, and further ones.
    JsonValue.Members fields(String... more) {
        JsonValue.Members all = (JsonValue.Members) JsonValue.parse("""
                {"description": "Photos", "direction": "PUSH", "transfer_mode": "COPY", "enabled": false,
                 "attributes": {"folder": "photos"}}""");
        all = all.with("path", JsonValue.of(folder.toString()))
                .with(
                        "credentials",
                        JsonValue.of(services.credentials().get("account").id()));
        for (int i = 0; i + 1 < more.length; i += 2) {
            all = all.with(more[i], JsonValue.parse(more[i + 1]));
        }
        return all;
    }

    Task task(String... more) {
        return services.tasks().create(fields(more), CALLER);
    }

    void write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(Optional.ofNullable(file.getParent()).orElseThrow());
        Files.writeString(file, content);
    }

    String read(String name) throws IOException {
        return Files.readString(account.resolve("photos").resolve(name));
    }

    void start() {
        Service started = services.service((run, _) -> finished.add(run));
        started.start("");
        service = Optional.of(started);
    }

    void stop() {
        service.ifPresent(Service::close);
        service = Optional.empty();
    }

    Run run(Task task) {
        return run(task, RunKind.REAL);
    }

    Run run(Task task, RunKind kind) {
        return ended(services.runs().trigger(task.id(), kind, CALLER).id());
    }

    /// The run when it has ended; a service is started for it where there is none.
    Run ended(long run) {
        if (service.isEmpty()) {
            start();
        }
        await(
                "run %s ends".formatted(run),
                () -> services.runs().get(run).state().isFinal());
        return services.runs().get(run);
    }

    Run in(RunState state, long run) {
        await(
                "run %s is %s".formatted(run, state),
                () -> services.runs().get(run).state() == state);
        return services.runs().get(run);
    }

    static void await(String what, BooleanSupplier done) {
        var never = new CountDownLatch(1);
        long begun = System.nanoTime();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() - begun > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
                throw new AssertionError("Want that %s but it does not".formatted(what));
            }
            try {
                var _ = never.await(20, TimeUnit.MILLISECONDS);
            } catch (InterruptedException interrupt) {
                Thread.currentThread().interrupt();
                throw new AssertionError(interrupt);
            }
        }
    }

    String log(Run run) {
        return services.runs().log(run.id(), 0, 1 << 20).text();
    }

    @Override
    public void close() {
        stop();
        services.close();
    }
}
