package io.skyferry.control.task;

import java.util.List;
import java.util.stream.Collectors;

/// What was given cannot be taken; each field that is wrong is named.
public final class InvalidException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<FieldError> errors;

    /// Names all that is wrong.
    public InvalidException(List<FieldError> errors) {
        super(errors.stream()
                .map(error -> error.path().isEmpty() ? error.message() : error.path() + ": " + error.message())
                .collect(Collectors.joining("; ")));
        this.errors = List.copyOf(errors);
    }

    /// Names one thing.
    public InvalidException(String path, String message) {
        this(List.of(new FieldError(path, message)));
    }

    /// What is wrong, in the order in which it was found.
    public List<FieldError> errors() {
        return errors;
    }
}
