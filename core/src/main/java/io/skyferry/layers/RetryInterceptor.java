package io.skyferry.layers;

import static io.skyferry.storage.ErrorKind.Retry.WITH_BACKOFF;

import io.skyferry.storage.Body;
import io.skyferry.storage.DeleteResult;
import io.skyferry.storage.DeleteResult.Refused;
import io.skyferry.storage.Entry;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.StorageException.Effect;
import io.skyferry.storage.StorageException.Where;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.Function;

/// Tries a failed call again when its [ErrorKind] says that may help and its effect allows it.
///
/// The only place in the product that retries storage calls: adapters and HTTP clients do not. A body
/// that breaks is opened again where it broke; of many deletes only those that failed are tried again.
public final class RetryInterceptor implements Interceptor {
    private final RetryPolicy policy;
    private final Sleeper sleeper;
    private final DoubleSupplier jitter;
    private final Listener listener;

    /// Hears why a call has to wait.
    public interface Listener {
        /// A call failed and waits.
        ///
        /// @param wait before it is tried again
        void waiting(StorageException failure, Duration wait);
    }

    /// Waits exactly as the policy says, in silence.
    public RetryInterceptor(RetryPolicy policy, Sleeper sleeper) {
        this(policy, sleeper, () -> 1, (_, _) -> {});
    }

    /// @param jitter what each wait is multiplied with, so that many clients do not come back at once:
    ///     from 0 to 1
    public RetryInterceptor(RetryPolicy policy, Sleeper sleeper, DoubleSupplier jitter, Listener listener) {
        this.listener = listener;
        this.policy = policy;
        this.sleeper = sleeper;
        this.jitter = jitter;
    }

    @Override
    public <R> R around(Call<R> call) {
        for (int attempt = 1; ; attempt++) {
            try {
                return call.proceed();
            } catch (StorageException failure) {
                if (isLast(attempt, failure) || !mayRepeat(call.repetition(), failure)) {
                    throw failure;
                }
                waitAfter(attempt, failure);
            }
        }
    }

    @Override
    public List<DeleteResult> aroundMany(
            Where where, List<Entry.File> files, Function<List<Entry.File>, List<DeleteResult>> step) {
        List<DeleteResult> results =
                new ArrayList<>(around(new Call<>(where, Call.Repetition.ANY_TIME, () -> step.apply(files))));
        for (int attempt = 1; attempt < policy.attempts(); attempt++) {
            List<Integer> again = worthAnotherTry(attempt, results);
            if (again.isEmpty()) {
                break;
            }
            waitAfter(attempt, longestAsked(results, again));
            List<Entry.File> left = again.stream().map(files::get).toList();
            List<DeleteResult> later = around(new Call<>(where, Call.Repetition.ANY_TIME, () -> step.apply(left)));
            for (int i = 0; i < again.size(); i++) {
                results.set(again.get(i), later.get(i));
            }
        }
        return results;
    }

    private List<Integer> worthAnotherTry(int attempt, List<DeleteResult> results) {
        List<Integer> again = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            if (results.get(i) instanceof Refused refused && !isLast(attempt, refused.failure())) {
                again.add(i);
            }
        }
        return again;
    }

    private static StorageException longestAsked(List<DeleteResult> results, List<Integer> again) {
        StorageException longest = failureOf(results.get(again.getFirst()));
        for (int index : again) {
            StorageException other = failureOf(results.get(index));
            longest = asked(other).compareTo(asked(longest)) > 0 ? other : longest;
        }
        return longest;
    }

    private static StorageException failureOf(DeleteResult result) {
        return switch (result) {
            case Refused refused -> refused.failure();
            case DeleteResult.Removed removed ->
                throw new IllegalStateException("Want a refused delete but have " + removed);
        };
    }

    @Override
    public Body reading(ReadCall call, Body body) {
        return new Body(body.file(), new RetryingStream(this, call, body.stream()));
    }

    /// Whether no further attempt follows this failure, whatever was called.
    boolean isLast(int attempt, StorageException failure) {
        return attempt >= policy.attempts()
                || failure.kind().retry() != WITH_BACKOFF
                || asked(failure).compareTo(policy.longestAsked()) > 0;
    }

    private static boolean mayRepeat(Call.Repetition repetition, StorageException failure) {
        return switch (repetition) {
            case ANY_TIME -> true;
            case IF_NO_EFFECT -> failure.effect() == Effect.NONE;
        };
    }

    /// Waits as the storage asked, or as the policy says, whichever is longer.
    void waitAfter(int attempt, StorageException failure) {
        double share = Math.clamp(jitter.getAsDouble(), 0.0, 1.0);
        Duration wait = Duration.ofNanos((long) (policy.waitAfter(attempt).toNanos() * share));
        Duration asked = asked(failure);
        Duration longer = asked.compareTo(wait) > 0 ? asked : wait;
        listener.waiting(failure, longer);
        sleeper.sleep(longer);
    }

    private static Duration asked(StorageException failure) {
        return failure.retryAfter().orElse(Duration.ZERO);
    }
}
