package io.skyferry.server.rest;

import io.skyferry.control.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Checks values against the part of JSON Schema that the description uses.
final class Schemas {
    private Schemas() {}

    /// The schema of an operation's answer of this status; empty: it is no JSON.
    static Optional<JsonValue> ofAnswer(JsonValue.Members operation, int status) {
        JsonValue.Members responses = members(operation.get("responses").orElseThrow());
        JsonValue.Members response = members(responses
                .get(Integer.toString(status))
                .orElseGet(() -> responses.get("default").orElseThrow()));
        return members(response.get("content").orElseThrow())
                .get("application/json")
                .flatMap(media -> members(media).get("schema"));
    }

    private static JsonValue.Members members(JsonValue value) {
        return (JsonValue.Members) value;
    }

    /// What does not fit, with its path.
    static List<String> faults(JsonValue value, JsonValue schema, String path) {
        JsonValue.Members wanted = members(schema);
        if (wanted.get("anyOf").orElse(new JsonValue.Null()) instanceof JsonValue.Array(List<JsonValue> choices)) {
            boolean fits =
                    choices.stream().anyMatch(one -> faults(value, one, path).isEmpty());
            return fits ? List.of() : List.of(path + ": none of its kinds: " + value);
        }
        List<String> faults = new ArrayList<>();
        String type = wanted.get("type").map(JsonValue::toString).orElse("");
        if (!type.equals("\"" + typeOf(value) + "\"")
                && !(type.equals("\"number\"") && typeOf(value).equals("integer"))) {
            faults.add(path + ": want " + type + " but have " + value);
        } else if (value instanceof JsonValue.Array(List<JsonValue> values)) {
            wanted.get("items")
                    .ifPresent(items -> values.forEach(one -> faults.addAll(faults(one, items, path + "[]"))));
        } else if (value instanceof JsonValue.Members object) {
            faults.addAll(ofObject(object, wanted, path));
        } else if (wanted.get("enum").orElse(value) instanceof JsonValue.Array(List<JsonValue> allowed)
                && !allowed.contains(value)) {
            faults.add(path + ": want one of " + allowed + " but have " + value);
        }
        return faults;
    }

    private static List<String> ofObject(JsonValue.Members object, JsonValue.Members wanted, String path) {
        List<String> faults = new ArrayList<>();
        Map<String, JsonValue> properties =
                wanted.get("properties").map(value -> members(value).members()).orElse(Map.of());
        if (wanted.get("required").orElse(new JsonValue.Null()) instanceof JsonValue.Array(List<JsonValue> names)) {
            names.stream()
                    .map(name -> ((JsonValue.Text) name).value())
                    .filter(name -> object.get(name).isEmpty())
                    .forEach(name -> faults.add(path + "." + name + ": missing"));
        }
        boolean closed = wanted.get("additionalProperties")
                .filter(value -> value.equals(JsonValue.of(false)))
                .isPresent();
        object.members().forEach((name, value) -> {
            JsonValue schema = properties.get(name);
            if (schema != null) {
                faults.addAll(faults(value, schema, path + "." + name));
            } else if (closed) {
                faults.add(path + "." + name + ": not described");
            }
        });
        return faults;
    }

    private static String typeOf(JsonValue value) {
        return switch (value) {
            case JsonValue.Members _ -> "object";
            case JsonValue.Array _ -> "array";
            case JsonValue.Text _ -> "string";
            case JsonValue.Numeral number -> number.isWhole() ? "integer" : "number";
            case JsonValue.Truth _ -> "boolean";
            case JsonValue.Null _ -> "null";
        };
    }
}
