package io.skyferry.memory;

import java.time.Duration;

/// How much goes out or comes in at a time.
///
/// @param groupRows so many waiting writes go out at once
/// @param groupAge so long the first of them waits at most
/// @param aheadRows rows that are read at a time
/// @param maxPages of the file, which is full then
/// @param busyAttempts how often a file is asked for again that another program has locked, 200 ms each
record Tuning(int groupRows, Duration groupAge, int aheadRows, long maxPages, int busyAttempts) {
    /// Measured on 100,000 and 1,000,000 rows: larger groups and chunks gain nothing.
    static final Tuning DEFAULT = new Tuning(500, Duration.ofMillis(250), 512, 1L << 30, 50);
}
