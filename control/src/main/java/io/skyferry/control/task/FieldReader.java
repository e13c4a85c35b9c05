package io.skyferry.control.task;

import io.skyferry.control.json.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/// Reads the fields of a JSON object one by one and gathers what is wrong with them.
///
/// Types are strict: a number is no text. The messages are those of TrueNAS.
final class FieldReader {
    private static final int LONG_TEXT = 1024;

    private final JsonValue.Members given;
    private final String prefix;
    private final List<FieldError> errors;

    FieldReader(JsonValue.Members given, String prefix, List<FieldError> errors) {
        this.given = given;
        this.prefix = prefix;
        this.errors = errors;
    }

    void error(String name, String message) {
        errors.add(new FieldError(prefix + name, message));
    }

    void refuseOthers(List<String> known) {
        given.members().keySet().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> error(name, "Extra inputs are not permitted"));
    }

    boolean has(String name) {
        return given.get(name).isPresent();
    }

    boolean isNull(String name) {
        return given.get(name).orElse(JsonValue.of("")) instanceof JsonValue.Null;
    }

    /// A text of at most 1,024 characters.
    String text(String name, String usual) {
        String text = longText(name, usual);
        if (text.length() > LONG_TEXT) {
            error(name, "String should have at most 1024 characters");
        }
        return text;
    }

    String longText(String name, String usual) {
        return switch (given.get(name).orElse(new JsonValue.Text(usual))) {
            case JsonValue.Text(String value) -> value;
            case JsonValue.Members _, JsonValue.Array _, JsonValue.Numeral _, JsonValue.Truth _, JsonValue.Null _ -> {
                error(name, "Input should be a valid string");
                yield usual;
            }
        };
    }

    String required(String name) {
        if (!has(name)) {
            error(name, "Field required");
            return "";
        }
        return text(name, "");
    }

    boolean truth(String name, boolean usual) {
        if (given.get(name).orElse(new JsonValue.Truth(usual)) instanceof JsonValue.Truth(boolean value)) {
            return value;
        }
        error(name, "Input should be a valid boolean");
        return usual;
    }

    long whole(String name, long least, long most, long usual) {
        if (given.get(name).orElse(JsonValue.of(usual)) instanceof JsonValue.Numeral number && number.isWhole()) {
            long value = number.value().longValueExact();
            if (value < least) {
                error(name, "Input should be greater than or equal to " + least);
            } else if (value > most) {
                error(name, "Input should be less than or equal to " + most);
            } else {
                return value;
            }
            return usual;
        }
        error(name, "Input should be a valid integer");
        return usual;
    }

    OptionalInt wholeOrNull(String name) {
        if (!has(name) || given.get(name).orElseThrow() instanceof JsonValue.Null) {
            return OptionalInt.empty();
        }
        long value = whole(name, 1, Integer.MAX_VALUE, 0);
        return value == 0 ? OptionalInt.empty() : OptionalInt.of((int) value);
    }

    <E extends Enum<E>> E choice(String name, Class<E> type, E usual) {
        String text = has(name) ? text(name, "") : usual.name();
        for (E one : type.getEnumConstants()) {
            if (one.name().equals(text)) {
                return one;
            }
        }
        error(
                name,
                "Input should be "
                        + Arrays.stream(type.getEnumConstants())
                                .map(one -> "'" + one.name() + "'")
                                .collect(Collectors.joining(", ")));
        return usual;
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        List<JsonValue> values = list(name);
        for (int i = 0; i < values.size(); i++) {
            if (!(values.get(i) instanceof JsonValue.Text(String value))) {
                error(name + "." + i, "Input should be a valid string");
            } else if (value.isEmpty()) {
                error(name + "." + i, "String should have at least 1 character");
            } else {
                texts.add(value);
            }
        }
        return texts;
    }

    List<JsonValue> list(String name) {
        if (given.get(name).orElse(new JsonValue.Array(List.of())) instanceof JsonValue.Array(List<JsonValue> values)) {
            return values;
        }
        error(name, "Input should be a valid list");
        return List.of();
    }

    JsonValue.Members object(String name) {
        if (given.get(name).orElse(JsonValue.Members.EMPTY) instanceof JsonValue.Members members) {
            return members;
        }
        error(name, "Input should be a valid dictionary or object");
        return JsonValue.Members.EMPTY;
    }

    /// The fields of an object inside of this one.
    FieldReader inside(String name) {
        return new FieldReader(object(name), prefix + name + ".", errors);
    }

    /// The fields of an object inside of a list.
    FieldReader inside(String name, int index, JsonValue value) {
        String path = name + "." + index;
        if (value instanceof JsonValue.Members members) {
            return new FieldReader(members, prefix + path + ".", errors);
        }
        error(path, "Input should be a valid dictionary or object");
        return new FieldReader(JsonValue.Members.EMPTY, prefix + path + ".", new ArrayList<>());
    }
}
