package io.skyferry.storages.s3.credential;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The files that Amazon's own tools share: named profiles with keys and regions.
///
/// Source: "Configuration and credential file settings" of the AWS CLI User Guide.
public final class Profiles {
    private final Map<String, Map<String, String>> profiles = new HashMap<>();

    private Profiles() {}

    /// Reads both files, as far as they are there.
    ///
    /// @throws Credentials.MissingException if one cannot be read
    public static Profiles of(Environment environment) {
        var read = new Profiles();
        read.add(environment.configFile(), "profile ");
        read.add(environment.credentialsFile(), "");
        return read;
    }

    private void add(Path file, String prefix) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException none) {
            // Most machines have neither file.
            return;
        } catch (IOException unreadable) {
            throw new Credentials.MissingException("The profiles in '%s' cannot be read".formatted(file), unreadable);
        }
        Map<String, String> section = new HashMap<>();
        for (String line : lines) {
            String text = line.strip();
            if (text.startsWith("[") && text.endsWith("]")) {
                section = profiles.computeIfAbsent(name(text, prefix), name -> new HashMap<>());
            } else if (!text.startsWith("#") && !text.startsWith(";") && !Character.isWhitespace(firstOf(line))) {
                int sign = text.indexOf('=');
                if (sign > 0) {
                    section.put(
                            text.substring(0, sign).strip().toLowerCase(Locale.ROOT),
                            text.substring(sign + 1).strip());
                }
            }
        }
    }

    /// Lines that begin with a blank belong to the setting above, and none of ours has such.
    private static char firstOf(String line) {
        return line.isEmpty() ? 'x' : line.charAt(0);
    }

    private static String name(String heading, String prefix) {
        String name = heading.substring(1, heading.length() - 1).strip();
        return name.startsWith(prefix) ? name.substring(prefix.length()).strip() : name;
    }

    /// A setting of a profile.
    public Optional<String> setting(String profile, String name) {
        return Optional.ofNullable(profiles.getOrDefault(profile, Map.of()).get(name))
                .filter(value -> !value.isEmpty());
    }

    /// Whether there is such a profile.
    public boolean has(String profile) {
        return profiles.containsKey(profile);
    }
}
