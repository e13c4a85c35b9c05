package io.skyferry.control.task;

/// What is wrong with a field.
///
/// @param path of the field inside of what was given, as `attributes.folder` or `bwlimit.1.time`
/// @param message for the user; never a secret
public record FieldError(String path, String message) {}
