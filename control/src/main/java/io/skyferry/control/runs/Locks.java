package io.skyferry.control.runs;

import io.skyferry.control.store.AppDatabase;
import io.skyferry.control.store.Session;
import io.skyferry.control.task.Task;
import io.skyferry.control.vault.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which tasks cannot run before somebody has unlocked something: an encrypted dataset of ZFS that
/// holds the folder, or the secrets that the key file would open.
///
/// A locked task is not due, does not fail, and says why.
public final class Locks {
    private static final Duration FRESH = Duration.ofSeconds(15);

    private final AppDatabase database;
    private final Vault vault;
    private final Commands commands;
    private final Path filesystems;
    private final InstantSource clock;
    private Seen seen = new Seen(Instant.MIN, List.of());

    /// @param filesystems as `/proc/filesystems`: where ZFS is not among them nobody is asked
    public Locks(AppDatabase database, Vault vault, Commands commands, Path filesystems, InstantSource clock) {
        this.database = database;
        this.vault = vault;
        this.commands = commands;
        this.filesystems = filesystems;
        this.clock = clock;
    }

    private record Dataset(Path at, String name, boolean locked) {}

    private record Seen(Instant at, List<Dataset> datasets) {
        Seen {
            datasets = List.copyOf(datasets);
        }
    }

    /// Why a task cannot run before something is unlocked; empty: nothing is locked.
    public Optional<String> why(Task task) {
        return Optional.ofNullable(why(List.of(task)).get(task.id()));
    }

    /// The same for many tasks, by their numbers; those that are not locked are left out.
    public Map<Long, String> why(List<Task> all) {
        Closed closed = closed();
        Map<Long, String> locked = new HashMap<>();
        for (Task task : all) {
            folder(Path.of(task.fields().path()))
                    .or(() -> Optional.ofNullable(closed.tasks().get(task.id())))
                    .or(() -> Optional.ofNullable(
                            closed.credentials().get(task.fields().credential())))
                    .ifPresent(reason -> locked.put(task.id(), reason));
        }
        return locked;
    }

    private record Closed(Map<Long, String> credentials, Map<Long, String> tasks) {}

    private Closed closed() {
        return database.read(session -> new Closed(
                        closed(
                                session,
                                "select credential_id, sealed from credential_setting where sealed is not null"),
                        closed(session, "select task_id, sealed from task_secret")))
                .orElseGet(() -> new Closed(Map.of(), Map.of()));
    }

    private Map<Long, String> closed(Session session, String query) throws SQLException {
        Map<Long, String> closed = new HashMap<>();
        session.list(query, row -> {
            long id = row.getLong(1);
            Optional<String> reason = vault.whyClosed(row.getBytes(2));
            reason.ifPresent(text -> closed.put(id, text));
            return reason.isPresent();
        });
        return closed;
    }

    private Optional<String> folder(Path path) {
        return datasets().stream()
                .filter(one -> path.startsWith(one.at()))
                .reduce((a, b) -> b.at().getNameCount() >= a.at().getNameCount() ? b : a)
                .filter(Dataset::locked)
                .map(one -> "Dataset is locked: '%s'".formatted(one.name()));
    }

    private synchronized List<Dataset> datasets() {
        Instant now = clock.instant();
        if (seen.at().plus(FRESH).isBefore(now)) {
            seen = new Seen(now, asked());
        }
        return seen.datasets();
    }

    /// Source: zfsprops(7), `keystatus`: `available`, `unavailable`, or `-` where nothing is encrypted.
    private List<Dataset> asked() {
        try {
            if (!Files.exists(filesystems) || !Files.readString(filesystems).contains("zfs")) {
                return List.of();
            }
            Commands.Answer answer =
                    commands.run(List.of("zfs", "list", "-H", "-t", "filesystem", "-o", "mountpoint,keystatus,name"));
            if (!answer.isGood()) {
                return List.of();
            }
            return answer.output()
                    .lines()
                    .map(line -> List.of(line.split("\t", -1)))
                    .filter(fields -> fields.size() == 3 && fields.getFirst().startsWith("/"))
                    .map(fields -> new Dataset(
                            Path.of(fields.getFirst()),
                            fields.getLast(),
                            fields.get(1).equals("unavailable")))
                    .toList();
        } catch (IOException failure) {
            System.getLogger(Locks.class.getName())
                    .log(System.Logger.Level.DEBUG, "ZFS does not tell of its datasets", failure);
            return List.of();
        }
    }
}
