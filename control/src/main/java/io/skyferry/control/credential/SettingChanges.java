package io.skyferry.control.credential;

import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Settings as somebody gives them, secrets among them; an empty value is none.
///
/// @param set by name
/// @param unset names of settings that are to go
public record SettingChanges(Map<String, String> set, Set<String> unset) {
    /// Makes the collections unchangeable.
    public SettingChanges {
        set = Collections.unmodifiableMap(new TreeMap<>(set));
        unset = Set.copyOf(unset);
    }

    /// Settings for something new.
    public static SettingChanges of(Map<String, String> set) {
        return new SettingChanges(set, Set.of());
    }

    /// The names of the settings that there are when these are put over others.
    Set<String> namesOver(Set<String> others) {
        Set<String> names = new HashSet<>(others);
        names.removeAll(unset);
        set.forEach((name, value) -> {
            if (value.isEmpty()) {
                names.remove(name);
            } else {
                names.add(name);
            }
        });
        return names;
    }

    /// Leaves the values out: some are secret.
    @Override
    public String toString() {
        return "SettingChanges[%s, without %s]".formatted(set.keySet(), unset);
    }
}
