package io.skyferry.filter;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Bounds what the counted repeats of a regular expression (`a{3,5}`) blow up to, before RE2 builds it.
///
/// Go's RE2 refuses repeats within one another that come to more than 1000 in all; re2j does not, and would fill the
/// memory with `((a{1000}){1000}){1000}`. Groups within one another are bounded too, as each takes of its stack.
final class Repeats {
    private static final int MAX_NESTED = 1000;
    private static final int MAX_SIZE = 100_000;
    private static final int MAX_DEPTH = 500;
    private static final Pattern COUNT = Pattern.compile("\\{([0-9]{1,9})(?:,([0-9]{0,9}))?\\}");

    /// What a group holds so far.
    private static final class Group {
        private long size;
        private long nested = 1;
        private long lastSize;
        private long lastNested = 1;

        void add(long atomSize, long atomNested) {
            size += lastSize;
            nested = Math.max(nested, lastNested);
            lastSize = atomSize;
            lastNested = atomNested;
        }

        void repeat(long count) {
            lastSize *= count;
            lastNested *= count;
        }

        boolean isTooLarge() {
            return lastNested > MAX_NESTED || size + lastSize > MAX_SIZE;
        }
    }

    private final String regexp;
    private final Deque<Group> open = new ArrayDeque<>();

    private Repeats(String regexp) {
        this.regexp = regexp;
        open.push(new Group());
    }

    /// What is too much; empty if nothing is.
    static Optional<String> fault(String regexp) {
        return new Repeats(regexp).find();
    }

    private Optional<String> find() {
        Matcher count = COUNT.matcher(regexp);
        int i = 0;
        while (i < regexp.length()) {
            char c = regexp.charAt(i);
            if (c == '{' && count.region(i, regexp.length()).lookingAt()) {
                open.element().repeat(counted(count));
                i = count.end();
            } else {
                i = read(c, i);
            }
            if (open.size() > MAX_DEPTH) {
                return Optional.of("more than %s groups in one another".formatted(MAX_DEPTH));
            }
            if (open.element().isTooLarge()) {
                return Optional.of(
                        "repeats come to more than %s in one another or %s in all".formatted(MAX_NESTED, MAX_SIZE));
            }
        }
        return Optional.empty();
    }

    private static long counted(Matcher count) {
        String most = Optional.ofNullable(count.group(2))
                .filter(digits -> !digits.isEmpty())
                .orElse(count.group(1));
        return Math.max(1, Long.parseLong(most));
    }

    /// Reads a character that counts no repeats, and says where the next one stands.
    private int read(char c, int i) {
        switch (c) {
            case '(' -> open.push(new Group());
            case ')' -> close();
            case '\\' -> {
                open.element().add(1, 1);
                return afterEscape(i);
            }
            case '[' -> {
                open.element().add(1, 1);
                return ClassText.end(regexp, i);
            }
            default -> open.element().add(1, 1);
        }
        return i + 1;
    }

    private void close() {
        if (open.size() > 1) {
            Group closed = open.pop();
            closed.add(0, 1);
            open.element().add(closed.size, closed.nested);
        }
    }

    private int afterEscape(int i) {
        if (regexp.startsWith("\\Q", i)) {
            int end = regexp.indexOf("\\E", i + 2);
            return end < 0 ? regexp.length() : end + 2;
        }
        boolean named =
                i + 2 < regexp.length() && "pPx".indexOf(regexp.charAt(i + 1)) >= 0 && regexp.charAt(i + 2) == '{';
        int brace = named ? regexp.indexOf('}', i) : -1;
        return brace < 0 ? i + 2 : brace + 1;
    }
}
