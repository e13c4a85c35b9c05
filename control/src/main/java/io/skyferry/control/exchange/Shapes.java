package io.skyferry.control.exchange;

import io.skyferry.control.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Looks into JSON of others, where anything may be missing or of another type.
final class Shapes {
    private Shapes() {}

    static JsonValue.Members members(Map<String, JsonValue> members) {
        return new JsonValue.Members(members);
    }

    /// The text of a member; empty where there is none.
    static String text(JsonValue.Members of, String name) {
        return of.get(name).orElse(new JsonValue.Null()) instanceof JsonValue.Text(String value) ? value : "";
    }

    /// Text, number or truth as text; of `null` and everything else nothing.
    static Optional<String> plain(JsonValue value) {
        return switch (value) {
            case JsonValue.Text(String text) -> Optional.of(text);
            case JsonValue.Numeral number -> Optional.of(number.value().toPlainString());
            case JsonValue.Truth(boolean truth) -> Optional.of(truth ? "on" : "off");
            case JsonValue.Null _, JsonValue.Members _, JsonValue.Array _ -> Optional.empty();
        };
    }

    static boolean isTrue(JsonValue.Members of, String name) {
        return of.get(name).orElse(new JsonValue.Null()) instanceof JsonValue.Truth(boolean truth) && truth;
    }

    static boolean isFalse(JsonValue.Members of, String name) {
        return of.get(name).orElse(new JsonValue.Null()) instanceof JsonValue.Truth(boolean truth) && !truth;
    }

    static Optional<Long> whole(JsonValue.Members of, String name) {
        return of.get(name).orElse(new JsonValue.Null()) instanceof JsonValue.Numeral number && number.isWhole()
                ? Optional.of(number.value().longValueExact())
                : Optional.empty();
    }

    static Optional<JsonValue.Members> object(JsonValue.Members of, String name) {
        return of.get(name).orElse(new JsonValue.Null()) instanceof JsonValue.Members members
                ? Optional.of(members)
                : Optional.empty();
    }

    static List<JsonValue> list(JsonValue.Members of, String name) {
        return of.get(name).orElse(new JsonValue.Null()) instanceof JsonValue.Array(List<JsonValue> values)
                ? values
                : List.of();
    }

    /// The members of these names, in this order, as far as they are there.
    static Map<String, JsonValue> some(JsonValue.Members of, List<String> names) {
        Map<String, JsonValue> some = new LinkedHashMap<>();
        names.forEach(name -> of.get(name).ifPresent(value -> some.put(name, value)));
        return some;
    }
}
