package io.skyferry.server.truenas;

import io.skyferry.control.task.InvalidException;
import java.util.concurrent.atomic.AtomicLong;

/// A text that can be looked at only so often: a pattern of others may otherwise look at a short
/// text for hours.
///
/// @param looks how many are left, for the whole query
record Patient(CharSequence text, AtomicLong looks) implements CharSequence {
    @Override
    public int length() {
        return text.length();
    }

    @Override
    public char charAt(int index) {
        if (looks.decrementAndGet() < 0) {
            throw new InvalidException("query-filters", "Want a regular expression that ends soon");
        }
        return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return new Patient(text.subSequence(start, end), looks);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
