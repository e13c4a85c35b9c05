package io.skyferry.cli.console;

/// Names of files as a person can read them, whatever bytes they are made of.
public final class Names {
    private Names() {}

    /// The name with control characters and bytes that are no UTF-8 spelled out, as in `a\nb` and `caf\xe9`.
    ///
    /// Characters that turn the direction of text around are spelled out too: they make one name look like another.
    public static String shown(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (isUnsafe(name, i)) {
                return escaped(name);
            }
        }
        return name;
    }

    private static String escaped(String name) {
        var out = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!isUnsafe(name, i)) {
                out.append(c);
            } else if (Character.isSurrogate(c)) {
                out.append("\\x").append(Integer.toHexString(c & 0xFF));
            } else {
                out.append(
                        switch (c) {
                            case '\n' -> "\\n";
                            case '\r' -> "\\r";
                            case '\t' -> "\\t";
                            default ->
                                c < 0x100
                                        ? "\\x" + Integer.toHexString(0x100 | c).substring(1)
                                        : "\\u"
                                                + Integer.toHexString(0x10000 | c)
                                                        .substring(1);
                        });
            }
        }
        return out.toString();
    }

    private static boolean isUnsafe(String name, int i) {
        char c = name.charAt(i);
        if (c < 0x20 || (c >= 0x7F && c < 0xA0)) {
            return true;
        }
        if (c < 0x200E) {
            return false;
        }
        if (Character.isHighSurrogate(c)) {
            return i + 1 == name.length() || !Character.isLowSurrogate(name.charAt(i + 1));
        }
        if (Character.isLowSurrogate(c)) {
            return i == 0 || !Character.isHighSurrogate(name.charAt(i - 1));
        }
        return c == 0x200E || c == 0x200F || (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    }
}
