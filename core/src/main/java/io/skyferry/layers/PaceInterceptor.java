package io.skyferry.layers;

import io.skyferry.storage.StorageException;

/// Gives every attempt a turn of its account's [Pace], and lets the pace learn from how it went.
public final class PaceInterceptor implements Interceptor {
    private final Pace pace;

    /// @param pace shared by all storages of the account
    public PaceInterceptor(Pace pace) {
        this.pace = pace;
    }

    @Override
    public <R> R around(Call<R> call) {
        Turns turns = pace.turnsFor(call.where().verb());
        turns.enter();
        try {
            return inTurn(call);
        } finally {
            turns.leave();
        }
    }

    private <R> R inTurn(Call<R> call) {
        long begun = pace.begin();
        R result;
        try {
            result = call.proceed();
        } catch (StorageException failure) {
            switch (failure.kind()) {
                case RATE_LIMITED, UNAVAILABLE -> pace.complained(begun, failure);
                default -> {}
            }
            throw failure;
        }
        pace.answered();
        return result;
    }
}
