package io.skyferry.control.credential;

import io.skyferry.control.run.Places;
import io.skyferry.control.run.RefusedException;
import io.skyferry.storage.StorageProvider;
import io.skyferry.storage.StorageProvider.Setting;
import io.skyferry.storage.StorageProvider.Top;
import io.skyferry.storage.WrongSettingException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The kinds of storage that are known here, and what each one's settings are: its own, and those of encryption.
public final class Kinds {
    /// What the path of a setting's field begins with.
    public static final String PREFIX = "settings.";

    private final Iterable<StorageProvider> providers;
    private @Nullable Map<String, Known> known;

    /// What was found out of a kind.
    ///
    /// @param settings its own and those of encryption, in the provider's own order
    /// @param check what the provider says of its own settings together
    private record Known(List<Setting> settings, Top top, Consumer<Map<String, String>> check) {}

    /// These providers, which are asked when something is first wanted of them.
    public Kinds(Iterable<StorageProvider> providers) {
        this.providers = providers;
    }

    private synchronized Map<String, Known> known() {
        // A service loader takes one thread at a time.
        if (known == null) {
            Map<String, Known> all = new TreeMap<>();
            providers.forEach(provider -> {
                List<Setting> settings = new ArrayList<>(provider.settings());
                settings.addAll(EncryptionSettings.ALL);
                all.put(provider.key(), new Known(List.copyOf(settings), provider.top(), provider::check));
            });
            known = Collections.unmodifiableMap(all);
        }
        return known;
    }

    /// The keys of all kinds, sorted.
    public Set<String> keys() {
        return known().keySet();
    }

    /// What lies at the top of a kind's accounts; of a kind that is not known folders.
    public Top top(String provider) {
        Known kind = known().get(provider);
        return kind == null ? Top.FOLDER : kind.top();
    }

    /// What can be set for one kind, by name, in the provider's own order.
    ///
    /// @throws RefusedException naming the kinds that are known
    public Map<String, Setting> settings(String provider) {
        Map<String, Setting> byName = new LinkedHashMap<>();
        kind(provider).settings().forEach(setting -> byName.put(setting.name(), setting));
        return byName;
    }

    /// The setting of a kind.
    ///
    /// @throws RefusedException naming the settings that there are
    public Setting setting(String provider, String name) {
        Map<String, Setting> settings = settings(provider);
        Setting setting = settings.get(name);
        if (setting == null) {
            throw new RefusedException(Map.of(PREFIX + name, unknown(provider, name, settings.keySet())));
        }
        return setting;
    }

    private Known kind(String provider) {
        Known kind = known().get(provider);
        if (kind == null) {
            throw new RefusedException(Map.of(
                    "provider",
                    "Want one of %s as the kind of storage but have '%s'"
                            .formatted(String.join(", ", keys()), provider)));
        }
        return kind;
    }

    /// What is said of a setting that a kind of storage does not have.
    public static String unknown(String provider, String name, Collection<String> settings) {
        return "Want a setting of '%s' but have '%s'. There are: %s"
                .formatted(provider, name, String.join(", ", settings));
    }

    /// Goes on only with settings that can be saved: each known, each of its kind, none missing, and together what
    /// the provider can open.
    ///
    /// @param given what is new, secrets among it; an empty value is none
    /// @param kept what stays as it was, without secrets
    /// @param present the names of all that will be saved
    /// @throws RefusedException naming each setting that is wrong; never the value of a secret
    void check(String provider, Map<String, String> given, Map<String, String> kept, Set<String> present) {
        Map<String, Setting> settings = settings(provider);
        Map<String, String> wrong = new LinkedHashMap<>();
        given.forEach((name, value) ->
                fault(provider, settings, name, value).ifPresent(fault -> wrong.put(PREFIX + name, fault)));
        for (Setting setting : settings.values()) {
            // Where a storage begins is said when it is used.
            boolean missing = setting.required()
                    && !setting.name().equals(Places.ROOT_SETTING)
                    && !present.contains(setting.name());
            if (missing) {
                wrong.put(
                        PREFIX + setting.name(),
                        "Want '%s' (%s) for '%s' but have none".formatted(setting.name(), setting.label(), provider));
            }
        }
        if (wrong.isEmpty()) {
            faultOfAll(provider, given, kept, present)
                    .ifPresent(fault -> wrong.put(PREFIX + fault.setting(), String.valueOf(fault.getMessage())));
        }
        if (!wrong.isEmpty()) {
            throw new RefusedException(wrong);
        }
    }

    private static Optional<String> fault(String provider, Map<String, Setting> settings, String name, String value) {
        Setting setting = settings.get(name);
        if (setting == null) {
            return Optional.of(unknown(provider, name, settings.keySet()));
        }
        return value.isEmpty() ? Optional.empty() : setting.fault(value);
    }

    /// What the provider itself says, which alone knows what its settings mean together.
    private Optional<WrongSettingException> faultOfAll(
            String provider, Map<String, String> given, Map<String, String> kept, Set<String> present) {
        Map<String, String> all = new LinkedHashMap<>(kept);
        all.putAll(given);
        all.keySet().removeIf(name -> !present.contains(name) || EncryptionSettings.isOne(name));
        try {
            kind(provider).check().accept(all);
            return Optional.empty();
        } catch (WrongSettingException wrong) {
            return Optional.of(wrong);
        }
    }
}
