package io.skyferry.memory;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Which rows wait for a flush, and in which boot their bytes were written.
///
/// A row holds the number of its flush, not its boot: so one number says of all rows that they are on the medium.
/// Written by one thread at a time, read by any.
final class Flushes {
    private volatile State state;

    private record State(Map<Long, String> boots, long flushed, long last) {}

    /// As found.
    ///
    /// @param boots by the numbers of their flushes
    /// @param flushed rows up to this number are on the medium
    Flushes(Map<Long, String> boots, long flushed) {
        long last = boots.keySet().stream().reduce(flushed, Math::max);
        this.state = new State(Map.copyOf(boots), flushed, last);
    }

    /// What the checksum of a row of the table covers besides the row.
    static byte[] keyOf(long number) {
        return new RowWriter().count(number).plain();
    }

    /// The boot in which the bytes were written that wait for this flush; empty once they are on the medium.
    Optional<String> bootOf(long number) {
        State now = state;
        if (number <= now.flushed) {
            return Optional.empty();
        }
        // A number that nobody knows would be damage; to be on the safe side it is a boot that is over.
        return Optional.of(now.boots.getOrDefault(number, "unknown"));
    }

    /// The number of the flush that rows of this boot wait for; 0 where there is none yet.
    long numberOf(String boot) {
        State now = state;
        return now.last > now.flushed && boot.equals(now.boots.get(now.last)) ? now.last : 0;
    }

    /// Makes a flush for rows of this boot.
    ///
    /// @return its number
    long add(String boot) {
        State now = state;
        var boots = new TreeMap<>(now.boots);
        boots.put(now.last + 1, boot);
        state = new State(boots, now.flushed, now.last + 1);
        return now.last + 1;
    }

    /// Believes all flushes up to now to have happened.
    ///
    /// @return the number of the last one
    long believe() {
        State now = state;
        state = new State(Map.of(), now.last, now.last);
        return now.last;
    }
}
