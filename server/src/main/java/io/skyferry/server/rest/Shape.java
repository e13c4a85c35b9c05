package io.skyferry.server.rest;

import io.skyferry.control.json.JsonValue;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a body looks like: what requests are read into, what answers are made of, and how both are described.
sealed interface Shape {
    /// No body.
    record Nothing() implements Shape {}

    /// The members of a record.
    record Of(Class<? extends Record> type) implements Shape {}

    /// A list of records.
    record ListOf(Class<? extends Record> type) implements Shape {}

    /// An object that is described elsewhere.
    ///
    /// @param words where
    record Free(String words) implements Shape {}

    /// A list of such objects.
    record FreeList(String words) implements Shape {}

    /// Text of some kind.
    record Plain(String contentType) implements Shape {}

    /// The schema of a body in JSON; empty: it is not JSON.
    ///
    /// Source: OpenAPI 3.1, "Schema Object".
    default Optional<JsonValue> schema() {
        return switch (this) {
            case Nothing _ -> Optional.empty();
            case Plain _ -> Optional.empty();
            case Of(Class<? extends Record> type) -> Optional.of(ofType(type));
            case ListOf(Class<? extends Record> type) -> Optional.of(array(ofType(type)));
            case Free(String words) -> Optional.of(free(words));
            case FreeList(String words) -> Optional.of(array(free(words)));
        };
    }

    private static JsonValue free(String words) {
        return object("type", "object").with("description", JsonValue.of(words));
    }

    private static JsonValue.Members object(String name, String value) {
        return JsonValue.Members.EMPTY.with(name, JsonValue.of(value));
    }

    private static JsonValue array(JsonValue items) {
        return object("type", "array").with("items", items);
    }

    private static JsonValue ofType(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] of = generic.getActualTypeArguments();
            if (generic.getRawType() == Optional.class) {
                return JsonValue.Members.EMPTY.with(
                        "anyOf", new JsonValue.Array(List.of(ofType(of[0]), object("type", "null"))));
            }
            return generic.getRawType() == Map.class
                    ? object("type", "object").with("additionalProperties", ofType(of[1]))
                    : array(ofType(of[0]));
        }
        if (type == boolean.class || type == Boolean.class) {
            return object("type", "boolean");
        }
        if (type == long.class || type == int.class || type == Long.class || type == Integer.class) {
            return object("type", "integer");
        }
        if (type == double.class || type == Double.class) {
            return object("type", "number");
        }
        if (type == Instant.class) {
            return object("type", "string").with("format", JsonValue.of("date-time"));
        }
        if (type instanceof Class<?> one && one.isEnum()) {
            List<String> names = Arrays.stream(one.getEnumConstants())
                    .map(constant -> ((Enum<?>) constant).name())
                    .toList();
            return object("type", "string").with("enum", JsonValue.of(names));
        }
        if (type instanceof Class<?> one && one.isRecord() && one != JsonValue.Members.class) {
            return record(one);
        }
        return type == JsonValue.Members.class ? object("type", "object") : object("type", "string");
    }

    private static JsonValue record(Class<?> type) {
        Map<String, JsonValue> properties = new LinkedHashMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            properties.put(Wire.snake(component.getName()), ofType(component.getGenericType()));
        }
        List<String> required = Arrays.stream(type.getRecordComponents())
                .filter(one -> one.getType() != Optional.class)
                .map(one -> Wire.snake(one.getName()))
                .toList();
        return object("type", "object")
                .with("properties", new JsonValue.Members(properties))
                .with("required", JsonValue.of(required))
                .with("additionalProperties", JsonValue.of(false));
    }
}
