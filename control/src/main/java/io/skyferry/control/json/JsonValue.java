package io.skyferry.control.json;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A JSON value that was read: object, list, text, number, `true`, `false` or `null`.
///
/// Source: RFC 8259.
public sealed interface JsonValue {
    /// An object; of members with one name the last counts.
    ///
    /// @param members in their order
    record Members(Map<String, JsonValue> members) implements JsonValue {
        /// Without members.
        public static final Members EMPTY = new Members(Map.of());

        /// Makes the map unchangeable.
        public Members {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        /// The member of this name.
        public Optional<JsonValue> get(String name) {
            return Optional.ofNullable(members.get(name));
        }

        /// The same with one member more, or another value for it.
        public Members with(String name, JsonValue value) {
            Map<String, JsonValue> more = new LinkedHashMap<>(members);
            more.put(name, value);
            return new Members(more);
        }

        /// The same without a member.
        public Members without(String name) {
            Map<String, JsonValue> fewer = new LinkedHashMap<>(members);
            fewer.remove(name);
            return new Members(fewer);
        }

        @Override
        public void write(StringBuilder out) {
            char before = '{';
            for (Map.Entry<String, JsonValue> member : members.entrySet()) {
                out.append(before);
                Json.quote(member.getKey(), out);
                out.append(':');
                member.getValue().write(out);
                before = ',';
            }
            out.append(members.isEmpty() ? "{}" : "}");
        }

        @Override
        public String toString() {
            return written(this);
        }
    }

    /// A list.
    record Array(List<JsonValue> values) implements JsonValue {
        /// Makes the list unchangeable.
        public Array {
            values = List.copyOf(values);
        }

        @Override
        public void write(StringBuilder out) {
            char before = '[';
            for (JsonValue value : values) {
                out.append(before);
                value.write(out);
                before = ',';
            }
            out.append(values.isEmpty() ? "[]" : "]");
        }

        @Override
        public String toString() {
            return written(this);
        }
    }

    /// A text.
    record Text(String value) implements JsonValue {
        @Override
        public void write(StringBuilder out) {
            Json.quote(value, out);
        }

        @Override
        public String toString() {
            return written(this);
        }
    }

    /// A number.
    record Numeral(BigDecimal value) implements JsonValue {
        /// Whether it is whole and fits into a `long`.
        public boolean isWhole() {
            return value.stripTrailingZeros().scale() <= 0 && value.precision() - value.scale() <= 18;
        }

        @Override
        public void write(StringBuilder out) {
            out.append(value);
        }

        @Override
        public String toString() {
            return written(this);
        }
    }

    /// `true` or `false`.
    record Truth(boolean value) implements JsonValue {
        @Override
        public void write(StringBuilder out) {
            out.append(value);
        }

        @Override
        public String toString() {
            return written(this);
        }
    }

    /// `null`.
    record Null() implements JsonValue {
        @Override
        public void write(StringBuilder out) {
            out.append("null");
        }

        @Override
        public String toString() {
            return written(this);
        }
    }

    /// Writes it behind what is there.
    void write(StringBuilder out);

    private static String written(JsonValue value) {
        var out = new StringBuilder();
        value.write(out);
        return out.toString();
    }

    /// A text.
    static JsonValue of(String value) {
        return new Text(value);
    }

    /// A whole number.
    static JsonValue of(long value) {
        return new Numeral(BigDecimal.valueOf(value));
    }

    /// `true` or `false`.
    static JsonValue of(boolean value) {
        return new Truth(value);
    }

    /// A list of texts.
    static JsonValue of(List<String> values) {
        return new Array(values.stream().map(JsonValue::of).toList());
    }

    /// Reads a value.
    ///
    /// @throws IllegalArgumentException saying at which character what was wanted; the text itself is not
    ///     quoted, as it may hold secrets
    static JsonValue parse(String text) {
        return new JsonReader(text).whole();
    }
}
