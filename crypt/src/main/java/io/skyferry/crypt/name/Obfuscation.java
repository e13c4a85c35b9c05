package io.skyferry.crypt.name;

/// Turns each character of a name by an amount that hangs on the key and on the name: hides little.
///
/// Source: rclone, "Crypt", section "Obfuscation".
final class Obfuscation {
    private static final char QUOTE = '!';
    private static final int LATIN = 0xA0;
    private static final int BEYOND = 0x100;
    private static final int DIGITS_OF_AMOUNT = 9;

    private final int keySum;

    Obfuscation(byte[] nameKey) {
        int sum = 0;
        for (byte b : nameKey) {
            sum += b & 0xFF;
        }
        this.keySum = sum;
    }

    String encode(String name) {
        if (!isText(name)) {
            return "!." + name;
        }
        int sum = name.codePoints().sum() & 0xFF;
        var text = new StringBuilder().append(sum).append('.');
        name.codePoints().forEach(c -> {
            int turned = turned(c, sum + keySum, 1);
            if (c == QUOTE || !isCharacter(turned)) {
                text.append(QUOTE).appendCodePoint(c);
            } else {
                text.appendCodePoint(turned);
            }
        });
        return text.toString();
    }

    NameResult decode(String text) {
        int dot = text.indexOf('.');
        if (dot == 1 && text.charAt(0) == QUOTE) {
            return new NameResult.Name(text.substring(2));
        }
        if (dot < 1 || dot > DIGITS_OF_AMOUNT || !text.substring(0, dot).chars().allMatch(c -> c >= '0' && c <= '9')) {
            return new NameResult.Refused("it is no obfuscated name");
        }
        int amount = Integer.parseInt(text.substring(0, dot)) + keySum;
        var name = new StringBuilder();
        boolean quoted = false;
        for (int at = dot + 1; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            int c = text.codePointAt(at);
            if (!quoted && c == QUOTE) {
                quoted = true;
            } else {
                name.appendCodePoint(quoted ? c : turned(c, amount, -1));
                quoted = false;
            }
        }
        return new NameResult.Name(name.toString());
    }

    private static int turned(int c, int amount, int direction) {
        if (c >= '0' && c <= '9') {
            return '0' + Math.floorMod(c - '0' + direction * (amount % 9 + 1), 10);
        }
        if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')) {
            int place = c >= 'a' ? c - 'a' + 26 : c - 'A';
            int other = Math.floorMod(place + direction * (amount % 25 + 1), 52);
            return other >= 26 ? 'a' + other - 26 : 'A' + other;
        }
        if (c >= LATIN && c < BEYOND) {
            return LATIN + Math.floorMod(c - LATIN + direction * (amount % 95 + 1), BEYOND - LATIN);
        }
        if (c >= BEYOND) {
            return (c & -256) + Math.floorMod((c & 255) + direction * (amount % 127 + 1), 256);
        }
        return c;
    }

    private static boolean isText(String name) {
        return name.codePoints().allMatch(Obfuscation::isCharacter);
    }

    private static boolean isCharacter(int c) {
        return Character.isValidCodePoint(c) && (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE);
    }
}
