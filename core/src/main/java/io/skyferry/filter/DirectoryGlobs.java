package io.skyferry.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Finds the directories that a pattern for files names on its way: `/a/b/*.jpg` names `/a/b/` and `/a/`.
///
/// A pattern without a directory names them all (`/**`), and so does one whose directories depend on braces or
/// regular expressions. The root needs no pattern.
final class DirectoryGlobs {
    private static final Glob ALL = Glob.parse("/**");
    private static final Part SLASH = new Part.Text("/");
    private static final Pattern SLASHES = Pattern.compile("/{2,}");

    private DirectoryGlobs() {}

    static List<Glob> of(Glob glob) {
        if (glob.parts().stream().anyMatch(DirectoryGlobs::isTooHard)) {
            return List.of(ALL);
        }
        List<Part> parts = letterByLetter(glob);
        var found = new ArrayList<Glob>();
        for (int i = parts.size() - 1; i >= 0; i--) {
            boolean stars = parts.get(i) instanceof Part.Stars;
            if (stars || parts.get(i).equals(SLASH)) {
                var above = new ArrayList<>(parts.subList(0, stars ? i + 1 : i));
                above.add(SLASH);
                var next = new Glob(glob.text(), glob.anchored(), above);
                if (found.isEmpty() || !found.getLast().parts().equals(above)) {
                    found.add(next);
                }
            }
        }
        return found.isEmpty() && !glob.anchored() ? List.of(ALL) : found;
    }

    private static boolean isTooHard(Part part) {
        return switch (part) {
            case Part.Text _, Part.AnyCharacter _, Part.Star _, Part.Stars _ -> false;
            case Part.CharacterClass set -> set.source().indexOf('/') >= 0;
            case Part.Choice(List<List<Part>> alternatives) ->
                alternatives.stream().flatMap(List::stream).anyMatch(DirectoryGlobs::isTooHardInBraces);
            case Part.Regexp _ -> true;
            case Part.Escape _ -> false;
        };
    }

    private static boolean isTooHardInBraces(Part part) {
        return switch (part) {
            case Part.Text(String literal) -> literal.indexOf('/') >= 0;
            case Part.Stars _, Part.Choice _ -> true;
            case Part.AnyCharacter _, Part.Star _, Part.CharacterClass _, Part.Regexp _, Part.Escape _ ->
                isTooHard(part);
        };
    }

    /// The parts with each character of a text by itself and each run of slashes as one.
    private static List<Part> letterByLetter(Glob glob) {
        var letters = new ArrayList<Part>();
        if (glob.anchored()) {
            letters.add(SLASH);
        }
        for (Part part : glob.parts()) {
            if (part instanceof Part.Text(String literal)) {
                SLASHES.matcher(literal)
                        .replaceAll("/")
                        .codePoints()
                        .mapToObj(point -> new Part.Text(Character.toString(point)))
                        .filter(letter -> !letter.equals(SLASH)
                                || letters.isEmpty()
                                || !letters.getLast().equals(SLASH))
                        .forEach(letters::add);
            } else {
                letters.add(part);
            }
        }
        return glob.anchored() ? letters.subList(1, letters.size()) : letters;
    }
}
