package io.skyferry.storage;

import java.util.Map;

/// Which layer to put over a storage: a value, so that it can be stored and shipped.
///
/// @param kind the layer's key, as `crypt`
/// @param settings by name; where a secret is needed, the file that holds it
public record LayerSpec(String kind, Map<String, String> settings) {
    /// Makes the settings unchangeable.
    public LayerSpec {
        settings = Map.copyOf(settings);
    }

    /// Leaves the settings' values out: some may be secret.
    @Override
    public String toString() {
        return "LayerSpec[%s, %s]".formatted(kind, settings.keySet());
    }
}
