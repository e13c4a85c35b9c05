package io.skyferry.layers;

import io.skyferry.storage.Storage;
import java.util.EnumMap;
import java.util.Map;

/// Puts layers over an adapter in the one order that is right, whatever order they are named in.
public final class StorageStack {
    private final Storage adapter;
    private final Map<Place, Layer> layers = new EnumMap<>(Place.class);

    /// Where a layer stands: the order of these is the order of the stack, innermost first.
    public enum Place {
        /// Made-up trouble, in tests: all others meet it.
        FAULT,
        /// Counts what really reaches the adapter.
        COUNT,
        /// One attempt, so inside retry.
        TIMEOUT,
        /// Below retry, so that every attempt takes a turn.
        PACE,
        /// Below retry, so that every attempt is counted.
        RATE,
        /// Below retry, so that repeated bytes are charged.
        BANDWIDTH,
        /// The only retry loop.
        RETRY,
        /// Below crypt, because cipher names must be legal at the provider too.
        NAMING,
        /// Makes cipher names and cipher bytes of plain ones.
        CRYPT,
        /// Sees each logical call once, with the names that the user knows.
        OBSERVE,
        /// Refuses what the whole stack cannot do, at no cost.
        CHECK
    }

    private StorageStack(Storage adapter) {
        this.adapter = adapter;
    }

    /// A stack of nothing but the check.
    public static StorageStack over(Storage adapter) {
        var stack = new StorageStack(adapter);
        stack.layers.put(Place.CHECK, new CheckLayer());
        return stack;
    }

    /// Puts a layer at its place; what was there is replaced.
    public StorageStack layer(Place place, Layer layer) {
        layers.put(place, layer);
        return this;
    }

    /// Puts an interceptor at its place; what was there is replaced.
    public StorageStack intercept(Place place, Interceptor interceptor) {
        return layer(place, inner -> new InterceptedStorage(inner, interceptor));
    }

    /// The whole stack.
    public Storage build() {
        Storage top = adapter;
        for (Layer layer : layers.values()) {
            top = layer.over(top);
        }
        return top;
    }
}
