package io.skyferry.storages.s3.wire;

/// What entities of XML stand for: the five that each reply may use, and numbers of characters.
///
/// Source: XML 1.0, sections 4.1 and 4.6.
final class Entities {
    private Entities() {}

    /// @param entity without `&` and `;`
    /// @throws Xml.CutException if it stands for nothing
    static String meant(String entity) {
        return switch (entity) {
            case "quot" -> "\"";
            case "lt" -> "<";
            case "gt" -> ">";
            case "amp" -> "&";
            case "apos" -> "'";
            default -> Character.toString(codePoint(entity));
        };
    }

    private static int codePoint(String entity) {
        try {
            int code = entity.startsWith("#x")
                    ? Integer.parseInt(entity, 2, entity.length(), 16)
                    : entity.startsWith("#") ? Integer.parseInt(entity, 1, entity.length(), 10) : -1;
            if (Character.isValidCodePoint(code) && (code < 0xD800 || code > 0xDFFF)) {
                return code;
            }
        } catch (NumberFormatException none) {
            throw (Xml.BrokenException) unknown(entity).initCause(none);
        }
        throw unknown(entity);
    }

    private static Xml.BrokenException unknown(String entity) {
        return Xml.broken("it holds the entity '%s'".formatted(entity));
    }
}
