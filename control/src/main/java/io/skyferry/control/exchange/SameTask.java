package io.skyferry.control.exchange;

import io.skyferry.control.credential.Credential;
import io.skyferry.control.json.JsonValue;
import io.skyferry.control.task.Task;
import io.skyferry.control.task.TaskFields;
import io.skyferry.control.task.Tasks;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/// Finds the tasks that an earlier import made of the same. Each stands for one task of an import: two that do
/// the same at different times stay two.
final class SameTask {
    private final Tasks tasks;
    private final Set<Long> taken = new HashSet<>();

    SameTask(Tasks tasks) {
        this.tasks = tasks;
    }

    /// The task that is the same, by account, direction, path, bucket and folder, and stands for no other one
    /// yet; that with the same description before others.
    OptionalLong as(JsonValue.Members fields, Credential credential) {
        List<Task> same = tasks.list().stream()
                .filter(task -> !taken.contains(task.id()) && isSame(task.fields(), fields, credential))
                .sorted(Comparator.comparing(
                        (Task task) -> !task.fields().description().equals(Shapes.text(fields, "description"))))
                .toList();
        if (same.isEmpty()) {
            return OptionalLong.empty();
        }
        made(same.getFirst().id());
        return OptionalLong.of(same.getFirst().id());
    }

    /// Notes that a task stands for one of this import.
    void made(long task) {
        taken.add(task);
    }

    private static boolean isSame(TaskFields there, JsonValue.Members fields, Credential credential) {
        JsonValue.Members attributes = Shapes.object(fields, "attributes").orElse(JsonValue.Members.EMPTY);
        return there.credential() == credential.id()
                && there.direction().name().equals(Shapes.text(fields, "direction"))
                && cut(there.path()).equals(cut(Shapes.text(fields, "path")))
                && there.attributes().getOrDefault("bucket", "").equals(Shapes.text(attributes, "bucket"))
                && cut(there.attributes().getOrDefault("folder", "")).equals(cut(Shapes.text(attributes, "folder")));
    }

    private static String cut(String path) {
        return path.replaceAll("/+$", "");
    }
}
