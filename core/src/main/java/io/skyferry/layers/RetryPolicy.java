package io.skyferry.layers;

import java.time.Duration;

/// How often a call is tried and how long is waited in between.
///
/// @param attempts the first one counted
/// @param firstWait doubled after each attempt
/// @param longestWait what doubling ends at
/// @param longestAsked the longest wait that a storage may ask for; asked for more, the call fails at once
public record RetryPolicy(int attempts, Duration firstWait, Duration longestWait, Duration longestAsked) {
    /// What a task without further wishes gets.
    public static final RetryPolicy DEFAULT = new RetryPolicy(6, Duration.ofMillis(250), Duration.ofSeconds(30));

    /// Checks the numbers.
    public RetryPolicy {
        if (attempts < 1 || firstWait.isNegative() || longestWait.compareTo(firstWait) < 0) {
            throw new IllegalArgumentException(
                    "Want at least one attempt and waits that do not shrink but have %s, %s, %s"
                            .formatted(attempts, firstWait, longestWait));
        }
    }

    /// The same, with storages that may ask for a wait of ten minutes.
    public RetryPolicy(int attempts, Duration firstWait, Duration longestWait) {
        this(attempts, firstWait, longestWait, Duration.ofMinutes(10));
    }

    /// The wait after an attempt, before jitter.
    ///
    /// @param attempt from 1
    Duration waitAfter(int attempt) {
        Duration wait = firstWait;
        for (int i = 1; i < attempt && wait.compareTo(longestWait) < 0; i++) {
            wait = wait.multipliedBy(2);
        }
        return wait.compareTo(longestWait) < 0 ? wait : longestWait;
    }
}
