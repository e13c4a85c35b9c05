package io.skyferry.control.task;

import io.skyferry.control.alert.Channel;
import io.skyferry.control.alert.Channels;
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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Everything that users set up, as one JSON text: to be kept, or taken to another machine.
///
/// With a passphrase the text is sealed and holds the secrets; without one it leaves them out, and they have to be
/// set again after an import. Users and their keys stay where they are.
public final class ConfigArchive {
    private static final String FORMAT = "skyferry-config";
    private static final long VERSION = 1;
    private static final String NAME = "name";
    private static final String SETTINGS = "settings";
    private static final String CREDENTIALS = "credentials";
    private static final String TASKS = "tasks";
    private static final String CHANNELS = "channels";

    /// The names of secrets that a text without secrets leaves out.
    private static final String SECRETS = "secrets";

    private final Settings settings;
    private final Credentials credentials;
    private final Tasks tasks;
    private final Channels channels;

    /// An archive of these.
    public ConfigArchive(Settings settings, Credentials credentials, Tasks tasks, Channels channels) {
        this.settings = settings;
        this.credentials = credentials;
        this.tasks = tasks.askingNobody();
        this.channels = channels;
    }

    /// What an import made.
    ///
    /// @param left what was not taken in as it was, and why
    public record Imported(int settings, int credentials, int tasks, int channels, List<String> left) {
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
        Secrets secrets = passphrase.isPresent() ? Secrets.TOLD : Secrets.NAMED;
        String text = JsonValue.Members.EMPTY
                .with("format", JsonValue.of(FORMAT))
                .with("version", JsonValue.of(VERSION))
                .with(SETTINGS, new JsonValue.Members(set))
                .with(CREDENTIALS, new JsonValue.Array(accounts(secrets)))
                .with(TASKS, new JsonValue.Array(all))
                .with(CHANNELS, new JsonValue.Array(ways(secrets)))
                .toString();
        return passphrase.map(phrase -> SealedText.seal(text, phrase)).orElse(text);
    }

    /// What a text says of secrets.
    private enum Secrets {
        /// All of them.
        TOLD,
        /// Which there are.
        NAMED
    }

    private List<JsonValue> accounts(Secrets secrets) {
        List<JsonValue> accounts = new ArrayList<>();
        for (Credential one : credentials.list()) {
            JsonValue.Members account = JsonValue.Members.EMPTY
                    .with(NAME, JsonValue.of(one.name()))
                    .with("provider", JsonValue.of(one.provider()));
            accounts.add(
                    switch (secrets) {
                        case TOLD ->
                            account.with(SETTINGS, texts(credentials.saved(new StorageSpec(one.name(), Map.of()))));
                        case NAMED ->
                            account.with(SETTINGS, texts(one.settings()))
                                    .with(SECRETS, JsonValue.of(List.copyOf(one.secrets())));
                    });
        }
        return accounts;
    }

    private List<JsonValue> ways(Secrets secrets) {
        return switch (secrets) {
            case TOLD ->
                channels.saved().stream()
                        .<JsonValue>map(one ->
                                way(one.name(), one.kind(), one.settings()).with("secret", JsonValue.of(one.secret())))
                        .toList();
            case NAMED ->
                channels.list().stream()
                        .<JsonValue>map(one -> way(one.name(), one.kind(), one.settings())
                                .with(SECRETS, JsonValue.of(one.hasSecret() ? List.of("secret") : List.of())))
                        .toList();
        };
    }

    private static JsonValue.Members way(String name, Channel.Kind kind, Map<String, String> values) {
        return JsonValue.Members.EMPTY
                .with(NAME, JsonValue.of(name))
                .with("kind", JsonValue.of(kind.name()))
                .with(SETTINGS, texts(values));
    }

    private static JsonValue.Members texts(Map<String, String> values) {
        Map<String, JsonValue> texts = new LinkedHashMap<>();
        values.forEach((name, value) -> texts.put(name, JsonValue.of(value)));
        return new JsonValue.Members(texts);
    }

    /// Takes an archive in: what has the same name is changed, all else is added. Tasks whose account has secrets that
    /// are neither in it nor here come in switched off.
    ///
    /// @throws RefusedException if it is none, or the passphrase is wrong; nothing was changed
    public Imported take(String text, Optional<String> passphrase, Caller caller) {
        expectAdmin(caller);
        JsonValue.Members all = members(text, passphrase);
        Map<String, JsonValue> set = object(all, SETTINGS).members();
        List<JsonValue.Members> accounts = objects(all, CREDENTIALS);
        List<JsonValue.Members> work = objects(all, TASKS);
        List<JsonValue.Members> ways = objects(all, CHANNELS);
        List<String> left = new ArrayList<>();
        int changed = 0;
        for (Map.Entry<String, JsonValue> one : set.entrySet()) {
            changed += takeSetting(one.getKey(), plain(one.getValue()), left, caller);
        }
        int made = 0;
        Set<String> closed = new HashSet<>();
        for (JsonValue.Members one : accounts) {
            made += takeCredential(one, closed, left);
        }
        int taken = 0;
        List<Task> there = new ArrayList<>(tasks.list());
        for (JsonValue.Members one : work) {
            taken += takeTask(one, there, closed, left, caller);
        }
        int opened = 0;
        for (JsonValue.Members one : ways) {
            opened += takeChannel(one, left, caller);
        }
        return new Imported(changed, made, taken, opened, left);
    }

    private static List<JsonValue.Members> objects(JsonValue.Members all, String name) {
        List<JsonValue.Members> objects = new ArrayList<>();
        for (JsonValue value : list(all, name)) {
            if (value instanceof JsonValue.Members object) {
                objects.add(object);
            } else {
                throw new RefusedException("Want objects as '%s' of the archive but have '%s'".formatted(name, value));
            }
        }
        return objects;
    }

    private int takeSetting(String name, String value, List<String> left, Caller caller) {
        try {
            settings.set(Settings.Name.of(name), value, caller);
            return 1;
        } catch (RefusedException refused) {
            left.add("setting '%s': %s".formatted(name, refused.getMessage()));
            return 0;
        }
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
                    return current(inner);
                }
            }
        } catch (IllegalArgumentException wrong) {
            throw new RefusedException("Want an archive of a configuration: " + wrong.getMessage());
        }
        throw new RefusedException("Want an archive of a configuration but have something else");
    }

    private static JsonValue.Members current(JsonValue.Members archive) {
        String version = plain(archive.get("version").orElse(JsonValue.of(VERSION)));
        if (!version.equals(Long.toString(VERSION))) {
            throw new RefusedException("Want an archive of version %s but have version %s: a newer Skyferry wrote it"
                    .formatted(VERSION, version));
        }
        return archive;
    }

    private int takeCredential(JsonValue.Members one, Set<String> closed, List<String> left) {
        String name = plain(one.get(NAME).orElse(JsonValue.of("")));
        String provider = plain(one.get("provider").orElse(JsonValue.of("")));
        Map<String, String> values = new LinkedHashMap<>();
        object(one, SETTINGS).members().forEach((setting, value) -> values.put(setting, plain(value)));
        try {
            boolean known =
                    credentials.list().stream().anyMatch(there -> there.name().equals(name));
            if (known) {
                credentials.edit(name, Optional.empty(), SettingChanges.of(values));
            } else {
                credentials.add(name, provider, SettingChanges.of(values));
            }
            Set<String> missing = new TreeSet<>();
            list(one, SECRETS).forEach(secret -> missing.add(plain(secret)));
            missing.removeAll(credentials.get(name).secrets());
            if (!missing.isEmpty()) {
                closed.add(name);
                left.add("credential '%s': its %s is not in the archive and has to be entered"
                        .formatted(name, String.join(", ", missing)));
            }
            return 1;
        } catch (RefusedException refused) {
            left.add("credential '%s': %s".formatted(name, refused.getMessage()));
            return 0;
        }
    }

    /// @param there what could be meant; each is meant once
    /// @param closed the names of accounts that lack a secret
    private int takeTask(
            JsonValue.Members one, List<Task> there, Set<String> closed, List<String> left, Caller caller) {
        String description = plain(one.get("description").orElse(JsonValue.of("")));
        String account = plain(one.get(CREDENTIALS).orElse(JsonValue.of("")));
        try {
            JsonValue.Members fields =
                    one.with(CREDENTIALS, JsonValue.of(credentials.get(account).id()));
            if (closed.contains(account)) {
                fields = fields.with("enabled", JsonValue.of(false));
            }
            Optional<Task> same = there.stream()
                    .filter(task -> !description.isBlank()
                            && task.fields().description().equals(description))
                    .findFirst();
            if (same.isPresent()) {
                there.remove(same.orElseThrow());
                tasks.update(same.orElseThrow().id(), fields, caller);
            } else {
                tasks.create(fields, caller);
            }
            return 1;
        } catch (RefusedException | InvalidException refused) {
            left.add("task '%s': %s".formatted(description, refused.getMessage()));
            return 0;
        }
    }

    private int takeChannel(JsonValue.Members one, List<String> left, Caller caller) {
        String name = plain(one.get(NAME).orElse(JsonValue.of("")));
        if (!list(one, SECRETS).isEmpty()) {
            left.add("channel '%s': its secret is not in the archive".formatted(name));
            return 0;
        }
        try {
            Map<String, String> values = new LinkedHashMap<>();
            object(one, SETTINGS).members().forEach((setting, value) -> values.put(setting, plain(value)));
            var wish = new Channels.Wish(
                    name,
                    Channel.Kind.valueOf(plain(one.get("kind").orElse(JsonValue.of("")))),
                    values,
                    plain(one.get("secret").orElse(JsonValue.of(""))));
            channels.put(wish, caller);
            return 1;
        } catch (IllegalArgumentException | RefusedException refused) {
            left.add("channel '%s': %s".formatted(name, refused.getMessage()));
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
