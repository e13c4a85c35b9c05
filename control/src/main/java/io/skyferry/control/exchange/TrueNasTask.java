package io.skyferry.control.exchange;

import io.skyferry.control.json.JsonValue;
import io.skyferry.control.task.FieldError;
import io.skyferry.control.task.Task;
import io.skyferry.control.task.TaskJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A task's fields between TrueNAS's form and ours. The names are the same; what differs is what a task says
/// of the account, a few forms that old releases wrote, and that TrueNAS shows the credential as a whole.
public final class TrueNasTask {
    private static final String ATTRIBUTES = "attributes";
    private static final String CREDENTIALS = "credentials";
    private static final String FAST_LIST = "fast_list";
    private static final String STORAGE_CLASS = "storage_class";
    private static final String REGION = "region";
    /// Encryption by the server, which TrueNAS calls like the encryption of the task.
    private static final String ENCRYPTION = "encryption";

    private static final String SSE = "sse";

    /// What only the server says of a task.
    private static final List<String> READ_ONLY = List.of("id", "job", "locked", "dataset", "relative_path");

    private static final List<String> FIRST = List.of("description", "path", CREDENTIALS, ATTRIBUTES, "schedule");

    private static final List<String> SHOWN = List.of(
            "pre_script",
            "post_script",
            "snapshot",
            "include",
            "exclude",
            "args",
            "enabled",
            "bwlimit",
            "transfers",
            "direction",
            "transfer_mode",
            ENCRYPTION,
            "filename_encryption",
            TaskJson.PASSWORD,
            TaskJson.SALT,
            "create_empty_src_dirs",
            "follow_symlinks");

    private TrueNasTask() {}

    /// Whether tasks have a field of this name, in any release.
    static boolean isKnown(String name) {
        return READ_ONLY.contains(name) || FIRST.contains(name) || SHOWN.contains(name);
    }

    /// A task, or some fields of one, in our form. What is wrong with a field is left for the rules of
    /// tasks to say.
    ///
    /// @param given in TrueNAS's form, of any release
    public static JsonValue.Members ours(JsonValue.Members given) {
        Map<String, JsonValue> ours = new LinkedHashMap<>(given.members());
        READ_ONLY.forEach(ours::remove);
        Shapes.object(given, CREDENTIALS)
                .flatMap(credential -> credential.get("id"))
                .ifPresent(id -> ours.put(CREDENTIALS, id));
        Shapes.object(given, ATTRIBUTES).ifPresent(attributes -> ours.put(ATTRIBUTES, attributes(attributes)));
        if (Shapes.object(given, "bwlimit")
                .filter(one -> one.members().isEmpty())
                .isPresent()) {
            ours.put("bwlimit", new JsonValue.Array(List.of()));
        }
        Shapes.object(given, "schedule").ifPresent(schedule -> ours.put("schedule", schedule(schedule)));
        return new JsonValue.Members(ours);
    }

    private static JsonValue attributes(JsonValue.Members given) {
        Map<String, JsonValue> ours = new LinkedHashMap<>();
        given.members().forEach((name, value) -> {
            boolean usual = value instanceof JsonValue.Null
                    || (value instanceof JsonValue.Text(String text)
                            && text.isEmpty()
                            && List.of(REGION, STORAGE_CLASS).contains(name));
            if (!usual) {
                ours.put(name.equals(ENCRYPTION) ? SSE : name, value);
            }
        });
        return new JsonValue.Members(ours);
    }

    /// Fields of a schedule as texts under today's names.
    private static JsonValue schedule(JsonValue.Members given) {
        Map<String, JsonValue> ours = new LinkedHashMap<>();
        given.members().forEach((name, value) -> {
            Optional<Long> number = Shapes.whole(given, name);
            // CORE wrote plain numbers here and there.
            ours.put(name, number.isPresent() ? JsonValue.of(Long.toString(number.orElseThrow())) : value);
        });
        // Releases before 11.3 called two of them so.
        rename(ours, "daymonth", "dom");
        rename(ours, "dayweek", "dow");
        return new JsonValue.Members(ours);
    }

    private static void rename(Map<String, JsonValue> fields, String old, String name) {
        JsonValue value = fields.remove(old);
        if (value != null) {
            fields.putIfAbsent(name, value);
        }
    }

    /// Where a client finds the field that an error is about.
    public static FieldError error(FieldError ours) {
        return ours.path().equals(ATTRIBUTES + "." + SSE)
                ? new FieldError(ATTRIBUTES + "." + ENCRYPTION, ours.message())
                : ours;
    }

    /// A task as TrueNAS answers it.
    ///
    /// @param credential as a whole
    /// @param type of the account, in TrueNAS's words
    /// @param secrets of the task that are to be seen; for others that are set there are asterisks
    /// @param job the newest one, or `null`
    public static JsonValue.Members shown(
            Task task, JsonValue credential, String type, Map<String, String> secrets, JsonValue job) {
        JsonValue.Members fields = TaskJson.write(task.fields(), task.secrets());
        Map<String, JsonValue> out = new LinkedHashMap<>();
        out.put("id", JsonValue.of(task.id()));
        out.put("description", JsonValue.of(task.fields().description()));
        out.put("path", JsonValue.of(task.fields().path()));
        out.put("dataset", new JsonValue.Null());
        out.put("relative_path", new JsonValue.Null());
        out.put(CREDENTIALS, credential);
        out.put(ATTRIBUTES, shownAttributes(task.fields().attributes(), type));
        out.putAll(Shapes.some(fields, List.of("schedule")));
        out.putAll(Shapes.some(fields, SHOWN));
        secrets.forEach((name, secret) -> out.put(name, JsonValue.of(secret)));
        out.put("job", job);
        out.put("locked", JsonValue.of(false));
        return new JsonValue.Members(out);
    }

    private static JsonValue shownAttributes(Map<String, String> attributes, String type) {
        Map<String, JsonValue> out = new LinkedHashMap<>();
        Optional<TrueNasProvider> provider = TrueNasProvider.of(type);
        attributes.forEach((name, value) -> out.put(name.equals(SSE) ? ENCRYPTION : name, JsonValue.of(value)));
        List<String> known = provider.map(TrueNasProvider::attributes).orElse(List.of());
        if (known.contains(FAST_LIST) || attributes.containsKey(FAST_LIST)) {
            out.put(
                    FAST_LIST,
                    JsonValue.of(attributes.getOrDefault(FAST_LIST, "off").equals("on")));
        }
        if (known.contains(REGION)) {
            out.putIfAbsent(REGION, JsonValue.of(""));
            out.putIfAbsent(ENCRYPTION, new JsonValue.Null());
            out.putIfAbsent(STORAGE_CLASS, JsonValue.of(""));
        }
        return new JsonValue.Members(out);
    }
}
