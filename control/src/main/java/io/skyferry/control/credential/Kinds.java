package io.skyferry.control.credential;

import io.skyferry.control.run.Places;
import io.skyferry.control.run.RefusedException;
import io.skyferry.storage.StorageProvider;
import io.skyferry.storage.StorageProvider.Setting;
import io.skyferry.storage.StorageProvider.Top;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The kinds of storage that are known here, and what each one's settings are: its own, and those of encryption.
public final class Kinds {
    private final Iterable<StorageProvider> providers;
    private @Nullable Map<String, Known> known;

    /// What was found out of a kind.
    ///
    /// @param settings its own and those of encryption, in the provider's own order
    private record Known(List<Setting> settings, Top top) {}

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
                all.put(provider.key(), new Known(List.copyOf(settings), provider.top()));
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
        Known kind = known().get(provider);
        if (kind == null) {
            throw new RefusedException("Want one of %s as the kind of storage but have '%s'"
                    .formatted(String.join(", ", keys()), provider));
        }
        Map<String, Setting> byName = new LinkedHashMap<>();
        kind.settings().forEach(setting -> byName.put(setting.name(), setting));
        return byName;
    }

    /// The setting of a kind.
    ///
    /// @throws RefusedException naming the settings that there are
    public Setting setting(String provider, String name) {
        Map<String, Setting> settings = settings(provider);
        Setting setting = settings.get(name);
        if (setting == null) {
            throw new RefusedException("Want a setting of '%s' but have '%s'. There are: %s"
                    .formatted(provider, name, String.join(", ", settings.keySet())));
        }
        return setting;
    }

    /// Goes on only with settings that can be saved: each known, each of its kind, none missing.
    ///
    /// @param given what is new; an empty value is none
    /// @param present the names of all that will be saved
    /// @throws RefusedException naming the setting; never the value of a secret
    void check(String provider, Map<String, String> given, Set<String> present) {
        given.forEach((name, value) -> {
            Optional<String> fault = setting(provider, name).fault(value).filter(_ -> !value.isEmpty());
            if (fault.isPresent()) {
                throw new RefusedException(fault.orElseThrow());
            }
        });
        for (Setting setting : settings(provider).values()) {
            // Where a storage begins is said when it is used.
            boolean missing = setting.required()
                    && !setting.name().equals(Places.ROOT_SETTING)
                    && !present.contains(setting.name());
            if (missing) {
                throw new RefusedException(
                        "Want '%s' (%s) for '%s' but have none".formatted(setting.name(), setting.label(), provider));
            }
        }
    }
}
