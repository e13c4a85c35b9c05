package io.skyferry.control.form;

import io.skyferry.control.json.JsonValue;
import io.skyferry.control.task.BandwidthTime;
import io.skyferry.control.task.Bandwidths;
import io.skyferry.control.task.Cron;
import io.skyferry.control.task.FieldError;
import io.skyferry.limits.SpecException;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Makes a task's JSON of a form.
public final class FormReader {
    private static final List<String> TEXTS = List.of(
            "description",
            "direction",
            "transfer_mode",
            "path",
            "window_end",
            "missed_runs",
            "args",
            "encryption_password",
            "encryption_salt",
            "encryption_encoding",
            "encryption_suffix",
            "max_delete",
            "max_replace",
            "backup_folder");
    private static final List<String> BOXES = List.of(
            "enabled",
            "follow_symlinks",
            "create_empty_src_dirs",
            "snapshot",
            "encryption",
            "filename_encryption",
            "directory_name_encryption",
            "allow_empty_source",
            "resume");
    private static final List<String> SCRIPTS =
            List.of("pre_script", "post_script", "on_failure_script", "always_script");

    private final TaskForm form;
    private final List<FieldError> errors = new ArrayList<>();
    private final Map<String, JsonValue> out = new LinkedHashMap<>();

    FormReader(TaskForm form) {
        this.form = form;
    }

    /// A task, as far as it could be read.
    ///
    /// @param errors by the field of the form that is wrong
    public record Read(JsonValue.Members task, List<FieldError> errors) {
        /// Makes the list unchangeable.
        public Read {
            errors = List.copyOf(errors);
        }

        /// Leaves the secrets out.
        @Override
        public String toString() {
            return "Read[%s]".formatted(errors);
        }
    }

    Read read(TaskForm.ScriptFields scripts) {
        for (String name : TEXTS) {
            if (form.values().containsKey(name)) {
                out.put(name, JsonValue.of(form.text(name)));
            }
        }
        BOXES.forEach(name -> out.put(name, JsonValue.of(form.on(name))));
        form.credential().ifPresent(number -> out.put("credentials", JsonValue.of(number)));
        attributes();
        schedule();
        bandwidth();
        transfers();
        whole("jitter", "of seconds");
        whole("backup_keep_days", "of days");
        out.put("include", JsonValue.of(form.lines("include")));
        out.put("exclude", JsonValue.of(form.lines("exclude")));
        if (scripts == TaskForm.ScriptFields.SHOWN) {
            SCRIPTS.forEach(name -> out.put(name, JsonValue.of(form.text(name).replace("\r\n", "\n"))));
            whole("script_timeout", "of seconds");
            out.put("script_secrets", JsonValue.of(form.on("script_secrets")));
        }
        return new Read(new JsonValue.Members(out), errors);
    }

    private void error(String name, String message) {
        errors.add(new FieldError(name, message));
    }

    private void attributes() {
        Map<String, JsonValue> attributes = new LinkedHashMap<>();
        form.attributes().forEach((name, value) -> {
            if (!value.isEmpty() || name.equals("folder")) {
                attributes.put(name, JsonValue.of(value));
            }
        });
        out.put("attributes", new JsonValue.Members(attributes));
    }

    private void schedule() {
        try {
            Cron cron = form.schedule().cron();
            Map<String, JsonValue> fields = new LinkedHashMap<>();
            fields.put("minute", JsonValue.of(cron.minute()));
            fields.put("hour", JsonValue.of(cron.hour()));
            fields.put("dom", JsonValue.of(cron.dom()));
            fields.put("month", JsonValue.of(cron.month()));
            fields.put("dow", JsonValue.of(cron.dow()));
            out.put("schedule", new JsonValue.Members(fields));
        } catch (IllegalArgumentException wrong) {
            error("schedule", String.valueOf(wrong.getMessage()));
        }
    }

    private void bandwidth() {
        try {
            List<JsonValue> list = new ArrayList<>();
            for (BandwidthTime time : Bandwidths.read(form.text("bwlimit"))) {
                list.add(Bandwidths.json(time));
            }
            out.put("bwlimit", new JsonValue.Array(list));
        } catch (SpecException wrong) {
            error("bwlimit", String.valueOf(wrong.getMessage()));
        }
    }

    private void transfers() {
        String chosen = form.text("transfers");
        String number = (chosen.equals(TaskForm.CUSTOM) ? form.text("transfers.custom") : chosen).strip();
        if (number.isEmpty() || number.equals("0")) {
            out.put("transfers", new JsonValue.Null());
        } else if (number.matches("[0-9]{1,9}")) {
            out.put("transfers", JsonValue.of(Long.parseLong(number)));
        } else {
            error("transfers", "Want a number of files at a time but have '%s'".formatted(number));
        }
    }

    /// @param unit as in "a number of seconds"
    private void whole(String name, String unit) {
        String text = form.text(name).strip();
        if (text.matches("[0-9]{0,9}")) {
            out.put(name, JsonValue.of(text.isEmpty() ? 0 : Long.parseLong(text)));
        } else {
            error(name, "Want a number %s but have '%s'".formatted(unit, text));
        }
    }

    /// Weekdays by their names.
    ///
    /// @throws IllegalArgumentException if one is none
    static Set<DayOfWeek> days(List<String> names) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String name : names) {
            days.add(DayOfWeek.valueOf(name));
        }
        return days;
    }
}
