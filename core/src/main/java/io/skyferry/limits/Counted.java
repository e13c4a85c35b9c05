package io.skyferry.limits;

/// How many of something there are, in words: `1 file`, `2 files`.
public final class Counted {
    private Counted() {}

    /// The number and the word that goes with it.
    public static String of(long number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }

    /// The same for a word whose plural ends in `s`.
    public static String of(long number, String one) {
        return of(number, one, one + "s");
    }
}
