package io.skyferry.control.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads one JSON text.
///
/// Source: RFC 8259. Values nest to a depth that no honest text needs; numbers are of a length that none needs.
final class JsonReader {
    private static final int DEEPEST = 100;
    private static final int LONGEST_NUMBER = 100;
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]{1,3})?");

    private final String text;
    private int at;
    private int depth;

    JsonReader(String text) {
        this.text = text;
    }

    JsonValue whole() {
        JsonValue value = value();
        blanks();
        if (at < text.length()) {
            throw wanted("the end");
        }
        return value;
    }

    private IllegalArgumentException wanted(String what) {
        return new IllegalArgumentException("Want %s at character %s of the JSON text".formatted(what, at + 1));
    }

    private void blanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char next() {
        blanks();
        if (at == text.length()) {
            throw wanted("more");
        }
        return text.charAt(at);
    }

    private JsonValue value() {
        return switch (next()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> new JsonValue.Text(quoted());
            case 't' -> word("true", new JsonValue.Truth(true));
            case 'f' -> word("false", new JsonValue.Truth(false));
            case 'n' -> word("null", new JsonValue.Null());
            default -> number();
        };
    }

    private JsonValue word(String word, JsonValue value) {
        if (!text.startsWith(word, at)) {
            throw wanted("a value");
        }
        at += word.length();
        return value;
    }

    private JsonValue number() {
        Matcher number = NUMBER.matcher(text).region(at, Math.min(text.length(), at + LONGEST_NUMBER));
        if (!number.lookingAt()) {
            throw wanted("a value");
        }
        at = number.end();
        return new JsonValue.Numeral(new BigDecimal(number.group()));
    }

    private void deeper() {
        if (++depth > DEEPEST) {
            throw wanted("at most %s levels".formatted(DEEPEST));
        }
        at++;
    }

    private boolean ends(char end) {
        if (next() != end) {
            return false;
        }
        at++;
        depth--;
        return true;
    }

    private JsonValue object() {
        deeper();
        Map<String, JsonValue> members = new LinkedHashMap<>();
        if (ends('}')) {
            return new JsonValue.Members(members);
        }
        while (true) {
            if (next() != '"') {
                throw wanted("a name");
            }
            String name = quoted();
            expect(':');
            members.put(name, value());
            if (ends('}')) {
                return new JsonValue.Members(members);
            }
            expect(',');
        }
    }

    private JsonValue array() {
        deeper();
        List<JsonValue> values = new ArrayList<>();
        if (ends(']')) {
            return new JsonValue.Array(values);
        }
        while (true) {
            values.add(value());
            if (ends(']')) {
                return new JsonValue.Array(values);
            }
            expect(',');
        }
    }

    private void expect(char wanted) {
        if (next() != wanted) {
            throw wanted("'%s'".formatted(wanted));
        }
        at++;
    }

    private String quoted() {
        var out = new StringBuilder();
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return out.toString();
            }
            if (c < 0x20) {
                throw wanted("no control character");
            }
            out.append(c == '\\' ? escaped() : c);
        }
        throw wanted("the end of the text");
    }

    private char escaped() {
        if (at == text.length()) {
            throw wanted("more");
        }
        char c = text.charAt(at++);
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw wanted("an escape");
        };
    }

    private char unicode() {
        if (at + 4 > text.length() || !text.substring(at, at + 4).matches("[0-9a-fA-F]{4}")) {
            throw wanted("four hexadecimal digits");
        }
        at += 4;
        return (char) Integer.parseInt(text, at - 4, at, 16);
    }
}
