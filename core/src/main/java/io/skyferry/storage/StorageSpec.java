package io.skyferry.storage;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Which storage to open: a value, so that it can be stored and shipped.
///
/// @param provider the provider's key
/// @param settings the provider's settings by name; may hold secrets, so it is never printed
/// @param layers over the provider's storage that change names or bytes, innermost first
public record StorageSpec(String provider, Map<String, String> settings, List<LayerSpec> layers) {
    /// Makes settings and layers unchangeable.
    public StorageSpec {
        settings = Map.copyOf(settings);
        layers = List.copyOf(layers);
    }

    /// A provider's storage as it is.
    public StorageSpec(String provider, Map<String, String> settings) {
        this(provider, settings, List.of());
    }

    /// The same with one setting of the provider's changed.
    public StorageSpec with(String name, String value) {
        Map<String, String> changed = new LinkedHashMap<>(settings);
        changed.put(name, value);
        return new StorageSpec(provider, changed, layers);
    }

    /// The same under other layers.
    ///
    /// @param other innermost first
    public StorageSpec under(List<LayerSpec> other) {
        return new StorageSpec(provider, settings, other);
    }

    /// Leaves the settings' values out: some are secret.
    @Override
    public String toString() {
        return "StorageSpec[%s, %s, %s]".formatted(provider, settings.keySet(), layers);
    }
}
