package io.skyferry.http;

/// Which characters HTTP allows where.
///
/// Source: RFC 9110, section 5.6.2.
final class Tokens {
    private static final String PUNCTUATION = "!#$%&'*+-.^_`|~";
    private static final boolean[] TOKEN = new boolean[128];

    static {
        for (int letter = 0; letter < TOKEN.length; letter++) {
            TOKEN[letter] = (letter >= '0' && letter <= '9')
                    || (letter >= 'A' && letter <= 'Z')
                    || (letter >= 'a' && letter <= 'z')
                    || PUNCTUATION.indexOf(letter) >= 0;
        }
    }

    private Tokens() {}

    /// Whether a method or a field name may have this character.
    static boolean isToken(int letter) {
        return letter >= 0 && letter < TOKEN.length && TOKEN[letter];
    }
}
