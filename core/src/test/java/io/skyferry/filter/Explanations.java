package io.skyferry.filter;

import io.skyferry.filter.RcloneComparison.Explanation;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Finds in the patterns of a case what makes rclone's answer another one.
final class Explanations {
    private static final Pattern NESTED = Pattern.compile("\\{[^{}]*\\{(?!\\{)");
    private static final Pattern SLASH_IN_BRACKETS = Pattern.compile("\\[[^\\]]*/");
    private static final Pattern ESCAPED_SIGN = Pattern.compile("\\{.*\\\\\\{\\{|\\\\\\*\\*");

    private Explanations() {}

    static Optional<Explanation> of(FilterFlags flags, TextSource texts, String difference) {
        List<String> patterns = patterns(flags, texts).toList();
        return Stream.of(Explanation.values())
                .filter(explanation -> fits(explanation, patterns, flags, difference))
                .findFirst();
    }

    private static boolean fits(Explanation explanation, List<String> patterns, FilterFlags flags, String difference) {
        return switch (explanation) {
            case NESTED_BRACES -> difference.contains("can't nest") && any(patterns, NESTED);
            case SLASH_IN_BRACKETS -> difference.contains("mismatched '['") && any(patterns, SLASH_IN_BRACKETS);
            case ESCAPED_SIGN -> any(patterns, ESCAPED_SIGN);
            case BACKSLASH_AT_END ->
                difference.contains("refused by us") && patterns.stream().anyMatch(pattern -> pattern.endsWith("\\"));
            case MARKER_IS_DIRECTORY ->
                difference.contains("is a directory not a file") && flags.has(FilterFlag.EXCLUDE_IF_PRESENT);
            case LIST_BESIDE_FORGOTTEN_INCLUDE ->
                difference.contains("by itself") && patterns.contains("!") && includes(flags);
            // These two are found by looking at the tree.
            case ROOT_MARKER_LEFT_OUT, NARROW_WALK -> false;
        };
    }

    private static boolean any(List<String> patterns, Pattern trait) {
        return patterns.stream().anyMatch(pattern -> trait.matcher(pattern).find());
    }

    private static boolean includes(FilterFlags flags) {
        return flags.has(FilterFlag.INCLUDE) || flags.has(FilterFlag.INCLUDE_FROM);
    }

    /// The flags with the content of the files that they name.
    static String told(FilterFlags flags, TextSource texts) {
        return flags.flags().stream()
                .map(given -> given.flag().namesFile()
                        ? given + "=" + Lines.raw(texts.text(given.value()))
                        : given.toString())
                .collect(Collectors.joining(" ", "", flags.ignoringCase() ? " --ignore-case" : ""));
    }

    private static Stream<String> patterns(FilterFlags flags, TextSource texts) {
        return flags.flags().stream().flatMap(given -> switch (given.flag()) {
            case INCLUDE, EXCLUDE, FILTER -> Stream.of(given.value());
            case INCLUDE_FROM, EXCLUDE_FROM, FILTER_FROM ->
                Lines.rules(texts.text(given.value())).stream().map(Lines.Line::text);
            case FILES_FROM,
                    FILES_FROM_RAW,
                    FILES_FROM0,
                    EXCLUDE_IF_PRESENT,
                    MIN_SIZE,
                    MAX_SIZE,
                    MIN_AGE,
                    MAX_AGE,
                    HASH_FILTER -> Stream.of();
        });
    }
}
