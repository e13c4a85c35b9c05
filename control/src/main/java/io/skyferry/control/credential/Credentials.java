package io.skyferry.control.credential;

import io.skyferry.control.run.Places;
import io.skyferry.control.run.RefusedException;
import io.skyferry.control.store.AppDatabase;
import io.skyferry.control.store.Changes;
import io.skyferry.control.store.Session;
import io.skyferry.control.vault.Vault;
import io.skyferry.control.vault.VaultException;
import io.skyferry.storage.LayerSpec;
import io.skyferry.storage.StorageProvider.Setting;
import io.skyferry.storage.StorageSpec;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What can be done with credentials. Nothing here asks an account anything: [Verification] does.
public final class Credentials {
    private final AppDatabase database;
    private final Vault vault;
    private final Kinds kinds;
    private final InstantSource clock;

    /// Credentials in this database, their secrets in this vault.
    public Credentials(AppDatabase database, Vault vault, Kinds kinds, InstantSource clock) {
        this.database = database;
        this.vault = vault;
        this.kinds = kinds;
        this.clock = clock;
    }

    /// The kinds of storage that a credential can be for.
    public Kinds kinds() {
        return kinds;
    }

    /// All of them, by name.
    public List<Credential> list() {
        return database.read(session -> new CredentialRows(session, vault).all())
                .orElse(List.of());
    }

    /// The credential of this name.
    ///
    /// @throws RefusedException naming those that there are
    public Credential get(String name) {
        return find(name).orElseThrow(() -> unknown(name));
    }

    private Optional<Credential> find(String name) {
        return database.read(session -> new CredentialRows(session, vault).find(name))
                .flatMap(found -> found);
    }

    /// The credential of this number.
    public Optional<Credential> find(long id) {
        return database.read(session -> new CredentialRows(session, vault).find(id))
                .flatMap(found -> found);
    }

    /// All that is saved of a credential, its secrets in the open.
    ///
    /// @throws RefusedException if there is no such credential
    public Map<String, String> saved(StorageSpec place) {
        Opened opened = opened(place);
        Map<String, String> settings = new HashMap<>(opened.credential().settings());
        settings.putAll(opened.secrets());
        return settings;
    }

    /// Says until when the account takes a credential; empty: nobody knows.
    ///
    /// @throws RefusedException if there is no such credential
    public Credential expire(String name, Optional<Instant> at) {
        Credential there = get(name);
        return database.write(session -> {
            var rows = new CredentialRows(session, vault);
            rows.expire(there.id(), at);
            var _ = Changes.told(session, Changes.Thing.CREDENTIAL);
            return rows.find(there.id()).orElse(there);
        });
    }

    /// Until when the account takes a credential: as somebody said, else as one of its secrets tells that cannot
    /// be renewed.
    public Optional<Instant> expiry(Credential credential) {
        if (credential.expires().isPresent()) {
            return credential.expires();
        }
        try {
            return secretsOf(credential.id()).stream()
                    .map(TokenExpiry::of)
                    .flatMap(Optional::stream)
                    .findFirst();
        } catch (VaultException closed) {
            return Optional.empty();
        }
    }

    /// The secrets of a credential in the open, to be taken out of whatever is written.
    public Collection<String> secretsOf(long id) {
        return database.read(session -> {
                    var rows = new CredentialRows(session, vault);
                    Optional<Credential> found = rows.find(id);
                    return found.isEmpty()
                            ? List.<String>of()
                            : List.copyOf(rows.secretsOf(found.orElseThrow()).values());
                })
                .orElse(List.of());
    }

    private RefusedException unknown(String name) {
        return new RefusedException("Want the name of a credential but have '%s'. %s".formatted(name, known()));
    }

    /// Which credentials there are, in a sentence.
    private String known() {
        List<String> names = list().stream().map(Credential::name).toList();
        return names.isEmpty()
                ? "None is saved yet: see 'skyferry credential add --help'"
                : "Known: " + String.join(", ", names);
    }

    /// Saves a new one.
    ///
    /// @param values secrets among them
    /// @throws RefusedException if the name is taken or none, or a setting is wrong or missing
    public Credential add(String name, String provider, SettingChanges values) {
        CredentialName.checked(name, kinds.keys());
        kinds.check(provider, values.set(), Map.of(), values.namesOver(Set.of()));
        return database.write(session -> {
            var rows = new CredentialRows(session, vault);
            refuseTaken(rows, name);
            long id = rows.insert(name, provider, clock.instant());
            put(rows, id, provider, values);
            var _ = Changes.told(session, Changes.Thing.CREDENTIAL);
            return rows.find(name).orElseThrow();
        });
    }

    private static void refuseTaken(CredentialRows rows, String name) throws SQLException {
        if (rows.find(name).isPresent()) {
            throw new RefusedException(
                    Map.of("name", "Want a new name but there is a credential '%s' already".formatted(name)));
        }
    }

    private void put(CredentialRows rows, long id, String provider, SettingChanges values) throws SQLException {
        for (String name : values.unset()) {
            rows.unset(id, kinds.setting(provider, name).name());
        }
        for (Map.Entry<String, String> one : values.set().entrySet()) {
            Setting setting = kinds.setting(provider, one.getKey());
            if (one.getValue().isEmpty()) {
                rows.unset(id, setting.name());
            } else if (setting.secret()) {
                rows.seal(id, setting.name(), one.getValue());
            } else {
                rows.set(id, setting.name(), one.getValue());
            }
        }
    }

    /// Changes some settings, or the name.
    ///
    /// @param newName empty: it stays
    /// @throws RefusedException if there is no such credential, or what it would become is wrong
    public Credential edit(String name, Optional<String> newName, SettingChanges values) {
        newName.ifPresent(wanted -> CredentialName.checked(wanted, kinds.keys()));
        if (database.read(_ -> true).isEmpty()) {
            throw unknown(name);
        }
        return database.write(session -> {
            var rows = new CredentialRows(session, vault);
            Credential old = rows.find(name).orElseThrow(() -> unknownAmong(name, rows));
            Set<String> saved = new HashSet<>(old.settings().keySet());
            saved.addAll(old.secrets());
            kinds.check(old.provider(), values.set(), old.settings(), values.namesOver(saved));
            put(rows, old.id(), old.provider(), values);
            String after = newName.orElse(name);
            if (!after.equals(name)) {
                refuseTaken(rows, after);
                refuseUsed(rows, name);
            }
            rows.rename(old.id(), after, now(old));
            var _ = Changes.told(session, Changes.Thing.CREDENTIAL);
            return rows.find(after).orElseThrow();
        });
    }

    /// A clock that was set back makes nothing older than it was.
    private Instant now(Credential old) {
        Instant now = clock.instant();
        return now.isBefore(old.changed()) ? old.changed() : now;
    }

    private static RefusedException unknownAmong(String name, CredentialRows rows) {
        try {
            List<String> names = rows.all().stream().map(Credential::name).toList();
            return new RefusedException("Want the name of a credential but have '%s'. Known: %s"
                    .formatted(name, names.isEmpty() ? "none" : String.join(", ", names)));
        } catch (SQLException failure) {
            throw new IllegalStateException("The names of the credentials cannot be read", failure);
        }
    }

    /// Removes one that nothing uses.
    ///
    /// @throws RefusedException if there is none, or naming what uses it
    public void remove(String name) {
        Credential there = get(name);
        database.write(session -> {
            var rows = new CredentialRows(session, vault);
            refuseUsed(rows, name);
            refuseUsedByTask(session, there.id());
            rows.delete(there.id());
            var _ = Changes.told(session, Changes.Thing.CREDENTIAL);
            return true;
        });
    }

    private static void refuseUsed(CredentialRows rows, String name) throws SQLException {
        List<String> users = rows.all().stream()
                .filter(other -> other.settings().values().stream().anyMatch(value -> value.startsWith(name + ":")))
                .map(Credential::name)
                .toList();
        if (!users.isEmpty()) {
            throw new RefusedException("Want a credential that nothing uses but '%s' is used by the credential '%s'"
                    .formatted(name, String.join("', '", users)));
        }
    }

    private static void refuseUsedByTask(Session session, long id) throws SQLException {
        Optional<String> user = session.first(
                "select id, description from task where credential_id = ? order by id",
                row -> row.getString(2).isBlank() ? Long.toString(row.getLong(1)) : row.getString(2),
                id);
        if (user.isPresent()) {
            throw new RefusedException("This credential is used by cloud sync task " + user.orElseThrow());
        }
    }

    /// The storage that a place stands for whose provider is a credential's name.
    ///
    /// What the place asks for comes before what is saved; what the provider does not know is left out. A
    /// setting may have the provider's key and a dot before it: it is for that provider alone. A path saved
    /// in the credential is where its places begin. Where the credential encrypts, that is the top of what is
    /// encrypted, and the layer says which folder below it is meant: see [EncryptionSettings#BELOW].
    ///
    /// @throws RefusedException if there is no such credential, naming those that there are
    public StorageSpec resolve(StorageSpec place) {
        Opened opened = opened(place);
        String path = place.settings().getOrDefault(Places.ROOT_SETTING, "");
        Credential credential = opened.credential();
        Map<String, Setting> known = kinds.settings(credential.provider());
        Map<String, String> settings = new HashMap<>(credential.settings());
        settings.putAll(opened.secrets());
        String prefix = credential.provider() + ".";
        place.settings().forEach((typed, value) -> {
            String setting = typed.startsWith(prefix) ? typed.substring(prefix.length()) : typed;
            if (known.containsKey(setting)) {
                settings.put(setting, value);
            }
        });
        String base = credential.settings().getOrDefault(Places.ROOT_SETTING, "");
        Optional<LayerSpec> encryption = EncryptionSettings.layer(settings, path);
        settings.keySet().removeIf(EncryptionSettings::isOne);
        if (encryption.isEmpty()) {
            settings.put(Places.ROOT_SETTING, below(base, path));
            return new StorageSpec(credential.provider(), settings, place.layers());
        }
        settings.put(Places.ROOT_SETTING, base);
        List<LayerSpec> layers = new ArrayList<>(place.layers());
        layers.addFirst(encryption.orElseThrow());
        return new StorageSpec(credential.provider(), settings, layers);
    }

    private Opened opened(StorageSpec place) {
        String name = place.provider();
        return database.read(session -> {
                    var rows = new CredentialRows(session, vault);
                    Optional<Credential> found = rows.find(name);
                    return found.isEmpty()
                            ? Optional.<Opened>empty()
                            : Optional.of(new Opened(found.orElseThrow(), rows.secretsOf(found.orElseThrow())));
                })
                .flatMap(one -> one)
                .orElseThrow(() -> noPlace(name, place.settings().getOrDefault(Places.ROOT_SETTING, "")));
    }

    private record Opened(Credential credential, Map<String, String> secrets) {
        /// Leaves the secrets out.
        @Override
        public String toString() {
            return credential.toString();
        }
    }

    private RefusedException noPlace(String name, String path) {
        return new RefusedException(
                "Want a place that is known but have '%s:%s'. %s; kinds of storage: %s. A folder of that name is written './%s:%s'"
                        .formatted(name, path, known(), String.join(", ", kinds.keys()), name, path));
    }

    /// A path below another one.
    ///
    /// @throws RefusedException if it leads out of it
    public static String below(String base, String path) {
        if (base.isEmpty() || path.isEmpty()) {
            return base + path;
        }
        if (List.of(path.split("/", -1)).contains("..")) {
            throw new RefusedException("Want a path below '%s' but have '%s'".formatted(base, path));
        }
        String rest = path.startsWith("/") ? path.substring(1) : path;
        return base.endsWith("/") ? base + rest : base + "/" + rest;
    }
}
