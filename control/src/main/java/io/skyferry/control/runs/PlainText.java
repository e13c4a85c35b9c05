package io.skyferry.control.runs;

/// Texts from outside on one line of a log: names may hold line ends, and what a terminal takes for commands.
final class PlainText {
    private PlainText() {}

    /// The text with everything that is not to be shown written as two or four hexadecimal digits behind
    /// a backslash.
    static String of(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                out.append(c).append(text.charAt(++i));
            } else if (c < 0x20 || (c >= 0x7F && c < 0xA0)) {
                out.append("\\x").append(Integer.toHexString(0x100 | c), 1, 3);
            } else if (Character.isSurrogate(c) || Character.getType(c) == Character.FORMAT || isLineEnd(c)) {
                out.append("\\u").append(Integer.toHexString(0x10000 | c), 1, 5);
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static boolean isLineEnd(char c) {
        return c == 0x2028 || c == 0x2029;
    }
}
