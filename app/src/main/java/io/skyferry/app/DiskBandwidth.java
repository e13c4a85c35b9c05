package io.skyferry.app;

import io.skyferry.layers.Call;
import io.skyferry.layers.Interceptor;
import io.skyferry.layers.ReadCall;
import io.skyferry.storage.Body;
import io.skyferry.storage.Content;
import io.skyferry.storage.StorageException.Where;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Holds bytes of a disk of this machine to the limits only in a run between such disks.
///
/// Where an account takes part, its side counts: what is sent there is an upload, what comes from there a download.
/// Reading the disk is neither then, be it to send a file or to compare it.
final class DiskBandwidth implements Interceptor {
    private final Interceptor limits;
    private final BooleanSupplier hasAccount;

    /// @param hasAccount whether the run has opened a storage that is not here
    DiskBandwidth(Interceptor limits, BooleanSupplier hasAccount) {
        this.limits = limits;
        this.hasAccount = hasAccount;
    }

    @Override
    public <R> R around(Call<R> call) {
        return call.proceed();
    }

    @Override
    public Body reading(ReadCall call, Body body) {
        return hasAccount.getAsBoolean() ? body : limits.reading(call, body);
    }

    @Override
    public Content writing(Where where, Content content) {
        return hasAccount.getAsBoolean() ? content : limits.writing(where, content);
    }

    @Override
    public Optional<Content.Origin> fetching(Optional<Content.Origin> origin) {
        return hasAccount.getAsBoolean() ? origin : limits.fetching(origin);
    }
}
