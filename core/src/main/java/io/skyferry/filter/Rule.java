package io.skyferry.filter;

/// One line of a list of rules.
///
/// @param pattern as it was written
public record Rule(Sign sign, String pattern, Origin origin) {
    /// What a rule does with what it matches.
    public enum Sign {
        /// `+`.
        INCLUDE("+"),
        /// `-`.
        EXCLUDE("-");

        private final String sign;

        Sign(String sign) {
            this.sign = sign;
        }

        @Override
        public String toString() {
            return sign;
        }
    }

    /// As a line of a rule file.
    @Override
    public String toString() {
        return sign + " " + pattern;
    }
}
