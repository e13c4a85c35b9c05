package io.skyferry.app;

import io.skyferry.control.run.RefusedException;
import io.skyferry.control.run.StorageOpener;
import io.skyferry.layers.InterceptedStorage;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageProvider;
import io.skyferry.storage.StorageSpec;
import io.skyferry.storage.Verb;
import java.util.Map;
import java.util.ServiceLoader;

/// Opens storages of all providers that are there, with all layers.
final class LayeredStorages implements StorageOpener {
    private final RequestCount requests = new RequestCount();

    @Override
    public Storage open(StorageSpec spec) {
        try {
            return new InterceptedStorage(provider(spec.provider()).open(spec.settings()), requests);
        } catch (IllegalArgumentException wrong) {
            var refused = new RefusedException(String.valueOf(wrong.getMessage()));
            refused.initCause(wrong);
            throw refused;
        }
    }

    private static StorageProvider provider(String key) {
        for (StorageProvider provider : ServiceLoader.load(StorageProvider.class)) {
            if (provider.key().equals(key)) {
                return provider;
            }
        }
        throw new RefusedException("Want a kind of storage that is known here but have '%s'".formatted(key));
    }

    @Override
    public Map<Verb, Long> requests() {
        return requests.counts();
    }
}
