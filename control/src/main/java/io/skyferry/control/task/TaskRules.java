package io.skyferry.control.task;

import io.skyferry.control.audit.Caller;
import io.skyferry.control.audit.Role;
import io.skyferry.control.credential.Credential;
import io.skyferry.control.credential.Credentials;
import io.skyferry.control.credential.EncryptionSettings;
import io.skyferry.control.run.Places;
import io.skyferry.control.setting.Settings;
import io.skyferry.engine.options.Mode;
import io.skyferry.storage.StorageProvider.Setting;
import io.skyferry.storage.StorageProvider.Top;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What must hold of a task before it is saved.
///
/// Source: TrueNAS's rules in its order, with its paths and, where the meaning is the same, its texts.
final class TaskRules {
    private static final List<String> OURS = List.of("bucket", "folder", "fast_list");

    private final Credentials credentials;
    private final Settings settings;
    private final NextRuns schedules;

    TaskRules(Credentials credentials, Settings settings, NextRuns schedules) {
        this.credentials = credentials;
        this.settings = settings;
        this.schedules = schedules;
    }

    void check(TaskJson.Draft draft, Optional<Task> old, Caller caller, List<FieldError> errors) {
        TaskFields fields = draft.fields();
        Set<String> saved = old.map(Task::secrets).orElse(Set.of());
        boolean hasPassword = !draft.secrets()
                .getOrDefault(TaskJson.PASSWORD, saved.contains(TaskJson.PASSWORD) ? "x" : "")
                .isEmpty();
        boolean unfinished =
                old.filter(task -> task.fields().encrypting().enabled()).isPresent()
                        && !saved.contains(TaskJson.PASSWORD)
                        && !fields.timing().enabled();
        if (fields.encrypting().enabled() && !hasPassword && !unfinished) {
            add(errors, TaskJson.PASSWORD, "This field is required when encryption is enabled");
        }
        schedules
                .faults(fields.timing().cron())
                .forEach(fault ->
                        add(errors, fault.path().isEmpty() ? "schedule" : "schedule." + fault.path(), fault.message()));
        try {
            var _ = ExtraOptions.parse(fields.carrying().args());
            checkRemote(fields, errors);
        } catch (IllegalArgumentException unreadable) {
            add(errors, "args", "Parse error: " + unreadable.getMessage());
        }
        checkPath("path", fields.path(), errors);
        checkPatterns(fields, errors);
        checkScripts(fields.scripts(), old.map(task -> task.fields().scripts()).orElse(Scripts.NONE), caller, errors);
        checkTimes(fields.carrying().bwlimit(), errors);
        if (fields.carrying().snapshot() && fields.direction() == Direction.PULL) {
            add(errors, "snapshot", "This option can only be enabled for PUSH tasks");
        }
        if (fields.carrying().snapshot() && fields.transferMode() == Mode.MOVE) {
            add(errors, "snapshot", "This option can not be used for MOVE transfer mode");
        }
        checkBackup(fields, errors);
    }

    private static void checkTimes(List<BandwidthTime> times, List<FieldError> errors) {
        for (int i = 0; i + 1 < times.size(); i++) {
            BandwidthTime earlier = times.get(i);
            BandwidthTime later = times.get(i + 1);
            if (!later.isAfter(earlier)) {
                add(
                        errors,
                        "bwlimit.%s.time".formatted(i + 1),
                        "Invalid time order: %s, %s".formatted(earlier.when(), later.when()));
            }
        }
    }

    private static void add(List<FieldError> errors, String path, String message) {
        errors.add(new FieldError(path, message));
    }

    private void checkRemote(TaskFields fields, List<FieldError> errors) {
        Optional<Credential> found = credentials.find(fields.credential());
        if (found.isEmpty()) {
            add(errors, "credentials", "Invalid credentials");
            return;
        }
        Credential credential = found.orElseThrow();
        Map<String, Setting> known = credentials.kinds().settings(credential.provider());
        fields.attributes().forEach((name, value) -> {
            String setting = name.replace('_', '-');
            if (OURS.contains(name)) {
                if (value.indexOf('\0') >= 0 || List.of(value.split("/", -1)).contains("..")) {
                    add(errors, "attributes." + name, "Want a path without '..'");
                }
            } else if (!known.containsKey(setting)
                    || setting.equals(Places.ROOT_SETTING)
                    || EncryptionSettings.isOne(setting)) {
                add(errors, "attributes." + name, "Extra inputs are not permitted");
            } else {
                credentials
                        .kinds()
                        .setting(credential.provider(), setting)
                        .fault(value)
                        .ifPresent(fault -> add(errors, "attributes." + name, fault));
            }
        });
        boolean buckets = credentials.kinds().top(credential.provider()) == Top.BUCKET;
        String bucket = fields.attributes().getOrDefault("bucket", "");
        if (buckets && bucket.isEmpty() && !credential.settings().containsKey(Places.ROOT_SETTING)) {
            add(errors, "attributes.bucket", "Field required");
        }
        if (!buckets && !bucket.isEmpty()) {
            add(errors, "attributes.bucket", "Extra inputs are not permitted");
        }
        if (bucket.indexOf('/') >= 0) {
            add(errors, "attributes.bucket", "Want the name of a bucket without '/'");
        }
        if (!fields.attributes().containsKey("folder")) {
            add(errors, "attributes.folder", "Field required");
        }
        faultOfPlace(credential, fields.attributes().getOrDefault("folder", ""))
                .ifPresent(fault -> add(errors, "attributes.folder", fault));
        if (fields.direction() == Direction.PUSH && credential.provider().equals("http")) {
            add(errors, "direction", "This remote is read-only");
        }
    }

    /// Why a place of an account is out of reach: those of this machine lie below the allowed folders.
    Optional<String> faultOfPlace(Credential credential, String folder) {
        String base = credential.settings().getOrDefault(Places.ROOT_SETTING, "");
        return faultOfPlace(credential.provider(), base.isEmpty() ? folder : base + "/" + folder);
    }

    Optional<String> faultOfPlace(String kind, String path) {
        if (!kind.equals("local")) {
            return Optional.empty();
        }
        return path.isEmpty()
                ? Optional.of("This field is required")
                : new AllowedFolders(settings.allowedFolders()).fault(path);
    }

    private void checkPath(String name, String path, List<FieldError> errors) {
        if (path.isEmpty()) {
            add(errors, name, "This field is required");
            return;
        }
        new AllowedFolders(settings.allowedFolders()).fault(path).ifPresent(fault -> add(errors, name, fault));
    }

    private static void checkPatterns(TaskFields fields, List<FieldError> errors) {
        ZonedDateTime any = ZonedDateTime.of(2000, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
        Map<String, List<String>> lists = new LinkedHashMap<>();
        lists.put("include", fields.carrying().include());
        lists.put("exclude", fields.carrying().exclude());
        lists.forEach((name, patterns) -> {
            for (int i = 0; i < patterns.size(); i++) {
                Carrying alone = new Carrying(
                        List.of(),
                        fields.carrying().transfers(),
                        List.of(),
                        List.of(patterns.get(i)),
                        false,
                        false,
                        false,
                        "");
                try {
                    var _ = new TaskWork(with(fields, alone), "", Map.of()).selection(any);
                } catch (IllegalArgumentException wrong) {
                    add(errors, name + "." + i, String.valueOf(wrong.getMessage()));
                }
            }
        });
    }

    private static TaskFields with(TaskFields fields, Carrying carrying) {
        return new TaskFields(
                fields.description(),
                fields.direction(),
                fields.transferMode(),
                fields.path(),
                fields.credential(),
                fields.attributes(),
                fields.timing(),
                carrying,
                fields.scripts(),
                fields.encrypting(),
                fields.safety());
    }

    private static void checkScripts(Scripts scripts, Scripts old, Caller caller, List<FieldError> errors) {
        if (caller.role().includes(Role.ADMIN)) {
            return;
        }
        String words =
                "The ability to edit cloud sync scripts is limited to users with full administrative credentials";
        if (!scripts.pre().equals(old.pre())) {
            add(errors, "pre_script", words);
        }
        if (!scripts.post().equals(old.post())) {
            add(errors, "post_script", words);
        }
        if (!scripts.onFailure().equals(old.onFailure())) {
            add(errors, "on_failure_script", words);
        }
        if (!scripts.always().equals(old.always())) {
            add(errors, "always_script", words);
        }
        if (scripts.secrets() != old.secrets() && !scripts.isEmpty()) {
            add(errors, "script_secrets", words);
        }
    }

    private void checkBackup(TaskFields fields, List<FieldError> errors) {
        String folder = fields.safety().backupFolder();
        if (folder.isEmpty()) {
            return;
        }
        if (fields.direction() == Direction.PULL) {
            checkPath("backup_folder", folder, errors);
            return;
        }
        String target = fields.attributes().getOrDefault("folder", "").replaceAll("^/+|/+$", "");
        String backup = folder.replaceAll("^/+|/+$", "");
        if (List.of(folder.split("/", -1)).contains("..") || backup.isEmpty()) {
            add(errors, "backup_folder", "Want a folder at the account without '..'");
        } else if (target.isEmpty()
                || (backup + "/").startsWith(target + "/")
                || (target + "/").startsWith(backup + "/")) {
            add(errors, "backup_folder", "Want a folder beside that of the task, neither in it nor above it");
        }
    }

    /// The fields with everything filled in that is found out on saving.
    TaskFields completed(TaskFields fields) {
        String path = fields.path();
        String cut = path.length() > 1 ? path.replaceAll("/+$", "") : path;
        return cut.equals(path) || cut.isEmpty()
                ? fields
                : new TaskFields(
                        fields.description(),
                        fields.direction(),
                        fields.transferMode(),
                        Path.of(cut).toString(),
                        fields.credential(),
                        fields.attributes(),
                        fields.timing(),
                        fields.carrying(),
                        fields.scripts(),
                        fields.encrypting(),
                        fields.safety());
    }
}
