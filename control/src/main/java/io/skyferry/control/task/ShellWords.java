package io.skyferry.control.task;

import java.util.ArrayList;
import java.util.List;

/// Parts a line into words as a POSIX shell does, without expanding anything.
///
/// Source: POSIX.1-2017, Shell Command Language, 2.2 Quoting; the messages are those of Python's `shlex`.
public final class ShellWords {
    private ShellWords() {}

    /// The words.
    ///
    /// @throws IllegalArgumentException if a quotation or an escape does not end
    public static List<String> of(String line) {
        List<String> words = new ArrayList<>();
        var word = new StringBuilder();
        boolean begun = false;
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote == '\'') {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '\\') {
                if (i + 1 == line.length()) {
                    throw new IllegalArgumentException("No escaped character");
                }
                char next = line.charAt(++i);
                if (quote == '"' && next != '"' && next != '\\') {
                    word.append(c);
                }
                word.append(next);
                begun = true;
            } else if (quote == '"') {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '"' || c == '\'') {
                quote = c;
                begun = true;
            } else if (Character.isWhitespace(c)) {
                if (begun) {
                    words.add(word.toString());
                    word.setLength(0);
                    begun = false;
                }
            } else {
                word.append(c);
                begun = true;
            }
        }
        if (quote != 0) {
            throw new IllegalArgumentException("No closing quotation");
        }
        if (begun) {
            words.add(word.toString());
        }
        return words;
    }
}
