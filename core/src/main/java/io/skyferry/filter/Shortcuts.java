package io.skyferry.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Answers for the common shapes of patterns without a regular expression.
///
/// A pattern is spread over the alternatives of its braces; each gives one form. Only what RE2 would say is said:
/// a test compares both over random patterns and paths.
final class Shortcuts {
    /// For patterns that only RE2 may judge.
    static final Shortcuts NONE =
            new Shortcuts(List.of(new Form(Certainty.MAY_MATCH, path -> true)), LetterCase.MATTERS);

    private static final int MAX_FORMS = 32;

    /// What could be said.
    enum Answer {
        /// It matches.
        YES,
        /// It does not match.
        NO,
        /// Ask RE2.
        UNSURE
    }

    private enum Certainty {
        MATCHES,
        MAY_MATCH
    }

    /// One shape of path.
    ///
    /// @param certainty what it means when the path has this shape; it cannot match when it has not
    private record Form(Certainty certainty, Predicate<String> shape) {}

    private final List<Form> forms;
    private final LetterCase letters;

    private Shortcuts(List<Form> forms, LetterCase letters) {
        this.forms = forms;
        this.letters = letters;
    }

    static Shortcuts of(Glob glob, LetterCase letters) {
        if (formsOf(glob.parts()) > MAX_FORMS) {
            return NONE;
        }
        List<List<Part>> spread = spread(glob.parts());
        boolean comparable = spread.stream()
                .flatMap(List::stream)
                .allMatch(part -> !(part instanceof Part.Text(String literal)) || isComparable(literal, letters));
        if (!comparable) {
            return NONE;
        }
        return new Shortcuts(
                spread.stream()
                        .map(parts -> form(glob.anchored(), lowered(parts, letters)))
                        .toList(),
                letters);
    }

    /// Whether comparing characters one by one says what RE2 says.
    private static boolean isComparable(String literal, LetterCase letters) {
        return letters == LetterCase.IGNORED ? Ascii.isAll(literal) : literal.indexOf('\uFFFD') < 0;
    }

    private static List<Part> lowered(List<Part> parts, LetterCase letters) {
        return letters == LetterCase.MATTERS
                ? parts
                : parts.stream().map(Shortcuts::lowered).toList();
    }

    private static Part lowered(Part part) {
        return switch (part) {
            case Part.Text(String literal) -> new Part.Text(Ascii.lower(literal));
            // Only what it needs is looked at here, so that may stand for it.
            case Part.Regexp given -> {
                String needed = NeededText.of(given.source());
                var lower = new Part.Text(Ascii.isAll(needed) ? Ascii.lower(needed) : "");
                yield new Part.Regexp(lower.regexp(), given.index());
            }
            case Part.AnyCharacter _, Part.Star _, Part.Stars _, Part.CharacterClass _, Part.Choice _, Part.Escape _ ->
                part;
        };
    }

    Answer ask(String path) {
        if (letters == LetterCase.IGNORED && !Ascii.isAll(path)) {
            return Answer.UNSURE;
        }
        String seen = letters == LetterCase.IGNORED ? Ascii.lower(path) : path;
        Answer answer = Answer.NO;
        for (Form form : forms) {
            if (form.shape().test(seen)) {
                if (form.certainty() == Certainty.MATCHES) {
                    return Answer.YES;
                }
                answer = Answer.UNSURE;
            }
        }
        return answer;
    }

    /// How many forms the braces give, exact up to the most that are wanted.
    private static int formsOf(List<Part> parts) {
        int forms = 1;
        for (Part part : parts) {
            if (part instanceof Part.Choice(List<List<Part>> alternatives)) {
                int choices = alternatives.stream().mapToInt(Shortcuts::formsOf).sum();
                forms = Math.min(forms * Math.min(choices, MAX_FORMS + 1), MAX_FORMS + 1);
            }
        }
        return forms;
    }

    private static List<List<Part>> spread(List<Part> parts) {
        List<List<Part>> spread = List.of(List.of());
        for (Part part : parts) {
            List<List<Part>> tails = part instanceof Part.Choice(List<List<Part>> alternatives)
                    ? alternatives.stream()
                            .flatMap(alternative -> spread(alternative).stream())
                            .toList()
                    : List.of(List.of(part));
            spread = spread.stream()
                    .flatMap(head -> tails.stream().map(tail -> joined(head, tail)))
                    .toList();
        }
        return spread;
    }

    private static List<Part> joined(List<Part> head, List<Part> tail) {
        var joined = new ArrayList<>(head);
        for (Part part : tail) {
            if (part instanceof Part.Text(String more)
                    && !joined.isEmpty()
                    && joined.getLast() instanceof Part.Text(String literal)) {
                joined.set(joined.size() - 1, new Part.Text(literal + more));
            } else {
                joined.add(part);
            }
        }
        return joined;
    }

    private static Form form(boolean anchored, List<Part> parts) {
        return exactShape(anchored, parts)
                .map(shape -> new Form(Certainty.MATCHES, shape))
                .orElseGet(() -> new Form(Certainty.MAY_MATCH, neededShape(anchored, parts)));
    }

    /// A shape that is the same as matching: one text, or one `*` or `**` with a text on either side.
    private static Optional<Predicate<String>> exactShape(boolean anchored, List<Part> parts) {
        String head = parts.isEmpty() ? "" : textOf(parts.getFirst());
        int middle = head.isEmpty() ? 0 : 1;
        if (middle == parts.size()) {
            return Optional.of(anchored ? head::equals : path -> endsInSegments(path, head));
        }
        Part variable = parts.get(middle);
        String tail = middle == parts.size() - 1 ? "" : textOf(parts.get(middle + 1));
        if (parts.size() > middle + (tail.isEmpty() ? 1 : 2)) {
            return Optional.empty();
        }
        if (variable instanceof Part.Star) {
            return Optional.of(anchored ? path -> starFits(path, 0, head, tail) : starAnywhere(head, tail));
        }
        if (variable instanceof Part.Stars) {
            return Optional.of(
                    anchored ? path -> fits(path, 0, head, tail) : path -> starsFitAnywhere(path, head, tail));
        }
        return Optional.empty();
    }

    private static String textOf(Part part) {
        return part instanceof Part.Text(String literal) ? literal : "";
    }

    private static boolean endsInSegments(String path, String text) {
        int start = path.length() - text.length();
        return path.endsWith(text) && (start == 0 || path.charAt(start - 1) == '/');
    }

    private static boolean fits(String path, int start, String head, String tail) {
        return path.length() - start >= head.length() + tail.length()
                && path.startsWith(head, start)
                && path.endsWith(tail);
    }

    private static boolean starFits(String path, int start, String head, String tail) {
        return fits(path, start, head, tail)
                && path.lastIndexOf('/', path.length() - tail.length() - 1) < start + head.length();
    }

    private static Predicate<String> starAnywhere(String head, String tail) {
        if (head.isEmpty()) {
            return path -> path.endsWith(tail);
        }
        // The star takes no slash, so the slashes of the texts say in which segment the match must start.
        long slashes = (head + tail).chars().filter(c -> c == '/').count();
        return path -> {
            int start = path.length();
            for (long i = 0; i <= slashes && start >= 0; i++) {
                start = path.lastIndexOf('/', start - 1);
                if (start < 0 && i < slashes) {
                    return false;
                }
            }
            return starFits(path, start + 1, head, tail);
        };
    }

    private static boolean starsFitAnywhere(String path, String head, String tail) {
        if (path.startsWith(head)) {
            return fits(path, 0, head, tail);
        }
        int slash = path.indexOf("/" + head);
        return slash >= 0 && fits(path, slash + 1, head, tail);
    }

    /// A shape that every match has: its text at the end, or at the start where it is anchored, and its longest text.
    private static Predicate<String> neededShape(boolean anchored, List<Part> parts) {
        String head = anchored ? textOf(parts.getFirst()) : "";
        String tail = textOf(parts.getLast());
        String longest = parts.stream()
                .map(part -> part instanceof Part.Regexp given ? NeededText.of(given.source()) : textOf(part))
                .reduce("", (one, other) -> other.length() > one.length() ? other : one);
        return path -> path.endsWith(tail) && path.startsWith(head) && path.contains(longest);
    }
}
