package io.skyferry.layers;

import io.skyferry.storage.StorageException;
import io.skyferry.storage.Verb;
import java.time.Duration;
import java.util.function.LongSupplier;

/// How many calls go to one account at once: halved when it says that it has enough, raised step by step
/// when it answers again. Shared by all storages of the account.
///
/// Reads have turns of their own, as many as all other calls have: a write that takes its bytes from the
/// same account waits for reads only, and reads wait for nobody.
public final class Pace {
    /// However long one answer asks to wait, others look again after this.
    private static final Duration LONGEST_HOLD = Duration.ofMinutes(1);

    private final int most;
    private final LongSupplier nanos;
    private final Sleeper sleeper;
    private final Turns reads;
    private final Turns others;
    private double allowed;
    private long lowered;
    private long heldUntil;

    /// @param most calls at once in good times
    /// @param nanos a clock that only goes forward
    public Pace(int most, LongSupplier nanos, Sleeper sleeper) {
        this.most = most;
        this.nanos = nanos;
        this.sleeper = sleeper;
        this.reads = new Turns(most);
        this.others = new Turns(most);
        this.allowed = most;
        this.heldUntil = nanos.getAsLong();
    }

    /// How many calls may go at once now.
    public synchronized int allowed() {
        return (int) allowed;
    }

    Turns turnsFor(Verb verb) {
        return verb == Verb.READ ? reads : others;
    }

    /// Waits while the account has asked for quiet.
    ///
    /// @return what [#complained] wants back
    long begin() {
        while (true) {
            long wait;
            synchronized (this) {
                wait = heldUntil - nanos.getAsLong();
                if (wait <= 0) {
                    return lowered;
                }
            }
            sleeper.sleep(Duration.ofNanos(wait));
        }
    }

    /// A call went well.
    void answered() {
        synchronized (this) {
            if (allowed >= most) {
                return;
            }
            allowed = Math.min(most, allowed + 1 / allowed);
        }
        tell();
    }

    /// The account had enough. Calls that had begun before the last time this was heard say nothing new.
    void complained(long begun, StorageException failure) {
        synchronized (this) {
            failure.retryAfter().ifPresent(this::hold);
            if (begun != lowered) {
                return;
            }
            lowered++;
            allowed = Math.max(1, allowed / 2);
        }
        tell();
    }

    private void hold(Duration asked) {
        Duration wait = asked.compareTo(LONGEST_HOLD) < 0 ? asked : LONGEST_HOLD;
        heldUntil = Math.max(heldUntil, nanos.getAsLong() + wait.toNanos());
    }

    private void tell() {
        int now = allowed();
        reads.allow(now);
        others.allow(now);
    }
}
