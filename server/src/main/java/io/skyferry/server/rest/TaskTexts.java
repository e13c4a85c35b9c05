package io.skyferry.server.rest;

import io.skyferry.control.json.JsonValue;
import io.skyferry.control.schedule.CronRuns;
import io.skyferry.control.task.Task;
import io.skyferry.control.task.TaskJson;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// What the JSON of a task says until the task is changed, written once.
///
/// A list of a thousand tasks is asked for again and again, and writing it was most of the work.
final class TaskTexts {
    private final Map<Long, Known> known = new ConcurrentHashMap<>();

    private record Known(long revision, String text) {}

    /// A JSON object without what changes by itself: runs, times of runs, locks.
    String text(Task task) {
        Known have = known.get(task.id());
        if (have == null || have.revision() != task.revision()) {
            have = new Known(task.revision(), written(task));
            known.put(task.id(), have);
        }
        return have.text();
    }

    private static String written(Task task) {
        String frequency = CronRuns.read(task.fields().timing().cron()).sentence();
        return TaskJson.write(task)
                .without("next_run")
                .with("frequency", JsonValue.of(frequency))
                .toString();
    }

    /// Forgets all but these.
    void keep(Collection<Task> tasks) {
        Set<Long> ids = tasks.stream().map(Task::id).collect(Collectors.toSet());
        known.keySet().retainAll(ids);
    }
}
