package io.skyferry.control.task;

import io.skyferry.engine.options.Mode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a task says, without its secrets.
///
/// Source: the fields of TrueNAS's cloud sync tasks, and a few of our own.
///
/// @param path the local folder
/// @param credential the number of the account's credential
/// @param attributes where at the account: `bucket`, `folder`, and settings of the provider by name
public record TaskFields(
        String description,
        Direction direction,
        Mode transferMode,
        String path,
        long credential,
        Map<String, String> attributes,
        Timing timing,
        Carrying carrying,
        Scripts scripts,
        Encrypting encrypting,
        Safety safety) {
    /// Makes the map unchangeable.
    public TaskFields {
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }

    /// How the task is spoken of.
    public String name(long id) {
        return description.isBlank() ? Long.toString(id) : description;
    }
}
