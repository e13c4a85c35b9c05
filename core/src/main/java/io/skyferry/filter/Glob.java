package io.skyferry.filter;

import io.skyferry.limits.SpecException;
import java.util.List;

/// A pattern, taken apart.
///
/// @param text as it was written
/// @param anchored whether it started with `/`, so that it holds from the root only
/// @param parts what follows that `/`
record Glob(String text, boolean anchored, List<Part> parts) {
    /// Makes the list unchangeable.
    Glob {
        parts = List.copyOf(parts);
    }

    /// Takes a pattern apart.
    ///
    /// @throws SpecException naming the place that cannot be read
    static Glob parse(String text) {
        return new GlobParser(text).parse();
    }

    /// The regular expression whose match anywhere in a path means that the pattern matches the path.
    String regexp() {
        return (anchored ? "^" : "(^|/)") + Part.regexp(parts) + "$";
    }

    /// Whether it is written as a directory's: with a `/` at its end.
    boolean isOfDirectory() {
        return text.endsWith("/");
    }

    /// Whether it holds `**`.
    boolean crossesDirectories() {
        return Part.holdStars(parts);
    }

    /// Whether it is a plain name or path without anything that varies.
    boolean isLiteral() {
        return parts.size() == 1 && parts.getFirst() instanceof Part.Text;
    }
}
