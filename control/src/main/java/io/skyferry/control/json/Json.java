package io.skyferry.control.json;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Writes one JSON object on one line, member by member, in the order given.
///
/// Names of files may hold bytes that are no UTF-8, kept as lone surrogates: those are written as escapes, so that
/// the line itself is always well-formed UTF-8 and the name can still be told from all others.
///
/// Source: RFC 8259, sections 7 and 8.2.
public final class Json {
    private final StringBuilder text = new StringBuilder("{");

    /// An object without members yet.
    public Json() {}

    /// The line of an event.
    public static Json event(String name) {
        return new Json().put("event", name);
    }

    /// Adds a text.
    public Json put(String name, String value) {
        name(name);
        quote(value, text);
        return this;
    }

    /// Adds a number.
    public Json put(String name, long value) {
        name(name);
        text.append(value);
        return this;
    }

    /// Adds `true` or `false`.
    public Json put(String name, boolean value) {
        name(name);
        text.append(value);
        return this;
    }

    /// Adds an object.
    public Json put(String name, Json value) {
        name(name);
        text.append(value);
        return this;
    }

    /// Adds a list of objects.
    public Json put(String name, List<Json> values) {
        name(name);
        text.append(values.stream().map(Json::toString).collect(Collectors.joining(",", "[", "]")));
        return this;
    }

    /// Adds an object of numbers.
    public Json put(String name, Map<String, Long> values) {
        var members = new Json();
        values.forEach(members::put);
        return put(name, members);
    }

    /// Adds `null`.
    public Json putNull(String name) {
        name(name);
        text.append("null");
        return this;
    }

    /// Adds what is JSON already.
    public Json put(String name, JsonValue value) {
        name(name);
        value.write(text);
        return this;
    }

    private void name(String name) {
        if (text.length() > 1) {
            text.append(',');
        }
        quote(name, text);
        text.append(':');
    }

    /// A text as a JSON string.
    public static String quoted(String value) {
        var out = new StringBuilder(value.length() + 2);
        quote(value, out);
        return out.toString();
    }

    /// Most texts need no escape, so what stands between two is written at once.
    static void quote(String value, StringBuilder out) {
        out.append('"');
        int written = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (isPlain(c)) {
                continue;
            }
            if (Character.isHighSurrogate(c)
                    && i + 1 < value.length()
                    && Character.isLowSurrogate(value.charAt(i + 1))) {
                i++;
                continue;
            }
            out.append(value, written, i);
            written = i + 1;
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> out.append("\\u").append(Integer.toHexString(0x10000 | c), 1, 5);
            }
        }
        out.append(value, written, value.length()).append('"');
    }

    private static boolean isPlain(char c) {
        return c >= 0x20
                && c != '"'
                && c != '\\'
                && c != 0x7F
                && c != 0x2028
                && c != 0x2029
                && !Character.isSurrogate(c);
    }

    /// The object as text, without a line end.
    @Override
    public String toString() {
        return text + "}";
    }
}
