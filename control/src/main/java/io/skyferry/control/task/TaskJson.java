package io.skyferry.control.task;

import io.skyferry.control.credential.EncryptionSettings;
import io.skyferry.control.json.JsonValue;
import io.skyferry.engine.options.Mode;
import io.skyferry.limits.BandwidthLimit;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A task as JSON: under the names that TrueNAS's interface has, and a few of our own.
public final class TaskJson {
    /// What stands for a secret that is set.
    public static final String HIDDEN = "********";

    /// Under which a task's password is given.
    public static final String PASSWORD = "encryption_password";

    /// Under which its salt is given.
    public static final String SALT = "encryption_salt";

    static final List<String> SECRETS = List.of(PASSWORD, SALT);

    private static final long MOST_SECONDS = 366L * 24 * 3600;
    private static final Pattern TIME = Pattern.compile("([0-9]{1,2}):([0-9]{1,2})");
    private static final Pattern SHARE = Pattern.compile("[0-9]{1,18}|[0-9]{1,2}%|100%|off|");

    private static final List<String> NAMES = List.of(
            "description",
            "direction",
            "transfer_mode",
            "path",
            "credentials",
            "attributes",
            "schedule",
            "enabled",
            "bwlimit",
            "transfers",
            "include",
            "exclude",
            "follow_symlinks",
            "create_empty_src_dirs",
            "snapshot",
            "pre_script",
            "post_script",
            "encryption",
            "filename_encryption",
            PASSWORD,
            SALT,
            "args",
            "window_end",
            "jitter",
            "missed_runs",
            "on_failure_script",
            "always_script",
            "script_timeout",
            "script_secrets",
            "directory_name_encryption",
            "encryption_encoding",
            "encryption_suffix",
            "max_delete",
            "max_replace",
            "allow_empty_source",
            "backup_folder",
            "backup_keep_days",
            "resume");

    private TaskJson() {}

    /// What was read.
    ///
    /// @param secrets as they were given; empty: the secret is to go
    record Draft(TaskFields fields, Map<String, String> secrets) {
        /// Leaves the secrets out.
        @Override
        public String toString() {
            return fields.toString();
        }
    }

    /// Reads a task; what is left out has its usual value.
    ///
    /// @param errors takes what is wrong
    static Draft read(JsonValue.Members given, List<FieldError> errors) {
        var reader = new FieldReader(given, "", errors);
        reader.refuseOthers(NAMES);
        for (String name : List.of("direction", "transfer_mode", "path", "credentials", "attributes")) {
            if (!reader.has(name)) {
                reader.error(name, "Field required");
            }
        }
        Map<String, String> secrets = new HashMap<>();
        for (String name : SECRETS) {
            String secret = reader.longText(name, HIDDEN);
            if (!secret.equals(HIDDEN)) {
                secrets.put(name, secret);
            }
        }
        String description = reader.text("description", "");
        if (description.length() > 150) {
            reader.error("description", "String should have at most 150 characters");
        }
        var fields = new TaskFields(
                description,
                reader.choice("direction", Direction.class, Direction.PUSH),
                reader.choice("transfer_mode", Mode.class, Mode.COPY),
                reader.text("path", ""),
                reader.whole("credentials", 0, Long.MAX_VALUE, 0),
                attributes(reader),
                timing(reader),
                carrying(reader),
                scripts(reader),
                encrypting(reader),
                safety(reader));
        return new Draft(fields, secrets);
    }

    private static Map<String, String> attributes(FieldReader reader) {
        Map<String, String> attributes = new LinkedHashMap<>();
        reader.object("attributes").members().forEach((name, value) -> {
            switch (value) {
                case JsonValue.Text(String text) -> attributes.put(name, text);
                case JsonValue.Truth(boolean truth) -> attributes.put(name, truth ? "on" : "off");
                case JsonValue.Numeral number ->
                    attributes.put(name, number.value().toPlainString());
                case JsonValue.Null _ -> attributes.remove(name);
                case JsonValue.Members _, JsonValue.Array _ ->
                    reader.error("attributes." + name, "Input should be a valid string");
            }
        });
        return attributes;
    }

    private static Timing timing(FieldReader reader) {
        FieldReader cron = reader.inside("schedule");
        cron.refuseOthers(List.of("minute", "hour", "dom", "month", "dow"));
        Cron hourly = Cron.HOURLY;
        String end = reader.text("window_end", "");
        Optional<LocalTime> windowEnd = end.isEmpty() ? Optional.empty() : time(end);
        if (!end.isEmpty() && windowEnd.isEmpty()) {
            reader.error("window_end", "Time should be in HH:MM format");
        }
        return new Timing(
                new Cron(
                        cron.text("minute", hourly.minute()),
                        cron.text("hour", hourly.hour()),
                        cron.text("dom", hourly.dom()),
                        cron.text("month", hourly.month()),
                        cron.text("dow", hourly.dow())),
                reader.truth("enabled", true),
                windowEnd,
                seconds(reader, "jitter"),
                reader.choice("missed_runs", Timing.Missed.class, Timing.Missed.RUN_ONCE));
    }

    private static Duration seconds(FieldReader reader, String name) {
        return Duration.ofSeconds(reader.whole(name, 0, MOST_SECONDS, 0));
    }

    private static Optional<LocalTime> time(String text) {
        Matcher time = TIME.matcher(text);
        if (!time.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalTime.of(Integer.parseInt(time.group(1)), Integer.parseInt(time.group(2))));
        } catch (DateTimeException wrong) {
            return Optional.empty();
        }
    }

    private static Carrying carrying(FieldReader reader) {
        List<BandwidthTime> bwlimit = new ArrayList<>();
        List<JsonValue> values = reader.list("bwlimit");
        for (int i = 0; i < values.size(); i++) {
            FieldReader one = reader.inside("bwlimit", i, values.get(i));
            one.refuseOthers(List.of("time", "bandwidth", "download", "day"));
            String text = one.required("time");
            Optional<LocalTime> time = time(text);
            if (time.isEmpty()) {
                one.error("time", "Time should be in HH:MM format");
            } else if (!one.has("bandwidth")) {
                one.error("bandwidth", "Field required");
            } else {
                bwlimit.add(new BandwidthTime(day(one), time.orElseThrow(), limit(one)));
            }
        }
        return new Carrying(
                bwlimit,
                reader.wholeOrNull("transfers"),
                reader.texts("include"),
                reader.texts("exclude"),
                reader.truth("follow_symlinks", false),
                reader.truth("create_empty_src_dirs", false),
                reader.truth("snapshot", false),
                reader.longText("args", ""));
    }

    private static Optional<DayOfWeek> day(FieldReader reader) {
        return reader.has("day")
                ? Optional.of(reader.choice("day", DayOfWeek.class, DayOfWeek.MONDAY))
                : Optional.empty();
    }

    private static BandwidthLimit limit(FieldReader reader) {
        OptionalLong both = bandwidth(reader, "bandwidth");
        return new BandwidthLimit(both, reader.has("download") ? bandwidth(reader, "download") : both);
    }

    private static OptionalLong bandwidth(FieldReader reader, String name) {
        if (reader.isNull(name)) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(reader.whole(name, 1, Long.MAX_VALUE, 1));
    }

    private static Scripts scripts(FieldReader reader) {
        return new Scripts(
                reader.longText("pre_script", ""),
                reader.longText("post_script", ""),
                reader.longText("on_failure_script", ""),
                reader.longText("always_script", ""),
                seconds(reader, "script_timeout"),
                reader.truth("script_secrets", true));
    }

    private static Encrypting encrypting(FieldReader reader) {
        Encrypting usual = Encrypting.NONE;
        return new Encrypting(
                reader.truth("encryption", false),
                reader.truth("filename_encryption", false),
                reader.truth("directory_name_encryption", usual.directoryNames()),
                encoding(reader, usual.encoding()),
                reader.text("encryption_suffix", usual.suffix()));
    }

    private static String encoding(FieldReader reader, String usual) {
        String encoding = reader.text("encryption_encoding", usual);
        if (!EncryptionSettings.ENCODINGS.contains(encoding)) {
            reader.error(
                    "encryption_encoding",
                    "Input should be "
                            + EncryptionSettings.ENCODINGS.stream()
                                    .map("'%s'"::formatted)
                                    .collect(Collectors.joining(", ")));
            return usual;
        }
        return encoding;
    }

    private static Safety safety(FieldReader reader) {
        return new Safety(
                share(reader, "max_delete"),
                share(reader, "max_replace"),
                reader.truth("allow_empty_source", false),
                reader.text("backup_folder", ""),
                (int) reader.whole("backup_keep_days", 0, 100_000, 0),
                reader.truth("resume", true));
    }

    private static String share(FieldReader reader, String name) {
        String text = reader.text(name, "");
        if (!SHARE.matcher(text).matches()) {
            reader.error(name, "Want a number of files such as '10', a share such as '25%', or 'off'");
            return "";
        }
        return text;
    }

    /// All fields of a task; a secret that is set is shown as [#HIDDEN].
    public static JsonValue.Members write(TaskFields fields, Set<String> secrets) {
        Map<String, JsonValue> out = new LinkedHashMap<>();
        out.put("description", JsonValue.of(fields.description()));
        out.put("direction", JsonValue.of(fields.direction().name()));
        out.put("transfer_mode", JsonValue.of(fields.transferMode().name()));
        out.put("path", JsonValue.of(fields.path()));
        out.put("credentials", JsonValue.of(fields.credential()));
        Map<String, JsonValue> attributes = new LinkedHashMap<>();
        fields.attributes().forEach((name, value) -> attributes.put(name, JsonValue.of(value)));
        out.put("attributes", new JsonValue.Members(attributes));
        putTiming(out, fields.timing());
        putCarrying(out, fields.carrying());
        putScripts(out, fields.scripts());
        Encrypting encrypting = fields.encrypting();
        out.put("encryption", JsonValue.of(encrypting.enabled()));
        out.put("filename_encryption", JsonValue.of(encrypting.names()));
        SECRETS.forEach(name -> out.put(name, JsonValue.of(secrets.contains(name) ? HIDDEN : "")));
        out.put("directory_name_encryption", JsonValue.of(encrypting.directoryNames()));
        out.put("encryption_encoding", JsonValue.of(encrypting.encoding()));
        out.put("encryption_suffix", JsonValue.of(encrypting.suffix()));
        Safety safety = fields.safety();
        out.put("max_delete", JsonValue.of(safety.maxDelete()));
        out.put("max_replace", JsonValue.of(safety.maxReplace()));
        out.put("allow_empty_source", JsonValue.of(safety.allowEmptySource()));
        out.put("backup_folder", JsonValue.of(safety.backupFolder()));
        out.put("backup_keep_days", JsonValue.of(safety.backupKeepDays()));
        out.put("resume", JsonValue.of(safety.resume()));
        return new JsonValue.Members(out);
    }

    private static void putTiming(Map<String, JsonValue> out, Timing timing) {
        Map<String, JsonValue> cron = new LinkedHashMap<>();
        cron.put("minute", JsonValue.of(timing.cron().minute()));
        cron.put("hour", JsonValue.of(timing.cron().hour()));
        cron.put("dom", JsonValue.of(timing.cron().dom()));
        cron.put("month", JsonValue.of(timing.cron().month()));
        cron.put("dow", JsonValue.of(timing.cron().dow()));
        out.put("schedule", new JsonValue.Members(cron));
        out.put("enabled", JsonValue.of(timing.enabled()));
        out.put(
                "window_end",
                JsonValue.of(timing.windowEnd().map(LocalTime::toString).orElse("")));
        out.put("jitter", JsonValue.of(timing.jitter().toSeconds()));
        out.put("missed_runs", JsonValue.of(timing.missed().name()));
    }

    private static void putCarrying(Map<String, JsonValue> out, Carrying carrying) {
        List<JsonValue> bwlimit = new ArrayList<>();
        carrying.bwlimit().forEach(one -> bwlimit.add(Bandwidths.json(one)));
        out.put("bwlimit", new JsonValue.Array(bwlimit));
        out.put(
                "transfers",
                carrying.transfers().isPresent()
                        ? JsonValue.of((long) carrying.transfers().orElseThrow())
                        : new JsonValue.Null());
        out.put("include", JsonValue.of(carrying.include()));
        out.put("exclude", JsonValue.of(carrying.exclude()));
        out.put("follow_symlinks", JsonValue.of(carrying.followSymlinks()));
        out.put("create_empty_src_dirs", JsonValue.of(carrying.createEmptySrcDirs()));
        out.put("snapshot", JsonValue.of(carrying.snapshot()));
        out.put("args", JsonValue.of(carrying.args()));
    }

    private static void putScripts(Map<String, JsonValue> out, Scripts scripts) {
        out.put("pre_script", JsonValue.of(scripts.pre()));
        out.put("post_script", JsonValue.of(scripts.post()));
        out.put("on_failure_script", JsonValue.of(scripts.onFailure()));
        out.put("always_script", JsonValue.of(scripts.always()));
        out.put("script_timeout", JsonValue.of(scripts.timeLimit().toSeconds()));
        out.put("script_secrets", JsonValue.of(scripts.secrets()));
    }

    /// A task with its number and what is known of it besides its fields.
    public static JsonValue.Members write(Task task) {
        Map<String, JsonValue> out = new LinkedHashMap<>();
        out.put("id", JsonValue.of(task.id()));
        out.putAll(write(task.fields(), task.secrets()).members());
        out.put(
                "next_run",
                task.nextRun()
                        .map(Object::toString)
                        .<JsonValue>map(JsonValue::of)
                        .orElseGet(JsonValue.Null::new));
        out.put("created", JsonValue.of(task.created().toString()));
        out.put("changed", JsonValue.of(task.changed().toString()));
        return new JsonValue.Members(out);
    }
}
