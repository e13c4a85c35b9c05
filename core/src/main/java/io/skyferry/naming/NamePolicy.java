package io.skyferry.naming;

import io.skyferry.storage.RelPath;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Which names a place can hold: a value, so that it is interpreted in one place and never by an adapter.
///
/// Whether names that differ by case or Unicode form are one name is told by
/// [io.skyferry.storage.Capabilities.Names].
///
/// @param forbidden ASCII characters that no name may hold; control characters too
/// @param notFirst ASCII characters that no name may begin with
/// @param notLast ASCII characters that no name may end with
/// @param reserved whole names that are taken, in any case
/// @param reservedStems names that are taken with any extension too, in any case: `CON` stands for `con.txt`
/// @param bytes what becomes of bytes that are no UTF-8
/// @param maxNameBytes of one name, as it is stored
/// @param maxNameChars of one name, as it is stored, in UTF-16
public record NamePolicy(
        String forbidden,
        String notFirst,
        String notLast,
        Set<String> reserved,
        Set<String> reservedStems,
        Bytes bytes,
        int maxNameBytes,
        int maxNameChars) {
    /// Every name is legal.
    public static final NamePolicy ANYTHING =
            new NamePolicy("", "", "", Set.of(), Set.of(), Bytes.KEPT, Integer.MAX_VALUE, Integer.MAX_VALUE);

    /// Every text is legal, but names are text: bytes that are no UTF-8 cannot be stored.
    public static final NamePolicy TEXT = ANYTHING.with(Bytes.ENCODED);

    /// What Windows and the file systems made for it can hold.
    ///
    /// Source: "Naming Files, Paths, and Namespaces" of the Windows documentation.
    public static final NamePolicy WINDOWS = new NamePolicy(
            "<>:\"\\|?*" + controlCharacters(),
            "",
            " .",
            Set.of(),
            Set.of(
                    "CON", "PRN", "AUX", "NUL", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9",
                    "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9", "CONIN$", "CONOUT$"),
            Bytes.ENCODED,
            Integer.MAX_VALUE,
            255);

    /// What becomes of bytes that are no UTF-8.
    public enum Bytes {
        /// The place keeps them.
        KEPT,
        /// They are encoded.
        ENCODED
    }

    /// Checks the characters and puts reserved names into lower case.
    public NamePolicy {
        String all = forbidden + notFirst + notLast;
        Optional<Integer> wrong =
                all.chars().boxed().filter(NamePolicy::isNoRulesBusiness).findFirst();
        if (wrong.isPresent()) {
            throw new IllegalArgumentException(
                    "Want ASCII characters that are no letters, digits, slashes or NUL but have U+%s"
                            .formatted(Integer.toHexString(wrong.orElseThrow())));
        }
        reserved = lowerCase(reserved);
        reservedStems = lowerCase(reservedStems);
        Optional<String> odd = reserved.stream()
                .filter(name -> name.isEmpty() || !isAsciiLetter(name.charAt(0)))
                .findFirst();
        if (odd.isPresent()) {
            throw new IllegalArgumentException(
                    "Want reserved names that begin with an ASCII letter but have '%s'".formatted(odd.orElseThrow()));
        }
    }

    private static boolean isNoRulesBusiness(int c) {
        return c == 0 || c > 0x7F || c == '/' || Character.isLetterOrDigit(c);
    }

    private static boolean isAsciiLetter(char c) {
        return c < 0x80 && Character.isLetter(c);
    }

    private static Set<String> lowerCase(Set<String> names) {
        return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    /// All control characters of ASCII but NUL, which no path holds.
    public static String controlCharacters() {
        var all = new StringBuilder();
        for (char c = 1; c < ' '; c++) {
            all.append(c);
        }
        return all.append('\u007F').toString();
    }

    /// The same with another fate for bytes that are no UTF-8.
    public NamePolicy with(Bytes other) {
        return new NamePolicy(forbidden, notFirst, notLast, reserved, reservedStems, other, maxNameBytes, maxNameChars);
    }

    /// Whether some name must be stored under another one.
    public boolean rewrites() {
        return !forbidden.isEmpty()
                || !notFirst.isEmpty()
                || !notLast.isEmpty()
                || !reserved.isEmpty()
                || !reservedStems.isEmpty()
                || bytes == Bytes.ENCODED;
    }

    /// Whether a name is taken.
    boolean isReserved(String name) {
        if (reserved.isEmpty() && reservedStems.isEmpty()) {
            return false;
        }
        String lower = name.toLowerCase(Locale.ROOT);
        int dot = lower.indexOf('.');
        return reserved.contains(lower) || reservedStems.contains(dot < 0 ? lower : lower.substring(0, dot));
    }

    /// What keeps a name from being stored as it stands; empty when nothing does.
    public Optional<String> faultOf(String name) {
        if (name.isEmpty()) {
            return Optional.of("it is empty");
        }
        for (int i = 0; i < name.length(); i++) {
            if (forbidden.indexOf(name.charAt(i)) >= 0) {
                return Optional.of("it holds U+%s".formatted(Integer.toHexString(name.charAt(i))));
            }
        }
        if (notFirst.indexOf(name.charAt(0)) >= 0) {
            return Optional.of("it begins with '%s'".formatted(name.charAt(0)));
        }
        if (notLast.indexOf(name.charAt(name.length() - 1)) >= 0) {
            return Optional.of("it ends with '%s'".formatted(name.charAt(name.length() - 1)));
        }
        if (isReserved(name)) {
            return Optional.of("the name is reserved");
        }
        if (bytes == Bytes.ENCODED && NameEncoder.holdsBytes(name)) {
            return Optional.of("it holds bytes that are no UTF-8");
        }
        return lengthFaultOf(name);
    }

    private Optional<String> lengthFaultOf(String name) {
        if (name.length() > maxNameChars) {
            return Optional.of("it is longer than %s characters".formatted(maxNameChars));
        }
        boolean surelyShort = name.length() <= maxNameBytes / 3;
        return surelyShort || RelPath.bytesOf(name).length <= maxNameBytes
                ? Optional.empty()
                : Optional.of("it is longer than %s bytes".formatted(maxNameBytes));
    }
}
