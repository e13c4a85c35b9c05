package io.skyferry.control.form;

import io.skyferry.control.task.BandwidthTime;
import io.skyferry.control.task.Bandwidths;
import io.skyferry.control.task.Cron;
import io.skyferry.control.task.Encrypting;
import io.skyferry.control.task.Safety;
import io.skyferry.control.task.Scripts;
import io.skyferry.control.task.Task;
import io.skyferry.control.task.TaskFields;
import io.skyferry.control.task.TaskJson;
import io.skyferry.control.task.Timing;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A task as the fields of a form: each a name with its texts, as a browser sends them.
///
/// Names are those of the task's JSON, with a dot for what lies inside; a tick box that is not ticked is not there.
/// What a form says and what a task says are the same: a task that goes through its form comes back unchanged.
///
/// @param values by name, in no order that matters
public record TaskForm(Map<String, List<String>> values) {
    /// What a ticked box sends.
    public static final String ON = "on";

    /// Before the names of the provider's own settings.
    public static final String ATTRIBUTE = "attributes.";

    /// The choice of a number of transfers that is none of the presets.
    public static final String CUSTOM = "custom";

    static final List<String> TRANSFER_PRESETS = List.of("4", "8", "16");

    /// Makes the map unchangeable.
    public TaskForm {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        values.forEach((name, texts) -> copy.put(name, List.copyOf(texts)));
        values = Collections.unmodifiableMap(copy);
    }

    /// What the wizard begins with.
    ///
    /// Source: TrueNAS's wizard: PULL, COPY, each day at midnight.
    public static TaskForm fresh() {
        Map<String, List<String>> values = new LinkedHashMap<>();
        values.put("direction", List.of("PUSH"));
        values.put("transfer_mode", List.of("COPY"));
        values.put("enabled", List.of(ON));
        values.put("schedule", List.of("daily"));
        values.put("schedule.time", List.of("00:00"));
        values.put("schedule.hourly", List.of("0"));
        values.put("schedule.monthday", List.of("1"));
        values.put("transfers", List.of(""));
        values.put("missed_runs", List.of(Timing.Missed.RUN_ONCE.name()));
        values.put("script_secrets", List.of(ON));
        values.put("directory_name_encryption", List.of(ON));
        values.put("encryption_encoding", List.of(Encrypting.NONE.encoding()));
        values.put("encryption_suffix", List.of(Encrypting.NONE.suffix()));
        values.put("resume", List.of(ON));
        return new TaskForm(values);
    }

    /// The form of a saved task; a secret that is set is shown as [TaskJson#HIDDEN].
    public static TaskForm of(Task task) {
        return of(task.fields(), task.secrets());
    }

    /// The form of these fields.
    ///
    /// @param secrets the names of those that are set
    public static TaskForm of(TaskFields fields, Set<String> secrets) {
        var out = new Values();
        out.put("description", fields.description());
        out.put("direction", fields.direction().name());
        out.put("transfer_mode", fields.transferMode().name());
        out.put("path", fields.path());
        out.put("credentials", fields.credential() == 0 ? "" : Long.toString(fields.credential()));
        fields.attributes().forEach((name, value) -> out.put(ATTRIBUTE + name, value));
        Timing timing = fields.timing();
        putSchedule(out, ScheduleParts.of(timing.cron()), timing.cron());
        out.tick("enabled", timing.enabled());
        out.put("window_end", timing.windowEnd().map(LocalTime::toString).orElse(""));
        out.put("jitter", numberOrNothing(timing.jitter().toSeconds()));
        out.put("missed_runs", timing.missed().name());
        List<BandwidthTime> bwlimit = fields.carrying().bwlimit();
        out.put("bwlimit", Bandwidths.text(bwlimit));
        putTransfers(
                out,
                fields.carrying().transfers().isPresent()
                        ? Integer.toString(fields.carrying().transfers().orElseThrow())
                        : "");
        out.put("include", String.join("\n", fields.carrying().include()));
        out.put("exclude", String.join("\n", fields.carrying().exclude()));
        out.tick("follow_symlinks", fields.carrying().followSymlinks());
        out.tick("create_empty_src_dirs", fields.carrying().createEmptySrcDirs());
        out.tick("snapshot", fields.carrying().snapshot());
        out.put("args", fields.carrying().args());
        putScripts(out, fields.scripts());
        Encrypting encrypting = fields.encrypting();
        out.tick("encryption", encrypting.enabled());
        out.tick("filename_encryption", encrypting.names());
        out.put("encryption_password", secrets.contains("encryption_password") ? TaskJson.HIDDEN : "");
        out.put("encryption_salt", secrets.contains("encryption_salt") ? TaskJson.HIDDEN : "");
        out.tick("directory_name_encryption", encrypting.directoryNames());
        out.put("encryption_encoding", encrypting.encoding());
        out.put("encryption_suffix", encrypting.suffix());
        putSafety(out, fields.safety());
        return new TaskForm(out.values);
    }

    private static void putSchedule(Values out, ScheduleParts parts, Cron cron) {
        LocalTime at = LocalTime.MIDNIGHT;
        int minute = 0;
        int monthday = 1;
        List<String> days = List.of();
        switch (parts) {
            case ScheduleParts.Hourly(int past) -> minute = past;
            case ScheduleParts.Daily(LocalTime time) -> at = time;
            case ScheduleParts.Weekly weekly -> {
                at = weekly.at();
                days = weekly.days().stream().map(Enum::name).toList();
            }
            case ScheduleParts.Monthly(LocalTime time, int day) -> {
                at = time;
                monthday = day;
            }
            case ScheduleParts.Custom _ -> {}
        }
        out.put("schedule", parts.preset());
        out.put("schedule.hourly", Integer.toString(minute));
        out.put("schedule.time", at.toString());
        out.values.put("schedule.days", days);
        out.put("schedule.monthday", Integer.toString(monthday));
        out.put("schedule.minute", cron.minute());
        out.put("schedule.hour", cron.hour());
        out.put("schedule.dom", cron.dom());
        out.put("schedule.month", cron.month());
        out.put("schedule.dow", cron.dow());
    }

    private static void putTransfers(Values out, String number) {
        boolean preset = number.isEmpty() || TRANSFER_PRESETS.contains(number);
        out.put("transfers", preset ? number : CUSTOM);
        out.put("transfers.custom", number);
    }

    private static void putScripts(Values out, Scripts scripts) {
        out.put("pre_script", scripts.pre());
        out.put("post_script", scripts.post());
        out.put("on_failure_script", scripts.onFailure());
        out.put("always_script", scripts.always());
        out.put("script_timeout", numberOrNothing(scripts.timeLimit().toSeconds()));
        out.tick("script_secrets", scripts.secrets());
    }

    private static void putSafety(Values out, Safety safety) {
        out.put("max_delete", safety.maxDelete());
        out.put("max_replace", safety.maxReplace());
        out.tick("allow_empty_source", safety.allowEmptySource());
        out.put("backup_folder", safety.backupFolder());
        out.put("backup_keep_days", numberOrNothing(safety.backupKeepDays()));
        out.tick("resume", safety.resume());
    }

    private static String numberOrNothing(long number) {
        return number == 0 ? "" : Long.toString(number);
    }

    /// The first text of a field; empty where there is none.
    public String text(String name) {
        List<String> texts = values.getOrDefault(name, List.of());
        return texts.isEmpty() ? "" : texts.getFirst();
    }

    /// All texts of a field.
    public List<String> texts(String name) {
        return values.getOrDefault(name, List.of());
    }

    /// Whether a box is ticked.
    public boolean on(String name) {
        return !text(name).isEmpty();
    }

    /// The same with another text in a field.
    public TaskForm with(String name, String text) {
        Map<String, List<String>> more = new LinkedHashMap<>(values);
        more.put(name, List.of(text));
        return new TaskForm(more);
    }

    /// The same without a field: with its box not ticked.
    public TaskForm without(String name) {
        Map<String, List<String>> fewer = new LinkedHashMap<>(values);
        fewer.remove(name);
        return new TaskForm(fewer);
    }

    /// The lines of a field that holds one entry a line.
    public List<String> lines(String name) {
        List<String> lines = new ArrayList<>();
        for (String line : text(name).split("\r\n|\r|\n", -1)) {
            if (!line.isBlank()) {
                lines.add(line);
            }
        }
        return lines;
    }

    /// The provider's own settings, and bucket and folder, by name.
    public Map<String, String> attributes() {
        Map<String, String> attributes = new LinkedHashMap<>();
        values.forEach((name, _) -> {
            if (name.startsWith(ATTRIBUTE)) {
                attributes.put(name.substring(ATTRIBUTE.length()), text(name));
            }
        });
        return attributes;
    }

    /// The credential's number, where one is chosen.
    public Optional<Long> credential() {
        String text = text("credentials");
        return text.matches("[0-9]{1,18}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }

    /// The schedule that the form asks for.
    ///
    /// @throws IllegalArgumentException saying what is wrong with it
    public ScheduleParts schedule() {
        return switch (text("schedule")) {
            case "hourly" -> new ScheduleParts.Hourly(number("schedule.hourly", 0, 59));
            case "daily" -> new ScheduleParts.Daily(ScheduleParts.time(text("schedule.time")));
            case "weekly" ->
                new ScheduleParts.Weekly(
                        ScheduleParts.time(text("schedule.time")), FormReader.days(texts("schedule.days")));
            case "monthly" ->
                new ScheduleParts.Monthly(
                        ScheduleParts.time(text("schedule.time")), number("schedule.monthday", 1, 31));
            case "custom" -> custom();
            default ->
                throw new IllegalArgumentException("Want one of hourly, daily, weekly, monthly and custom but have '%s'"
                        .formatted(text("schedule")));
        };
    }

    private int number(String name, int least, int most) {
        String text = text(name).strip();
        if (text.matches("[0-9]{1,2}") && Integer.parseInt(text) >= least && Integer.parseInt(text) <= most) {
            return Integer.parseInt(text);
        }
        throw new IllegalArgumentException("Want a number from %s to %s but have '%s'".formatted(least, most, text));
    }

    /// Five fields, or all of them in one line: that comes first where it was filled in.
    private ScheduleParts custom() {
        String line = text("schedule.line").strip();
        if (line.isEmpty()) {
            return new ScheduleParts.Custom(new Cron(
                    orStar("schedule.minute"),
                    orStar("schedule.hour"),
                    orStar("schedule.dom"),
                    orStar("schedule.month"),
                    orStar("schedule.dow")));
        }
        String[] fields = line.split("\\s+", -1);
        if (fields.length != 5) {
            throw new IllegalArgumentException(
                    "Want five fields (minute, hour, day of the month, month, weekday) but have '%s'".formatted(line));
        }
        return new ScheduleParts.Custom(new Cron(fields[0], fields[1], fields[2], fields[3], fields[4]));
    }

    private String orStar(String name) {
        String text = text(name).strip();
        return text.isEmpty() ? "*" : text;
    }

    /// The task as JSON, and what could not be read.
    ///
    /// @param scripts whether the form has the fields of scripts
    public FormReader.Read read(ScriptFields scripts) {
        return new FormReader(this).read(scripts);
    }

    /// Whether a form has the fields of scripts: only an admin may change them.
    public enum ScriptFields {
        /// It has.
        SHOWN,
        /// It has not: those of a saved task stay as they are.
        LEFT_OUT
    }

    private static final class Values {
        private final Map<String, List<String>> values = new LinkedHashMap<>();

        void put(String name, String text) {
            values.put(name, List.of(text));
        }

        void tick(String name, boolean on) {
            if (on) {
                put(name, ON);
            }
        }
    }
}
