package io.skyferry.engine.world;

import io.skyferry.layers.Call;
import io.skyferry.layers.Interceptor;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.StorageException.Effect;

/// Tries a call again that failed in passing, as the stack's retry layer does, without waiting.
final class Again implements Interceptor {
    private static final int ATTEMPTS = 3;

    @Override
    public <R> R around(Call<R> call) {
        for (int attempt = 1; ; attempt++) {
            try {
                return call.proceed();
            } catch (StorageException failure) {
                boolean helps = failure.kind().retry() == ErrorKind.Retry.WITH_BACKOFF
                        && (failure.effect() == Effect.NONE || call.repetition() == Call.Repetition.ANY_TIME);
                if (attempt == ATTEMPTS || !helps) {
                    throw failure;
                }
            }
        }
    }
}
