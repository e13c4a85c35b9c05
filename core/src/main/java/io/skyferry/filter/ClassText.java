package io.skyferry.filter;

/// Finds where RE2 sees a character class end.
final class ClassText {
    private ClassText() {}

    /// The index after the `]` of the class that starts at a `[`; beyond the text's end if none closes it.
    static int end(String text, int start) {
        int i = start + (text.startsWith("[^", start) ? 2 : 1);
        int first = i;
        while (i < text.length() && (text.charAt(i) != ']' || i == first)) {
            int named = text.startsWith("[:", i) ? text.indexOf(":]", i + 2) : -1;
            if (named >= 0) {
                i = named + 2;
            } else {
                i += text.charAt(i) == '\\' ? 2 : 1;
            }
        }
        return i + 1;
    }
}
