package io.skyferry.crypt.name;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The mark of an old version in a file's name, `-v2001-02-03-040506-123` before its extension, which
/// stays readable in an encrypted name.
///
/// @param mark empty where there is none
/// @param rest the name without it
record VersionMark(String mark, String rest) {
    private static final Pattern MARK =
            Pattern.compile("-v(\\d{4})-(\\d{2})-(\\d{2})-(\\d{2})(\\d{2})(\\d{2})-\\d{3}$");

    /// Takes the mark off a name.
    static VersionMark of(String name) {
        int dot = extension(name);
        String stem = name.substring(0, dot);
        Matcher matcher = MARK.matcher(stem);
        return matcher.find() && isDate(matcher)
                ? new VersionMark(matcher.group(), stem.substring(0, matcher.start()) + name.substring(dot))
                : new VersionMark("", name);
    }

    /// Puts the mark into a name.
    String into(String name) {
        int dot = extension(name);
        return name.substring(0, dot) + mark + name.substring(dot);
    }

    /// Where the extension begins; a leading dot begins none.
    private static int extension(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 ? dot : name.length();
    }

    private static boolean isDate(Matcher matcher) {
        try {
            var _ = LocalDateTime.of(
                    number(matcher, 1),
                    number(matcher, 2),
                    number(matcher, 3),
                    number(matcher, 4),
                    number(matcher, 5),
                    number(matcher, 6));
            return true;
        } catch (DateTimeException noDate) {
            return false;
        }
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }
}
