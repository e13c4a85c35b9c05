package io.skyferry.control.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What was asked for makes no sense for these places: told before anything is done.
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Map<String, String> fields;

    /// Says what was wanted and what was found.
    public RefusedException(String message) {
        super(message);
        this.fields = Map.of();
    }

    /// Says what was wanted and what was found, field by field of what was given.
    ///
    /// @param fields messages by the path of the field, as `settings.endpoint`, in the order in which they are told
    public RefusedException(Map<String, String> fields) {
        super(String.join("; ", fields.values()));
        this.fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /// What is wrong with which field; empty where it is about the whole.
    public Map<String, String> fields() {
        return fields;
    }
}
