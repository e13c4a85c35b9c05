package io.skyferry.cli.option;

import io.skyferry.control.credential.Credentials;
import io.skyferry.control.json.JsonValue;
import io.skyferry.limits.FileTrouble;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The fields of a task as options: those that most tasks need by name, all others by `--set`.
public final class TaskOptions {
    private static final List<String> CRON = List.of("minute", "hour", "dom", "month", "dow");

    @Option(names = "--description", paramLabel = "TEXT", description = "What to call it.")
    private @Nullable String description;

    @Option(names = "--direction", paramLabel = "push|pull", description = "To the account, or from it; without: push.")
    private @Nullable String direction;

    @Option(
            names = "--mode",
            paramLabel = "copy|sync|move",
            description = "As the commands of that name; without: copy.")
    private @Nullable String mode;

    @Option(names = "--path", paramLabel = "FOLDER", description = "The folder of this machine.")
    private @Nullable String path;

    @Option(names = "--credential", paramLabel = "NAME", description = "The saved account.")
    private @Nullable String credential;

    @Option(names = "--bucket", paramLabel = "NAME", description = "Where the account has buckets.")
    private @Nullable String bucket;

    @Option(names = "--folder", paramLabel = "FOLDER", description = "The folder at the account, or in the bucket.")
    private @Nullable String folder;

    @Option(
            names = "--schedule",
            paramLabel = "CRON",
            description = "hourly, daily, weekly, monthly, or five fields as '30 2 * * mon-fri'.")
    private @Nullable String schedule;

    @Option(names = "--include", paramLabel = "PATTERN", description = "Take the files that match, and no others.")
    private List<String> include = List.of();

    @Option(names = "--exclude", paramLabel = "PATTERN", description = "Leave out the files that match.")
    private List<String> exclude = List.of();

    @Option(
            names = "--encryption-password-file",
            paramLabel = "FILE",
            description = "Encrypt, with the password in this file; one line end behind it is dropped.")
    private @Nullable Path passwordFile;

    @Option(names = "--encryption-salt-file", paramLabel = "FILE", description = "Holds the second password, the salt.")
    private @Nullable Path saltFile;

    @Option(
            names = "--set",
            paramLabel = "FIELD=VALUE",
            description = "Any field: the value as JSON, or as it is. attributes.NAME is a setting of the provider.")
    private Map<String, String> set = new LinkedHashMap<>();

    @Option(
            names = "--fields",
            paramLabel = "FILE",
            description = "The fields as a JSON object; '-' is standard input.")
    private @Nullable String fields;

    /// Options as picocli fills them.
    public TaskOptions() {}

    /// The fields that were given.
    ///
    /// @param attributes that the task has already: those that are given are put over them
    /// @throws UsageException if they cannot be read
    public JsonValue.Members given(Credentials credentials, JsonValue.Members attributes) {
        Map<String, JsonValue> all = new LinkedHashMap<>(fromFile());
        text(all, "description", description);
        text(all, "direction", direction == null ? null : direction.toUpperCase(Locale.ROOT));
        text(all, "transfer_mode", mode == null ? null : mode.toUpperCase(Locale.ROOT));
        text(all, "path", path == null ? null : Place.absolute(path));
        if (credential != null) {
            all.put("credentials", JsonValue.of(credentials.get(credential).id()));
        }
        if (schedule != null) {
            all.put("schedule", cron(schedule));
        }
        if (!include.isEmpty()) {
            all.put("include", JsonValue.of(include));
        }
        if (!exclude.isEmpty()) {
            all.put("exclude", JsonValue.of(exclude));
        }
        secret(all, "encryption_password", passwordFile);
        secret(all, "encryption_salt", saltFile);
        if (passwordFile != null) {
            all.put("encryption", JsonValue.of(true));
        }
        JsonValue.Members at = all.get("attributes") instanceof JsonValue.Members members ? members : attributes;
        JsonValue.Members before = at;
        at = bucket == null ? at : at.with("bucket", JsonValue.of(bucket));
        at = folder == null ? at : at.with("folder", JsonValue.of(folder));
        for (Map.Entry<String, String> one : set.entrySet()) {
            if (one.getKey().startsWith("attributes.")) {
                at = at.with(one.getKey().substring("attributes.".length()), value(one.getValue()));
            } else {
                all.put(one.getKey(), value(one.getValue()));
            }
        }
        if (!at.equals(before)) {
            all.put("attributes", at);
        }
        return new JsonValue.Members(all);
    }

    private static void text(Map<String, JsonValue> all, String name, @Nullable String value) {
        if (value != null) {
            all.put(name, JsonValue.of(value));
        }
    }

    private static void secret(Map<String, JsonValue> all, String name, @Nullable Path file) {
        if (file != null) {
            String text = read(file);
            all.put(name, JsonValue.of(text.endsWith("\n") ? text.substring(0, text.length() - 1) : text));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw unreadable(file, failure);
        }
    }

    /// Says why a file of text could not be read.
    public static UsageException unreadable(Path file, IOException failure) {
        var refused = new UsageException(
                switch (failure) {
                    case NoSuchFileException _ -> "Want a file of text but '%s' is not there".formatted(file);
                    case CharacterCodingException _ ->
                        "Want a file of text but '%s' holds something else".formatted(file);
                    default ->
                        "Want a file of text but '%s' cannot be read: %s".formatted(file, FileTrouble.of(failure));
                });
        refused.initCause(failure);
        return refused;
    }

    private Map<String, JsonValue> fromFile() {
        if (fields == null) {
            return Map.of();
        }
        try {
            String text = fields.equals("-") ? standardInput() : read(Path.of(fields));
            if (JsonValue.parse(text) instanceof JsonValue.Members members) {
                return members.members();
            }
            throw new UsageException("Want a JSON object in '%s' but have something else".formatted(fields));
        } catch (InvalidPathException | IOException failure) {
            throw new UsageException("Want a file of text but '%s' cannot be read: %s".formatted(fields, failure));
        } catch (IllegalArgumentException wrong) {
            throw new UsageException("'%s': %s".formatted(fields, wrong.getMessage()));
        }
    }

    private static String standardInput() throws IOException {
        try (var input = new FileInputStream(FileDescriptor.in)) {
            return new String(input.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /// What is written as JSON is that; all else is text.
    private static JsonValue value(String text) {
        try {
            return JsonValue.parse(text);
        } catch (IllegalArgumentException plain) {
            return JsonValue.of(text);
        }
    }

    /// A schedule by its name or its five fields.
    ///
    /// @throws UsageException if it is neither
    static JsonValue cron(String text) {
        String five = switch (text.toLowerCase(Locale.ROOT)) {
            case "hourly" -> "0 * * * *";
            case "daily" -> "0 0 * * *";
            case "weekly" -> "0 0 * * sun";
            case "monthly" -> "0 0 1 * *";
            default -> text.strip();
        };
        List<String> parts = List.of(five.split("\\s+", -1));
        if (parts.size() != CRON.size()) {
            throw new UsageException(
                    "Want hourly, daily, weekly, monthly or five fields but have '%s'".formatted(text));
        }
        Map<String, JsonValue> fields = new LinkedHashMap<>();
        for (int i = 0; i < CRON.size(); i++) {
            fields.put(CRON.get(i), JsonValue.of(parts.get(i)));
        }
        return new JsonValue.Members(fields);
    }

    /// The folder that was given for a task that brings things back.
    public Optional<String> path() {
        return Optional.ofNullable(path).map(Place::absolute);
    }

    /// What the task is to be called.
    public Optional<String> description() {
        return Optional.ofNullable(description);
    }

    /// What it makes of its target.
    public Optional<String> mode() {
        return Optional.ofNullable(mode).map(text -> text.toUpperCase(Locale.ROOT));
    }
}
