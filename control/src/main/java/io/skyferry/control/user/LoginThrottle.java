package io.skyferry.control.user;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// Slows down whoever guesses: after a few wrong passwords, a name and an address each have to wait, twice as long
/// after each one more.
public final class LoginThrottle {
    private static final int FREE_FOR_NAME = 5;
    private static final int FREE_FOR_ADDRESS = 20;
    private static final Duration FIRST_WAIT = Duration.ofSeconds(2);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);
    private static final int MOST_KNOWN = 10_000;

    private final InstantSource clock;
    private final Map<String, Tries> tries = new HashMap<>();

    private record Tries(int failed, Instant until, Instant last) {}

    /// Nobody has guessed yet.
    public LoginThrottle(InstantSource clock) {
        this.clock = clock;
    }

    /// How long this one has to wait before the next try; zero: not at all.
    public synchronized Duration wait(String name, String address) {
        Duration ofName = left(keyOf(name));
        Duration ofAddress = left("@" + address);
        return ofName.compareTo(ofAddress) > 0 ? ofName : ofAddress;
    }

    private Duration left(String key) {
        Tries known = tries.get(key);
        if (known == null) {
            return Duration.ZERO;
        }
        Duration left = Duration.between(clock.instant(), known.until());
        return left.isNegative() ? Duration.ZERO : left;
    }

    private static String keyOf(String name) {
        return "n" + name.toLowerCase(Locale.ROOT);
    }

    /// The password was wrong.
    public synchronized void failed(String name, String address) {
        forgetOld();
        count(keyOf(name), FREE_FOR_NAME);
        count("@" + address, FREE_FOR_ADDRESS);
    }

    private void count(String key, int free) {
        Instant now = clock.instant();
        int failed = tries.getOrDefault(key, new Tries(0, now, now)).failed() + 1;
        int doublings = Math.min(failed - free, 20);
        Duration wait = doublings < 0 ? Duration.ZERO : FIRST_WAIT.multipliedBy(1L << doublings);
        tries.put(key, new Tries(failed, now.plus(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait), now));
    }

    /// The password was right.
    public synchronized void succeeded(String name) {
        tries.remove(keyOf(name));
    }

    /// Names can be made up without end; what is no longer held back is forgotten after a day, or at once where
    /// there are too many.
    private void forgetOld() {
        Instant now = clock.instant();
        tries.values()
                .removeIf(one -> one.last().plus(Duration.ofDays(1)).isBefore(now)
                        || (tries.size() > MOST_KNOWN && !one.until().isAfter(now)));
    }
}
