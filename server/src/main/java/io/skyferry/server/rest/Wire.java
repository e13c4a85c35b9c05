package io.skyferry.server.rest;

import io.skyferry.control.json.Json;
import io.skyferry.control.json.JsonValue;
import io.skyferry.control.task.FieldError;
import io.skyferry.control.task.InvalidException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Turns records into JSON and JSON into records.
///
/// Members have the names of the components in `snake_case`. What is empty is `null` when written; when read, an
/// `Optional` may be `null` or missing and everything else must be there. Unknown members are refused.
final class Wire {
    /// What is known of a kind of record; finding it out each time would be most of the work.
    private static final ClassValue<List<Member>> MEMBERS = new ClassValue<>() {
        @Override
        protected List<Member> computeValue(Class<?> type) {
            return Arrays.stream(type.getRecordComponents())
                    .map(component -> new Member(snake(component.getName()), component.getAccessor()))
                    .toList();
        }
    };

    private record Member(String name, Method accessor) {}

    private Wire() {}

    /// JSON that is written already.
    record Written(String text) {}

    /// The value as the text of its JSON. It is written piece by piece: answers may have ten thousands of records.
    static String text(Object value) {
        var out = new StringBuilder();
        write(value, out);
        return out.toString();
    }

    private static void write(Object value, StringBuilder out) {
        switch (value) {
            case Written written -> out.append(written.text());
            case Json object -> out.append(object);
            case JsonValue ready -> ready.write(out);
            case Optional<?> maybe when maybe.isEmpty() -> out.append("null");
            case Optional<?> maybe -> write(maybe.orElseThrow(), out);
            case Record one -> writeMembers(one, out);
            case Collection<?> many -> {
                char before = '[';
                for (Object one : many) {
                    write(one, out.append(before));
                    before = ',';
                }
                out.append(many.isEmpty() ? "[]" : "]");
            }
            case Map<?, ?> map -> {
                char before = '{';
                for (Map.Entry<?, ?> member : map.entrySet()) {
                    out.append(before)
                            .append(Json.quoted(String.valueOf(member.getKey())))
                            .append(':');
                    write(member.getValue(), out);
                    before = ',';
                }
                out.append(map.isEmpty() ? "{}" : "}");
            }
            case Boolean truth -> out.append(truth.booleanValue());
            case Integer number -> out.append(number.intValue());
            case Long number -> out.append(number.longValue());
            case Double number -> out.append(BigDecimal.valueOf(number));
            default -> out.append(Json.quoted(value.toString()));
        }
    }

    private static void writeMembers(Record one, StringBuilder out) {
        char before = '{';
        for (Member member : MEMBERS.get(one.getClass())) {
            out.append(before).append('"').append(member.name()).append("\":");
            try {
                write(member.accessor().invoke(one), out);
            } catch (ReflectiveOperationException closed) {
                throw new IllegalStateException("Want to read '%s'".formatted(member.accessor()), closed);
            }
            before = ',';
        }
        out.append(before == '{' ? "{}" : "}");
    }

    /// `createdAt` as `created_at`.
    static String snake(String name) {
        var text = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isUpperCase(c)) {
                text.append('_').append(Character.toLowerCase(c));
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    /// The record that an object stands for.
    ///
    /// @throws InvalidException naming every member that is wrong, missing or unknown
    static <R extends Record> R read(JsonValue.Members given, Class<R> type) {
        List<FieldError> errors = new ArrayList<>();
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            String name = snake(components[i].getName());
            types[i] = components[i].getType();
            JsonValue value = given.members().getOrDefault(name, new JsonValue.Null());
            try {
                values[i] = read(value, components[i].getGenericType());
            } catch (IllegalArgumentException wrong) {
                boolean missing = given.get(name).isEmpty();
                errors.add(new FieldError(name, missing ? "Field required" : String.valueOf(wrong.getMessage())));
            }
        }
        Set<String> known =
                Arrays.stream(components).map(one -> snake(one.getName())).collect(Collectors.toSet());
        given.members().keySet().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> errors.add(new FieldError(name, "Extra inputs are not permitted")));
        if (!errors.isEmpty()) {
            throw new InvalidException(errors);
        }
        try {
            var constructor = type.getDeclaredConstructor(types);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException closed) {
            throw new IllegalStateException("Want to make a '%s'".formatted(type.getName()), closed);
        }
    }

    private static Object read(JsonValue value, Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] of = generic.getActualTypeArguments();
            if (generic.getRawType() == Optional.class) {
                return value instanceof JsonValue.Null ? Optional.empty() : Optional.of(read(value, of[0]));
            }
            if (generic.getRawType() == List.class && value instanceof JsonValue.Array(List<JsonValue> values)) {
                return values.stream().map(one -> read(one, of[0])).toList();
            }
            if (generic.getRawType() == Map.class
                    && value instanceof JsonValue.Members(Map<String, JsonValue> members)) {
                Map<String, Object> read = new LinkedHashMap<>();
                members.forEach((name, one) -> read.put(name, read(one, of[1])));
                return read;
            }
            throw new IllegalArgumentException("Want %s but have another value".formatted(words(generic.getRawType())));
        }
        return readPlain(value, type);
    }

    private static Object readPlain(JsonValue value, Type type) {
        if (type == String.class && value instanceof JsonValue.Text(String text)) {
            return text;
        }
        if (type == boolean.class && value instanceof JsonValue.Truth(boolean truth)) {
            return truth;
        }
        if ((type == long.class || type == Long.class)
                && value instanceof JsonValue.Numeral number
                && number.isWhole()) {
            return number.value().longValue();
        }
        if (type == Instant.class && value instanceof JsonValue.Text(String text)) {
            return instant(text);
        }
        if (type == JsonValue.Members.class && value instanceof JsonValue.Members object) {
            return object;
        }
        if (type instanceof Class<?> choice && choice.isEnum() && value instanceof JsonValue.Text(String text)) {
            return Arrays.stream(choice.getEnumConstants())
                    .filter(one -> ((Enum<?>) one).name().equals(text))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("Want one of %s but have '%s'"
                            .formatted(Arrays.toString(choice.getEnumConstants()), text)));
        }
        throw new IllegalArgumentException("Want %s but have another value".formatted(words(type)));
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException unreadable) {
            throw new IllegalArgumentException(
                    "Want a moment such as '2026-11-21T16:40:01Z' but have '%s'".formatted(text), unreadable);
        }
    }

    private static String words(Type type) {
        if (type == String.class) {
            return "a text";
        }
        if (type == boolean.class) {
            return "true or false";
        }
        if (type == long.class || type == Long.class) {
            return "a whole number";
        }
        if (type == List.class) {
            return "a list";
        }
        return type == Instant.class ? "a moment" : "an object";
    }
}
