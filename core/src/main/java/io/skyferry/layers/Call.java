package io.skyferry.layers;

import io.skyferry.storage.StorageException.Where;
import java.util.function.Supplier;

/// One call of a storage on its way down, as an [Interceptor] sees it.
///
/// @param where what is called, told in the caller's names
/// @param repetition whether it may be made again after a reply was lost
/// @param step the rest of the way down
public record Call<R>(Where where, Repetition repetition, Supplier<R> step) {
    /// Makes the call.
    public R proceed() {
        return step.get();
    }

    /// Whether a call may be made again after its reply was lost.
    public enum Repetition {
        /// It may: its effect is the same however often it is made.
        ANY_TIME,
        /// Only if the failure says that nothing happened.
        IF_NO_EFFECT
    }
}
