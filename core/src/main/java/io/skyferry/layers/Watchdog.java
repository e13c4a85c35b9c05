package io.skyferry.layers;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Strikes at what makes no progress: interrupts the thread, and closes what it waits for.
///
/// Asked to look now and then by [WatchdogThread], or by a test.
public final class Watchdog {
    private final LongSupplier nanos;
    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();

    /// @param nanos a clock that only goes forward
    public Watchdog(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /// Looks at everything that is watched.
    public void look() {
        long now = nanos.getAsLong();
        watches.forEach(watch -> watch.strikeIfLate(now));
    }

    /// How many calls and bodies are watched.
    public int watched() {
        return watches.size();
    }

    /// Watches something; nothing happens to it before it is [Watch#arm]ed.
    ///
    /// @param onStrike run beside the thread that is interrupted
    Watch watch(Duration patience, @Nullable Runnable onStrike) {
        var watch = new Watch(patience.toNanos(), onStrike);
        watches.add(watch);
        return watch;
    }

    /// One thing that is watched.
    final class Watch {
        private final long patience;
        private final @Nullable Runnable onStrike;
        private @Nullable Thread armed;
        private long since;
        private boolean struck;
        private boolean flagTakenBack;

        private Watch(long patience, @Nullable Runnable onStrike) {
            this.patience = patience;
            this.onStrike = onStrike;
        }

        /// From now on this thread is waited for.
        synchronized void arm() {
            armed = Thread.currentThread();
            since = nanos.getAsLong();
        }

        /// The thread is no longer waited for.
        synchronized void disarm() {
            armed = null;
        }

        /// Ends the watch.
        void end() {
            disarm();
            watches.remove(this);
        }

        /// Whether it was struck; the first to ask takes back the interrupt flag that the strike set.
        synchronized boolean wasStruck() {
            if (struck && !flagTakenBack) {
                flagTakenBack = true;
                Thread.interrupted();
            }
            return struck;
        }

        // To interrupt a thread that makes no progress is what a watchdog is for; the watch takes the flag back.
        @SuppressWarnings("Interruption")
        private synchronized void strikeIfLate(long now) {
            Thread thread = armed;
            if (thread != null && !struck && now - since > patience) {
                struck = true;
                thread.interrupt();
                if (onStrike != null) {
                    Thread.startVirtualThread(onStrike);
                }
            }
        }
    }
}
