package io.skyferry.engine.oneway;

import io.skyferry.layers.Call;
import io.skyferry.layers.Interceptor;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.StorageException;
import io.skyferry.testkit.MemoryStorage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.Predicate;

/// Somebody writes to a file right before the storage is first told to do something.
final class EditBefore implements Interceptor {
    private final MemoryStorage storage;
    private final Predicate<StorageException.Where> when;
    private final RelPath path;
    private final String edited;
    private boolean done;

    EditBefore(MemoryStorage storage, Predicate<StorageException.Where> when, RelPath path, String edited) {
        this.storage = storage;
        this.when = when;
        this.path = path;
        this.edited = edited;
    }

    @Override
    public <R> R around(Call<R> call) {
        if (!done && when.test(call.where())) {
            done = true;
            storage.backdoor().put(path, edited.getBytes(StandardCharsets.UTF_8), Instant.EPOCH);
        }
        return call.proceed();
    }
}
