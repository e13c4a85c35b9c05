package io.skyferry.control.task;

import io.skyferry.control.audit.Caller;
import io.skyferry.control.audit.Role;
import io.skyferry.control.credential.Credential;
import io.skyferry.control.credential.Credentials;
import io.skyferry.control.credential.SettingChanges;
import io.skyferry.control.json.JsonValue;
import io.skyferry.control.run.RefusedException;
import io.skyferry.control.setting.Settings;
import io.skyferry.storage.StorageSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Everything that users set up, as one JSON text: to be kept, or taken to another machine.
///
/// With a passphrase the text is sealed and holds the secrets; without one it leaves them out, and they
/// have to be set
/// again after an import.
public final class ConfigArchive {
    private static final String FORMAT = "skyferry-config";

    private final Settings settings;
    private final Credentials credentials;
    private final Tasks tasks;

    /// An archive of these.
    public ConfigArchive(Settings settings, Credentials credentials, Tasks tasks) {
        this.settings = settings;
        this.credentials = credentials;
        this.tasks = tasks;
    }

    /// What an import made.
    public record Imported(int settings, int credentials, int tasks, List<String> left) {
        /// Makes the list unchangeable.
        public Imported {
            left = List.copyOf(left);
        }
    }

    private static void expectAdmin(Caller caller) {
        Tasks.expect(caller, Role.ADMIN);
    }

    /// Writes all of it.
    ///
    /// @param passphrase empty: secrets are left out
    public String export(Optional<String> passphrase, Caller caller) {
        expectAdmin(caller);
        Map<String, JsonValue> set = new LinkedHashMap<>();
        for (Settings.Name name : Settings.Name.values()) {
            settings.given(name).ifPresent(value -> set.put(name.key(), JsonValue.of(value)));
        }
        List<JsonValue> accounts = new ArrayList<>();
        for (Credential one : credentials.list()) {
            Map<String, String> values =
                    passphrase.isPresent() ? credentials.saved(new StorageSpec(one.name(), Map.of())) : one.settings();
            accounts.add(JsonValue.Members.EMPTY
                    .with("name", JsonValue.of(one.name()))
                    .with("provider", JsonValue.of(one.provider()))
                    .with("settings", texts(values)));
        }
        List<JsonValue> all = new ArrayList<>();
        for (Task task : tasks.list()) {
            TaskWork work = tasks.work(task.id());
            JsonValue.Members fields =
                    TaskJson.write(task.fields(), task.secrets()).with("credentials", JsonValue.of(work.credential()));
            for (String name : TaskJson.SECRETS) {
                fields = passphrase.isPresent()
                        ? fields.with(name, JsonValue.of(work.secrets().getOrDefault(name, "")))
                        : fields.without(name);
            }
            all.add(fields);
        }
        String text = JsonValue.Members.EMPTY
                .with("format", JsonValue.of(FORMAT))
                .with("version", JsonValue.of(1))
                .with("settings", new JsonValue.Members(set))
                .with("credentials", new JsonValue.Array(accounts))
                .with("tasks", new JsonValue.Array(all))
                .toString();
        return passphrase.map(phrase -> SealedText.seal(text, phrase)).orElse(text);
    }

    private static JsonValue.Members texts(Map<String, String> values) {
        Map<String, JsonValue> texts = new LinkedHashMap<>();
        values.forEach((name, value) -> texts.put(name, JsonValue.of(value)));
        return new JsonValue.Members(texts);
    }

    /// Takes an archive in: what has the same name is changed, all else is added. Tasks come in switched off
    /// where their secrets are not in it.
    ///
    /// @throws RefusedException if it is none, or the passphrase is wrong; nothing was changed
    public Imported take(String text, Optional<String> passphrase, Caller caller) {
        expectAdmin(caller);
        JsonValue.Members all = members(text, passphrase);
        JsonValue.Members set = object(all, "settings");
        set.members().forEach((name, value) -> settings.set(Settings.Name.of(name), plain(value), caller));
        List<String> left = new ArrayList<>();
        int accounts = 0;
        for (JsonValue value : list(all, "credentials")) {
            accounts += takeCredential((JsonValue.Members) value, left);
        }
        int made = 0;
        for (JsonValue value : list(all, "tasks")) {
            made += takeTask((JsonValue.Members) value, left, caller);
        }
        return new Imported(set.members().size(), accounts, made, left);
    }

    private static JsonValue.Members members(String text, Optional<String> passphrase) {
        try {
            if (JsonValue.parse(text) instanceof JsonValue.Members outer) {
                JsonValue.Members inner = SealedText.isSealed(outer)
                        ? (JsonValue.Members) JsonValue.parse(SealedText.open(
                                outer,
                                passphrase.orElseThrow(() ->
                                        new RefusedException("Want the passphrase of the archive but have none"))))
                        : outer;
                if (FORMAT.equals(plain(inner.get("format").orElse(JsonValue.of(""))))) {
                    return inner;
                }
            }
        } catch (IllegalArgumentException wrong) {
            throw new RefusedException("Want an archive of a configuration: " + wrong.getMessage());
        }
        throw new RefusedException("Want an archive of a configuration but have something else");
    }

    private int takeCredential(JsonValue.Members one, List<String> left) {
        String name = plain(one.get("name").orElse(JsonValue.of("")));
        String provider = plain(one.get("provider").orElse(JsonValue.of("")));
        Map<String, String> values = new LinkedHashMap<>();
        object(one, "settings").members().forEach((setting, value) -> values.put(setting, plain(value)));
        try {
            boolean known =
                    credentials.list().stream().anyMatch(there -> there.name().equals(name));
            if (known) {
                credentials.edit(name, Optional.empty(), SettingChanges.of(values));
            } else {
                credentials.add(name, provider, SettingChanges.of(values));
            }
            return 1;
        } catch (RefusedException refused) {
            left.add("credential '%s': %s".formatted(name, refused.getMessage()));
            return 0;
        }
    }

    private int takeTask(JsonValue.Members one, List<String> left, Caller caller) {
        String description = plain(one.get("description").orElse(JsonValue.of("")));
        try {
            long credential = credentials
                    .get(plain(one.get("credentials").orElse(JsonValue.of(""))))
                    .id();
            JsonValue.Members fields = one.with("credentials", JsonValue.of(credential));
            Optional<Task> there = tasks.list().stream()
                    .filter(task -> !description.isBlank()
                            && task.fields().description().equals(description))
                    .findFirst();
            if (there.isPresent()) {
                tasks.update(there.orElseThrow().id(), fields, caller);
            } else {
                tasks.create(fields, caller);
            }
            return 1;
        } catch (RefusedException | InvalidException refused) {
            left.add("task '%s': %s".formatted(description, refused.getMessage()));
            return 0;
        }
    }

    private static JsonValue.Members object(JsonValue.Members all, String name) {
        return all.get(name).orElse(JsonValue.Members.EMPTY) instanceof JsonValue.Members members
                ? members
                : JsonValue.Members.EMPTY;
    }

    private static List<JsonValue> list(JsonValue.Members all, String name) {
        return all.get(name).orElse(JsonValue.Members.EMPTY) instanceof JsonValue.Array(List<JsonValue> values)
                ? values
                : List.of();
    }

    private static String plain(JsonValue value) {
        return value instanceof JsonValue.Text(String text) ? text : value.toString();
    }
}
