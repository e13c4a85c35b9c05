package io.skyferry.filter;

import java.util.List;
import java.util.stream.Collectors;

/// What a pattern is made of.
sealed interface Part {
    /// These characters, whatever they mean elsewhere.
    record Text(String literal) implements Part {}

    /// `?`: one character but `/`.
    record AnyCharacter() implements Part {}

    /// `*`: any characters but `/`.
    record Star() implements Part {}

    /// `**`: any characters.
    record Stars() implements Part {}

    /// `[...]` or `\d`: one character of a set, as RE2 reads it.
    ///
    /// @param index where it stands in the pattern
    record CharacterClass(String source, int index) implements Part {}

    /// `{a,b}`: one of several.
    record Choice(List<List<Part>> alternatives) implements Part {
        /// Makes the lists unchangeable.
        public Choice {
            alternatives = alternatives.stream().map(List::copyOf).toList();
        }
    }

    /// `{{...}}`: a regular expression.
    ///
    /// @param index where it stands in the pattern
    record Regexp(String source, int index) implements Part {}

    /// `\x`: an escape that only RE2 understands.
    ///
    /// @param index where it stands in the pattern
    record Escape(String source, int index) implements Part {}

    /// The regular expression that this part stands for.
    default String regexp() {
        return switch (this) {
            case Text(String literal) -> quoted(literal);
            case AnyCharacter() -> "[^/]";
            case Star() -> "[^/]*";
            // Line feeds too: a file's name may hold one, and `dir/**` must mean all of it.
            case Stars() -> "(?s:.*)";
            case CharacterClass known -> known.source();
            case Choice(List<List<Part>> alternatives) ->
                alternatives.stream().map(Part::regexp).collect(Collectors.joining("|", "(", ")"));
            case Regexp given -> "(" + given.source() + ")";
            case Escape escape -> escape.source();
        };
    }

    /// The regular expression for parts in a row.
    static String regexp(List<Part> parts) {
        return parts.stream().map(Part::regexp).collect(Collectors.joining());
    }

    private static String quoted(String literal) {
        var quoted = new StringBuilder();
        for (int i = 0; i < literal.length(); i++) {
            char c = literal.charAt(i);
            if ("\\.+*?()|[]{}^$".indexOf(c) >= 0) {
                quoted.append('\\');
            }
            quoted.append(c);
        }
        return quoted.toString();
    }

    /// Whether `**` stands anywhere in these parts.
    static boolean holdStars(List<Part> parts) {
        return parts.stream()
                .anyMatch(part -> part instanceof Stars
                        || (part instanceof Choice(List<List<Part>> alternatives)
                                && alternatives.stream().anyMatch(Part::holdStars)));
    }
}
