package io.skyferry.app;

import io.skyferry.layers.Call;
import io.skyferry.layers.Interceptor;
import io.skyferry.storage.Verb;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// Counts the calls that reach storages, each attempt for itself.
final class RequestCount implements Interceptor {
    private final Map<Verb, LongAdder> counts = new EnumMap<>(Verb.class);

    RequestCount() {
        for (Verb verb : Verb.values()) {
            counts.put(verb, new LongAdder());
        }
    }

    @Override
    public <R> R around(Call<R> call) {
        counts.getOrDefault(call.where().verb(), new LongAdder()).increment();
        return call.proceed();
    }

    /// Those that there were, up to now.
    Map<Verb, Long> counts() {
        Map<Verb, Long> counted = new EnumMap<>(Verb.class);
        counts.forEach((verb, count) -> {
            if (count.sum() > 0) {
                counted.put(verb, count.sum());
            }
        });
        return counted;
    }
}
