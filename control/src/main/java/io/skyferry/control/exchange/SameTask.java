package io.skyferry.control.exchange;

import io.skyferry.control.credential.Credential;
import io.skyferry.control.json.JsonValue;
import io.skyferry.control.task.Task;
import io.skyferry.control.task.TaskFields;
import io.skyferry.control.task.Tasks;
import java.util.OptionalLong;

/// Finds the task that an earlier import made of the same.
final class SameTask {
    private SameTask() {}

    /// The task that is the same: by account, direction, path, bucket and folder.
    static OptionalLong of(JsonValue.Members fields, Credential credential, Tasks tasks) {
        String path = cut(Shapes.text(fields, "path"));
        JsonValue.Members attributes = Shapes.object(fields, "attributes").orElse(JsonValue.Members.EMPTY);
        for (Task task : tasks.list()) {
            TaskFields there = task.fields();
            boolean same = there.credential() == credential.id()
                    && there.direction().name().equals(Shapes.text(fields, "direction"))
                    && cut(there.path()).equals(path)
                    && there.attributes().getOrDefault("bucket", "").equals(Shapes.text(attributes, "bucket"))
                    && cut(there.attributes().getOrDefault("folder", ""))
                            .equals(cut(Shapes.text(attributes, "folder")));
            if (same) {
                return OptionalLong.of(task.id());
            }
        }
        return OptionalLong.empty();
    }

    private static String cut(String path) {
        return path.replaceAll("/+$", "");
    }
}
