package io.skyferry.control.task;

import io.skyferry.control.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/// Fields of tasks as their rows hold them, in JSON. Lists of tasks are asked for often and change seldom, so the same
/// text is read once.
final class ReadFields {
    private static final int MOST = 4000;

    private final Map<String, TaskFields> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, TaskFields> eldest) {
            return size() > MOST;
        }
    };

    /// The fields that were written so.
    synchronized TaskFields fields(String json) {
        return known.computeIfAbsent(json, ReadFields::read);
    }

    private static TaskFields read(String json) {
        if (!(JsonValue.parse(json) instanceof JsonValue.Members members)) {
            throw new IllegalStateException("Want the fields of a task but have something else");
        }
        return TaskJson.read(members, new ArrayList<>()).fields();
    }
}
