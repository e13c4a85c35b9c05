package io.skyferry.http;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Header fields of a request, as written; immutable.
///
/// Names are tokens, values have no line breaks and only characters of ISO 8859-1: nothing can be smuggled through
/// a value.
public final class HeaderList implements HttpHeaders {
    /// No field.
    public static final HeaderList EMPTY = new HeaderList(List.of());

    private final List<String> fields;

    private HeaderList(List<String> namesAndValues) {
        this.fields = namesAndValues;
    }

    /// Names and values in turn.
    public static HeaderList of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("Want names and values in turn but the last name has no value");
        }
        Builder builder = new Builder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            builder.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return builder.build();
    }

    /// The same fields with one more at the end.
    public HeaderList plus(String name, String value) {
        return toBuilder().add(name, value).build();
    }

    /// The same fields with this one instead of all of its name.
    public HeaderList with(String name, String value) {
        return toBuilder().set(name, value).build();
    }

    /// The same fields without those of this name.
    public HeaderList without(String name) {
        return toBuilder().remove(name).build();
    }

    /// A builder that starts with these fields.
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.fields.addAll(fields);
        return builder;
    }

    /// How many fields there are.
    public int count() {
        return fields.size() / 2;
    }

    /// The name of one field, counted from 0.
    public String name(int index) {
        return fields.get(index * 2);
    }

    /// The value of one field, counted from 0.
    public String value(int index) {
        return fields.get(index * 2 + 1);
    }

    @Override
    public @Nullable String get(String name) {
        for (int i = 0; i < fields.size(); i += 2) {
            if (fields.get(i).equalsIgnoreCase(name)) {
                return fields.get(i + 1);
            }
        }
        return null;
    }

    @Override
    public void forEach(BiConsumer<String, String> field) {
        for (int i = 0; i < fields.size(); i += 2) {
            field.accept(fields.get(i), fields.get(i + 1));
        }
    }

    /// The names alone: values may be secrets.
    @Override
    public String toString() {
        List<String> names = new ArrayList<>();
        forEach((name, _) -> names.add(name));
        return names.toString();
    }

    /// Collects fields.
    public static final class Builder {
        private final ArrayList<String> fields = new ArrayList<>(16);

        /// A builder without fields.
        public Builder() {}

        /// One more field.
        ///
        /// @throws IllegalArgumentException naming the field, if name or value cannot stand in a header
        public Builder add(String name, String value) {
            checkName(name);
            checkValue(name, value);
            fields.add(name);
            fields.add(value);
            return this;
        }

        /// This field instead of all of its name.
        public Builder set(String name, String value) {
            return remove(name).add(name, value);
        }

        /// No field of this name.
        public Builder remove(String name) {
            for (int i = fields.size() - 2; i >= 0; i -= 2) {
                if (fields.get(i).equalsIgnoreCase(name)) {
                    fields.remove(i + 1);
                    fields.remove(i);
                }
            }
            return this;
        }

        /// What was collected.
        public HeaderList build() {
            return fields.isEmpty() ? EMPTY : new HeaderList(new ArrayList<>(fields));
        }

        private static void checkName(String name) {
            for (int i = 0; i < name.length(); i++) {
                if (!Tokens.isToken(name.charAt(i))) {
                    throw new IllegalArgumentException("Want a header name but have '%s'".formatted(name));
                }
            }
            if (name.isEmpty()) {
                throw new IllegalArgumentException("Want a header name but have none");
            }
        }

        private static void checkValue(String name, String value) {
            for (int i = 0; i < value.length(); i++) {
                char letter = value.charAt(i);
                if ((letter < ' ' && letter != '\t') || letter == 0x7F || letter > 0xFF) {
                    throw new IllegalArgumentException(
                            "Want a value of '%s' in ISO 8859-1 without control characters".formatted(name));
                }
            }
        }
    }
}
