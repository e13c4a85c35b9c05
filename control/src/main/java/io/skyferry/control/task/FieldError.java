package io.skyferry.control.task;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// What is wrong with a field.
///
/// @param path of the field inside of what was given, as `attributes.folder` or `bwlimit.1.time`
/// @param message for the user; never a secret
public record FieldError(String path, String message) {
    /// What is wrong with each of several fields, in their order.
    ///
    /// @param messages by path
    /// @param shown what the path of a field is where this is told
    public static List<FieldError> of(Map<String, String> messages, UnaryOperator<String> shown) {
        return messages.entrySet().stream()
                .map(one -> new FieldError(shown.apply(one.getKey()), one.getValue()))
                .toList();
    }
}
