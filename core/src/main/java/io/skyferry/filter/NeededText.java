package io.skyferry.filter;

/// Finds a text that each match of a regular expression holds, so that most paths need not be tried.
///
/// Only plain sequences are looked at: `.*\.part\d+` needs `.part`. Anything with groups, choices, classes or
/// rare escapes needs nothing that is known here.
final class NeededText {
    private static final String NONE = "";

    private final String source;
    private final StringBuilder run = new StringBuilder();
    private String longest = NONE;

    private NeededText(String source) {
        this.source = source;
    }

    /// The longest such text, empty if none is known.
    static String of(String regexp) {
        return regexp.chars().anyMatch(c -> "|()[]\uFFFD".indexOf(c) >= 0) ? NONE : new NeededText(regexp).find();
    }

    private String find() {
        int i = 0;
        while (i < source.length()) {
            char c = source.charAt(i);
            switch (c) {
                case '\\' -> {
                    i++;
                    if (i == source.length() || !escaped(source.charAt(i))) {
                        return NONE;
                    }
                }
                case '*', '?' -> endBeforeLast();
                case '{' -> {
                    endBeforeLast();
                    i = source.indexOf('}', i);
                    if (i < 0) {
                        return NONE;
                    }
                }
                case '.', '+', '^', '$' -> end();
                default -> run.append(c);
            }
            i++;
        }
        end();
        return longest;
    }

    /// Reads what follows a backslash: a sign means itself, the classes end a run, of the rest nothing is known.
    private boolean escaped(char c) {
        if ("dDsSwW".indexOf(c) >= 0) {
            end();
            return true;
        }
        boolean sign = c < 0x80 && !Character.isLetterOrDigit(c);
        if (sign) {
            run.append(c);
        }
        return sign;
    }

    /// The last character may be there any number of times, none among them.
    private void endBeforeLast() {
        if (!run.isEmpty()) {
            int last = run.codePointBefore(run.length());
            run.setLength(run.length() - Character.charCount(last));
        }
        end();
    }

    private void end() {
        if (run.length() > longest.length()) {
            longest = run.toString();
        }
        run.setLength(0);
    }
}
