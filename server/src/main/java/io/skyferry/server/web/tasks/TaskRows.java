package io.skyferry.server.web.tasks;

import io.skyferry.control.credential.Credential;
import io.skyferry.control.runs.Run;
import io.skyferry.control.schedule.CronRuns;
import io.skyferry.control.task.NotFoundException;
import io.skyferry.control.task.Task;
import io.skyferry.server.ServerParts;
import io.skyferry.server.web.TableQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Finds tasks with what the list shows of them.
public final class TaskRows {
    private static final System.Logger LOG = System.getLogger(TaskRows.class.getName());
    private final ServerParts parts;

    /// Over these parts.
    public TaskRows(ServerParts parts) {
        this.parts = parts;
    }

    List<TaskRow> all() {
        return rows(parts.tasks().list());
    }

    TaskRow of(long id) {
        return rows(List.of(parts.tasks().get(id))).getFirst();
    }

    /// Those of these numbers, without what was deleted meanwhile.
    public List<TaskRow> of(List<Long> ids) {
        List<Task> found = new ArrayList<>();
        for (long id : ids) {
            try {
                found.add(parts.tasks().get(id));
            } catch (NotFoundException gone) {
                LOG.log(System.Logger.Level.DEBUG, "A task was deleted while it was looked at", gone);
            }
        }
        return rows(found);
    }

    private List<TaskRow> rows(List<Task> tasks) {
        Map<Long, Run> newest = parts.runs().newest(tasks.stream().map(Task::id).toList());
        Map<Long, Credential> credentials = new HashMap<>();
        parts.credentials().list().forEach(one -> credentials.put(one.id(), one));
        return tasks.stream()
                .map(task -> {
                    Optional<Credential> credential =
                            Optional.ofNullable(credentials.get(task.fields().credential()));
                    return new TaskRow(
                            task,
                            Optional.ofNullable(newest.get(task.id())),
                            credential.map(Credential::name).orElse(""),
                            credential.map(Credential::provider).orElse(""),
                            CronRuns.read(task.fields().timing().cron()).sentence());
                })
                .toList();
    }

    /// Whether a task is what somebody looks for.
    static boolean fits(TaskRow row, String search) {
        String wanted = search.strip().toLowerCase(Locale.ROOT);
        return wanted.isEmpty()
                || List.of(
                                row.task().name(),
                                row.credential(),
                                row.task().fields().path(),
                                row.remote())
                        .stream()
                        .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(wanted));
    }

    static Comparator<TaskRow> order(TableQuery query) {
        Comparator<TaskRow> up = switch (Column.of(query.sort()).orElse(Column.DESCRIPTION)) {
            case DESCRIPTION -> Comparator.comparing(TaskRows::name);
            case CREDENTIAL -> Comparator.comparing(TaskRow::credential);
            case DIRECTION -> Comparator.comparing(TaskRow::direction);
            case TRANSFER_MODE -> Comparator.comparing(TaskRow::mode);
            case PATH -> Comparator.comparing(row -> row.task().fields().path());
            case SCHEDULE -> Comparator.comparing(TaskRow::schedule);
            case FREQUENCY -> Comparator.comparing(TaskRow::frequency);
            case NEXT_RUN -> Comparator.comparing(row -> row.task().nextRun().orElse(Instant.MAX));
            case LAST_RUN ->
                Comparator.comparing(row -> row.run().map(Run::queued).orElse(Instant.EPOCH));
            case ENABLED -> Comparator.comparing(row -> !row.isEnabled());
            case STATE -> Comparator.comparing(TaskRow::state);
        };
        return query.by(up.thenComparing(TaskRows::name)
                .thenComparingLong(row -> row.task().id()));
    }

    private static String name(TaskRow row) {
        return row.task().name().toLowerCase(Locale.ROOT);
    }
}
