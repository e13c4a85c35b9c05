package io.skyferry.engine.scan;

import io.skyferry.storage.RelPath;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/// Guesses where keys lie that nobody has listed yet, from those that were: how many pages behind a key which
/// other key stands.
///
/// Keys that follow a common beginning are read as numbers whose digits are the letters seen at their place, so that
/// counters, dates and hashes are all evenly spread. Only letters, digits and `-_` are guessed with: they mean the
/// same in every spelling of a path. A wrong guess costs a request, never an entry.
final class KeySpace {
    /// So many letters of an alphabet of 64 fit into a long.
    private static final int MOST_DIGITS = 10;

    /// So many letters that were always the same are counted on with: what comes next may change them.
    private static final int MOST_SAME = 6;

    private static final String SAFE = "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";

    private final String prefix;
    private final List<String> digits;
    private final long size;
    private final double perPage;

    private KeySpace(String prefix, List<String> digits, long size, double perPage) {
        this.prefix = prefix;
        this.digits = digits;
        this.size = size;
        this.perPage = perPage;
    }

    /// Learns from pages in a row; empty where their keys tell nothing.
    ///
    /// @param keys some of each page, in order; the last one is the last of the last page
    /// @param pages how many they are of, the last one of a stretch being less than a whole one
    static Optional<KeySpace> of(List<String> keys, double pages) {
        String first = keys.getFirst();
        String last = keys.getLast();
        int same = 0;
        while (same < Math.min(first.length(), last.length()) && first.charAt(same) == last.charAt(same)) {
            same++;
        }
        int most = Math.max(0, same - MOST_SAME);
        while (same > most && isSafe(last.charAt(same - 1))) {
            same--;
        }
        String prefix = last.substring(0, same);
        int[] safe = new int[keys.size()];
        for (int i = 0; i < safe.length; i++) {
            safe[i] = safeUpTo(keys.get(i), same);
        }
        List<String> digits = new ArrayList<>();
        long size = 1;
        for (int place = same; place < same + MOST_DIGITS; place++) {
            String letters = lettersAt(place, keys, safe);
            if (letters.isEmpty()) {
                break;
            }
            digits.add(letters);
            size *= letters.length();
        }
        long from = number(first, same, digits);
        long to = number(last, same, digits);
        boolean isSpread = to > from && last.startsWith(prefix) && first.startsWith(prefix);
        return isSpread ? Optional.of(new KeySpace(prefix, digits, size, (to - from) / pages)) : Optional.empty();
    }

    /// The letters that stand at a place, each with its kin: who counts in tens has seen no 9 yet.
    ///
    /// @param safe up to where each key has letters that are guessed with
    private static String lettersAt(int place, List<String> keys, int[] safe) {
        var seen = new BitSet(SAFE.length());
        for (int i = 0; i < safe.length; i++) {
            if (safe[i] > place) {
                seen.set(keys.get(i).charAt(place));
            }
        }
        if (seen.isEmpty()) {
            return "";
        }
        boolean isDecimal = isAnyOf(seen, '0', '9');
        boolean isSmall = isAnyOf(seen, 'a', 'z');
        boolean isLarge = isAnyOf(seen, 'A', 'Z');
        boolean isHex = isDecimal && !isAnyOf(seen, 'G', '_') && !isAnyOf(seen, 'g', 'z');
        var letters = new StringBuilder();
        for (int i = 0; i < SAFE.length(); i++) {
            char c = SAFE.charAt(i);
            boolean isKin = (isDecimal && c >= '0' && c <= '9')
                    || (isSmall && c >= 'a' && c <= (isHex ? 'f' : 'z'))
                    || (isLarge && c >= 'A' && c <= (isHex ? 'F' : 'Z'));
            if (isKin || seen.get(c)) {
                letters.append(c);
            }
        }
        return letters.toString();
    }

    private static boolean isAnyOf(BitSet seen, char from, char to) {
        int next = seen.nextSetBit(from);
        return next >= 0 && next <= to;
    }

    private static int safeUpTo(String key, int from) {
        int at = from;
        while (at < key.length() && isSafe(key.charAt(at))) {
            at++;
        }
        return at;
    }

    /// Whether it is one of [#SAFE].
    private static boolean isSafe(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
    }

    private static long number(String key, int same, List<String> digits) {
        int safe = safeUpTo(key, same);
        long number = 0;
        for (int i = 0; i < digits.size(); i++) {
            String letters = digits.get(i);
            int rank = 0;
            if (same + i < safe) {
                while (rank < letters.length() - 1 && letters.charAt(rank) < key.charAt(same + i)) {
                    rank++;
                }
            }
            number = number * letters.length() + rank;
        }
        return number;
    }

    /// The key that may stand so many pages behind this one; empty: that cannot be guessed.
    Optional<String> behind(String key, double pages) {
        if (!key.startsWith(prefix)) {
            return Optional.empty();
        }
        long number = number(key, prefix.length(), digits);
        double step = Math.max(1, perPage * pages);
        if (step >= size - number - 1) {
            return end();
        }
        long rest = number + 1 + (long) step;
        var text = new char[digits.size()];
        for (int i = digits.size() - 1; i >= 0; i--) {
            String letters = digits.get(i);
            text[i] = letters.charAt((int) (rest % letters.length()));
            rest /= letters.length();
        }
        return Optional.of(prefix + String.valueOf(text));
    }

    /// The first key behind all that begin as those did that were learnt from; empty: it cannot be named.
    private Optional<String> end() {
        if (prefix.isEmpty()) {
            return Optional.empty();
        }
        int last = prefix.length() - 1;
        int next = SAFE.indexOf((char) (prefix.charAt(last) + 1));
        String end = prefix.substring(0, last) + (char) (prefix.charAt(last) + 1);
        return next >= 0 && RelPath.compareTexts(end, prefix) > 0 ? Optional.of(end) : Optional.empty();
    }
}
