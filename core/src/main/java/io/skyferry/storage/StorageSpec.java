package io.skyferry.storage;

import java.util.Map;

/// Which storage to open: a value, so that it can be stored and shipped.
///
/// @param provider the provider's key
/// @param settings the provider's settings by name; may hold secrets, so it is never printed
public record StorageSpec(String provider, Map<String, String> settings) {
    /// Makes the settings unchangeable.
    public StorageSpec {
        settings = Map.copyOf(settings);
    }

    /// Leaves the settings' values out: some are secret.
    @Override
    public String toString() {
        return "StorageSpec[%s, %s]".formatted(provider, settings.keySet());
    }
}
