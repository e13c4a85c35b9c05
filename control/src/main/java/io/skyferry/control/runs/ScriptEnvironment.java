package io.skyferry.control.runs;

import io.skyferry.control.task.Direction;
import io.skyferry.control.task.Encrypting;
import io.skyferry.control.task.TaskFields;
import io.skyferry.storage.StorageSpec;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What scripts find in their environment.
///
/// Source: TrueNAS's `CLOUD_SYNC_*` variables; where names collide, the path comes before attributes, these before
/// the credential's fields, and these before the task's.
final class ScriptEnvironment {
    private static final String PREFIX = "CLOUD_SYNC_";

    private ScriptEnvironment() {}

    /// The variables of one run.
    ///
    /// @param id of the task, or `onetime`
    /// @param credential as it is opened, its secrets in the open
    /// @param hidden the names of the credential's secrets
    /// @param path where the local folder is read or written
    static Map<String, String> of(
            String id,
            TaskFields fields,
            Map<String, String> secrets,
            StorageSpec credential,
            Set<String> hidden,
            String path) {
        boolean open = fields.scripts().secrets();
        Encrypting encrypting = fields.encrypting();
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("ID", id);
        variables.put("DESCRIPTION", fields.description());
        variables.put("DIRECTION", fields.direction() == Direction.PUSH ? "PUSH" : "PULL");
        variables.put("TRANSFER_MODE", fields.transferMode().name());
        variables.put("ENCRYPTION", encrypting.enabled() ? "1" : "0");
        variables.put("FILENAME_ENCRYPTION", encrypting.names() ? "1" : "0");
        variables.put("SNAPSHOT", fields.carrying().snapshot() ? "1" : "0");
        if (open) {
            variables.put("ENCRYPTION_PASSWORD", secrets.getOrDefault("encryption_password", ""));
            variables.put("ENCRYPTION_SALT", secrets.getOrDefault("encryption_salt", ""));
        }
        variables.put("TYPE", credential.provider().toUpperCase(Locale.ROOT));
        credential.settings().forEach((name, value) -> {
            if (open || !hidden.contains(name)) {
                variables.put(variable(name), worded(value));
            }
        });
        fields.attributes().forEach((name, value) -> variables.put(variable(name), worded(value)));
        variables.put("PATH", path);
        Map<String, String> prefixed = new LinkedHashMap<>();
        variables.forEach((name, value) -> {
            if (value.indexOf('\0') < 0) {
                prefixed.put(PREFIX + name, value);
            }
        });
        return prefixed;
    }

    private static String variable(String name) {
        return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    private static String worded(String value) {
        return switch (value) {
            case "on" -> "1";
            case "off" -> "0";
            default -> value;
        };
    }
}
