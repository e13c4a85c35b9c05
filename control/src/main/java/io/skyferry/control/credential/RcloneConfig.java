package io.skyferry.control.credential;

import io.skyferry.control.run.RefusedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The remotes of an `rclone.conf`.
///
/// Source: rclone's documentation, "Configure", and the files that it writes: sections in brackets,
/// `key = value`, comments after `#` or `;`.
public final class RcloneConfig {
    private RcloneConfig() {}

    /// One remote.
    ///
    /// @param type the kind of storage, as rclone calls it
    /// @param options all others; secrets among them
    public record Remote(String name, String type, Map<String, String> options) {
        /// Leaves the values out.
        @Override
        public String toString() {
            return "Remote[%s, %s, %s]".formatted(name, type, options.keySet());
        }
    }

    /// Reads the remotes in their order.
    ///
    /// @throws RefusedException if it is encrypted, or no such file; no line is quoted, it may hold a secret
    public static List<Remote> parse(String text) {
        List<Remote> remotes = new ArrayList<>();
        Map<String, String> options = new LinkedHashMap<>();
        String name = "";
        int number = 0;
        for (String raw : text.lines().toList()) {
            number++;
            String line = raw.strip();
            if (line.startsWith("RCLONE_ENCRYPT_")) {
                throw new RefusedException("Want a file that can be read but its content is encrypted."
                        + " Write it out with: rclone config show > FILE");
            }
            if (line.isEmpty() || line.startsWith("#") || line.startsWith(";")) {
                continue;
            }
            if (line.startsWith("[") && line.endsWith("]")) {
                add(remotes, name, options);
                name = line.substring(1, line.length() - 1).strip();
                options = new LinkedHashMap<>();
                continue;
            }
            int equals = line.indexOf('=');
            if (equals < 1 || name.isEmpty()) {
                throw new RefusedException("Want '[name]' or 'key = value' but have something else in line " + number);
            }
            options.put(
                    line.substring(0, equals).strip(),
                    unquoted(line.substring(equals + 1).strip()));
        }
        add(remotes, name, options);
        return remotes;
    }

    /// A value that begins with a backtick or three double quotes ends with the same.
    private static String unquoted(String value) {
        for (String quote : List.of("\"\"\"", "`")) {
            int from = quote.length();
            if (value.startsWith(quote) && value.endsWith(quote) && value.length() >= 2 * from) {
                return value.substring(from, value.length() - from);
            }
        }
        return value;
    }

    private static void add(List<Remote> remotes, String name, Map<String, String> options) {
        if (!name.isEmpty()) {
            Map<String, String> others = new LinkedHashMap<>(options);
            String type = others.remove("type");
            remotes.add(new Remote(name, type == null ? "" : type, others));
        }
    }
}
