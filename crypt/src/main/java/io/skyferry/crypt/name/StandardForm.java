package io.skyferry.crypt.name;

/// Names as rclone holds them between two storages: control characters as their pictures, pictures
/// behind a quote.
///
/// It encrypts names in this form, and takes what comes out as being in this form too. What is not text
/// stays.
///
/// Source: seen by encrypting such names with rclone 1.60.1.
final class StandardForm {
    private static final char PICTURES = '\u2400';
    private static final char PICTURE_OF_DELETE = '\u2421';
    private static final char DELETE = '\u007F';
    private static final char FIRST_TEXT = ' ';
    private static final char QUOTE = '\u201B';

    private StandardForm() {}

    /// A name as it is, in rclone's form.
    static String of(String name) {
        if (isUntouched(name)) {
            return name;
        }
        var text = new StringBuilder(name.length() + 4);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < FIRST_TEXT && c > 0) {
                text.append((char) (PICTURES + c));
            } else if (c == DELETE) {
                text.append(PICTURE_OF_DELETE);
            } else if (isPicture(c)) {
                text.append(QUOTE).append(c);
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    /// A name in rclone's form, as it is.
    static String real(String text) {
        if (isUntouched(text)) {
            return text;
        }
        var name = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == QUOTE && i + 1 < text.length() && isPicture(text.charAt(i + 1))) {
                i++;
                name.append(text.charAt(i));
            } else if (isPicture(c)) {
                name.append(c == PICTURE_OF_DELETE ? DELETE : (char) (c - PICTURES));
            } else {
                name.append(c);
            }
        }
        return name.toString();
    }

    private static boolean isPicture(char c) {
        return (c > PICTURES && c < PICTURES + FIRST_TEXT) || c == PICTURE_OF_DELETE;
    }

    private static boolean isUntouched(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < FIRST_TEXT || c == DELETE || isPicture(c)) {
                return false;
            }
        }
        return true;
    }
}
