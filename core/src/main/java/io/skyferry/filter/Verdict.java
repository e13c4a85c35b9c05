package io.skyferry.filter;

import java.util.Optional;

/// Whether a file or directory is selected, and what decided.
///
/// @param rule the one that decided, where a rule did
/// @param why in words for the user
public record Verdict(boolean selected, Cause cause, Optional<Rule> rule, String why) {
    /// What kind of thing decided.
    public enum Cause {
        /// A rule matched.
        RULE,
        /// No rule matched, and what none matches is selected.
        NO_RULE,
        /// A list of files (`--files-from`) is what counts.
        FILE_LIST,
        /// The modification time.
        AGE,
        /// The size.
        SIZE,
        /// The part that the path falls into (`--hash-filter`).
        HASH,
        /// A file that marks its directory (`--exclude-if-present`).
        MARKER
    }

    static Verdict byRule(Rule rule) {
        boolean includes = rule.sign() == Rule.Sign.INCLUDE;
        String why = "'%s' of %s is the first rule that matches".formatted(rule, rule.origin());
        return new Verdict(includes, Cause.RULE, Optional.of(rule), why);
    }

    static Verdict byNoRule() {
        return new Verdict(true, Cause.NO_RULE, Optional.empty(), "no rule matches, and what none matches is selected");
    }

    static Verdict leftOut(Cause cause, String why) {
        return new Verdict(false, cause, Optional.empty(), why);
    }

    /// What is below a directory that holds a marker.
    ///
    /// @param marker the path of the file that marks its directory
    public static Verdict byMarker(String marker) {
        return leftOut(Cause.MARKER, "'%s' is there (%s)".formatted(marker, FilterFlag.EXCLUDE_IF_PRESENT.spelling()));
    }
}
