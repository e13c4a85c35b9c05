package io.skyferry.filter;

import io.skyferry.limits.ByteSize;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Finds what in a set of rules hardly means what it says.
final class RuleWarnings {
    /// Where the rule comes from that any include brings along.
    static final Origin IMPLIED = new Origin("what any --include brings along", 0);

    private static final Pattern EMPTY_OR_DOT_SEGMENT = Pattern.compile("//|(?:^|/)\\.\\.?(?:/|$)");
    private static final Pattern BANG_CLASS = Pattern.compile("(?<!\\\\)\\[!");

    private final FilterFlags flags;
    private final PathRules rules;
    private final Bounds bounds;

    RuleWarnings(FilterFlags flags, PathRules rules, Bounds bounds) {
        this.flags = flags;
        this.rules = rules;
        this.bounds = bounds;
    }

    List<String> all() {
        var warnings = new ArrayList<String>();
        mixedFlags().ifPresent(warnings::add);
        bounds().ifPresent(warnings::add);
        Set<Rule> unreachable = new HashSet<>(rules.unreachable());
        for (Rule rule : written()) {
            if (unreachable.contains(rule)) {
                warnings.add("'%s' of %s can never decide: a rule before it matches every file"
                        .formatted(rule, rule.origin()));
            } else {
                about(rule).ifPresent(warnings::add);
            }
        }
        return warnings;
    }

    /// Rules that select what they say, and perhaps not what is meant.
    List<String> doubts() {
        List<Rule> written = written();
        return written.stream()
                .filter(rule -> rule.sign() == Rule.Sign.INCLUDE)
                .filter(rule -> mayMeanDirectory(Glob.parse(rule.pattern()), written))
                .map(rule -> "'%s' of %s selects only a file of exactly that name: for a directory write '%s/**'"
                        .formatted(
                                rule, rule.origin(), Glob.parse(rule.pattern()).text()))
                .toList();
    }

    private List<Rule> written() {
        return rules.written().stream()
                .filter(rule -> !rule.origin().equals(IMPLIED))
                .toList();
    }

    private Optional<String> mixedFlags() {
        boolean includes = flags.has(FilterFlag.INCLUDE) || flags.has(FilterFlag.INCLUDE_FROM);
        boolean excludes = flags.has(FilterFlag.EXCLUDE) || flags.has(FilterFlag.EXCLUDE_FROM);
        return includes && excludes
                ? Optional.of("all --include rules are asked before all --exclude rules, whatever their order:"
                        + " write --filter '- ...' and --filter '+ ...' to choose it")
                : Optional.empty();
    }

    private Optional<String> bounds() {
        Optional<ByteSize> min = bounds.minSize();
        Optional<ByteSize> max = bounds.maxSize();
        return min.isPresent() && max.isPresent() && min.orElseThrow().compareTo(max.orElseThrow()) > 0
                ? Optional.of("no file can be as large as --min-size and as small as --max-size")
                : Optional.empty();
    }

    private static Optional<String> about(Rule rule) {
        Glob glob = Glob.parse(rule.pattern());
        boolean includes = rule.sign() == Rule.Sign.INCLUDE;
        if (glob.text().isEmpty() || EMPTY_OR_DOT_SEGMENT.matcher(glob.text()).find()) {
            return never(rule, "a path holds no empty segment, '.' or '..'");
        }
        if (includes && glob.isOfDirectory()) {
            return Optional.of(bareDirectory(rule));
        }
        if (glob.text().startsWith(" ")) {
            return Optional.of("'%s' of %s matches names that start with a blank: one blank parts sign and pattern"
                    .formatted(rule, rule.origin()));
        }
        if (glob.text().startsWith("**/") || glob.text().startsWith("/**/")) {
            String rest = glob.text().substring(glob.text().indexOf("**/") + 3);
            return Optional.of("'%s' of %s matches nothing in the root itself: write '%s' to match everywhere"
                    .formatted(rule, rule.origin(), rest));
        }
        if (BANG_CLASS.matcher(glob.text()).find()) {
            return Optional.of("'%s' of %s: '!' in brackets is a character like any other, '[^...]' negates"
                    .formatted(rule, rule.origin()));
        }
        return Optional.empty();
    }

    private static Optional<String> never(Rule rule, String reason) {
        return Optional.of("'%s' of %s can never match: %s".formatted(rule, rule.origin(), reason));
    }

    /// A plain name without an extension that no other rule goes below.
    private static boolean mayMeanDirectory(Glob glob, List<Rule> written) {
        return !glob.isOfDirectory() && looksLikeDirectory(glob) && !isEntered(glob, written);
    }

    private static boolean looksLikeDirectory(Glob glob) {
        return glob.isLiteral() && glob.text().indexOf('.', glob.text().lastIndexOf('/') + 1) < 0;
    }

    private static boolean isEntered(Glob glob, List<Rule> written) {
        return written.stream().anyMatch(rule -> rule.pattern().startsWith(glob.text() + "/"));
    }

    static String bareDirectory(Rule rule) {
        String directory = rule.pattern().endsWith("/") ? rule.pattern() : rule.pattern() + "/";
        return "'%s' of %s selects no file of the directory: write '%s**'".formatted(rule, rule.origin(), directory);
    }
}
