package io.skyferry.filter;

import java.util.ArrayList;
import java.util.List;

/// Takes the files apart that hold rules or paths.
final class Lines {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /// A line with its place.
    ///
    /// @param number counted from 1
    record Line(String text, int number) {}

    private Lines() {}

    /// All lines, each without its line feed and a carriage return before that.
    static List<Line> raw(String text) {
        return split(text, '\n').stream()
                .map(line -> line.text().endsWith("\r")
                        ? new Line(line.text().substring(0, line.text().length() - 1), line.number())
                        : line)
                .toList();
    }

    /// All pieces that end in NUL, and one after the last.
    static List<Line> nulEnded(String text) {
        return split(text, '\0');
    }

    /// The lines that say something: without blanks around them, no comments, no empty ones.
    static List<Line> rules(String text) {
        return raw(text).stream()
                .map(line -> new Line(trimmed(line.text()), line.number()))
                .filter(line ->
                        !line.text().isEmpty() && "#;".indexOf(line.text().charAt(0)) < 0)
                .toList();
    }

    private static List<Line> split(String text, char end) {
        var lines = new ArrayList<Line>();
        int start = text.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
        while (start < text.length()) {
            int found = text.indexOf(end, start);
            int stop = found < 0 ? text.length() : found;
            lines.add(new Line(text.substring(start, stop), lines.size() + 1));
            start = stop + 1;
        }
        return lines;
    }

    private static String trimmed(String line) {
        int start = 0;
        int end = line.length();
        while (start < end && isBlank(line.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(line.charAt(end - 1))) {
            end--;
        }
        return line.substring(start, end);
    }

    /// Unicode's White_Space, as Go sees it; [Character#isWhitespace] leaves out the no-break space.
    private static boolean isBlank(char c) {
        return (c >= '\t' && c <= '\r')
                || c == ' '
                || c == '\u0085'
                || c == '\u00A0'
                || c == '\u1680'
                || (c >= '\u2000' && c <= '\u200A')
                || c == '\u2028'
                || c == '\u2029'
                || c == '\u202F'
                || c == '\u205F'
                || c == '\u3000';
    }
}
