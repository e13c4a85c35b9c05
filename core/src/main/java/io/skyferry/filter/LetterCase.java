package io.skyferry.filter;

/// Whether `A` and `a` are two letters or one.
enum LetterCase {
    /// Two.
    MATTERS,
    /// One, by Unicode's simple folding.
    IGNORED;

    /// What a regular expression starts with.
    String prefix() {
        return this == IGNORED ? "(?i)" : "";
    }
}
