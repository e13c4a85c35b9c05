package io.skyferry.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Header fields in the order in which they stand; names are compared without regard to case.
public interface HttpHeaders {
    /// The value of the first field of this name, without blanks around it; null if there is none.
    ///
    /// For code that looks at every reply; others use [#first].
    @Nullable
    String get(String name);

    /// Shows all fields.
    ///
    /// @param field takes name and value
    void forEach(BiConsumer<String, String> field);

    /// Shows the fields whose names begin so.
    ///
    /// @param start of the names, in lower case
    /// @param field takes name and value
    default void forEachFrom(String start, BiConsumer<String, String> field) {
        forEach((name, value) -> {
            if (name.regionMatches(true, 0, start, 0, start.length())) {
                field.accept(name, value);
            }
        });
    }

    /// The value of the first field of this name.
    default Optional<String> first(String name) {
        return Optional.ofNullable(get(name));
    }

    /// The values of all fields of this name.
    default List<String> all(String name) {
        List<String> values = new ArrayList<>();
        forEach((one, value) -> {
            if (one.equalsIgnoreCase(name)) {
                values.add(value);
            }
        });
        return values;
    }
}
