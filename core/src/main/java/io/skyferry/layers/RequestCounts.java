package io.skyferry.layers;

import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.Verb;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// How often a storage was really asked, by verb: every attempt counts, and every reopened read. Stands
/// below retry.
public final class RequestCounts implements Interceptor {
    private final EnumMap<Verb, LongAdder> counts = new EnumMap<>(Verb.class);
    private final Set<ErrorKind> failures = ConcurrentHashMap.newKeySet();

    /// Nothing was asked yet.
    public RequestCounts() {
        for (Verb verb : Verb.values()) {
            counts.put(verb, new LongAdder());
        }
    }

    @Override
    public <R> R around(Call<R> call) {
        LongAdder count = counts.get(call.where().verb());
        if (count != null) {
            count.increment();
        }
        try {
            return call.proceed();
        } catch (StorageException failure) {
            failures.add(failure.kind());
            throw failure;
        }
    }

    /// Each kind of failure that was met, also of attempts that went well when they were tried again.
    public Set<ErrorKind> failures() {
        return Set.copyOf(failures);
    }

    /// The counts now; verbs that were never asked are left out.
    public Map<Verb, Long> snapshot() {
        Map<Verb, Long> asked = new EnumMap<>(Verb.class);
        counts.forEach((verb, count) -> {
            if (count.sum() > 0) {
                asked.put(verb, count.sum());
            }
        });
        return asked;
    }
}
