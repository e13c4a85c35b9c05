package io.skyferry.storages.s3.credential;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// What the machine says besides settings.
///
/// @param home the user's folder
public record Environment(Map<String, String> variables, Path home) {
    /// Of this process. Like all tools that read these files, it takes `HOME` for the user's folder.
    public static Environment ofProcess() {
        return of(System.getenv(), System.getProperty("user.home", "/"));
    }

    /// @param userHome where no variable names the user's folder
    static Environment of(Map<String, String> variables, String userHome) {
        String home = variables.getOrDefault("HOME", "");
        return new Environment(variables, Path.of(home.isEmpty() ? userHome : home));
    }

    /// Nothing at all.
    public static Environment none() {
        return new Environment(Map.of(), Path.of("/nonexistent"));
    }

    /// A variable that is not empty.
    public Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
    }

    /// The profile that is meant if none is named.
    public String profile() {
        return variable("AWS_PROFILE").or(() -> variable("AWS_DEFAULT_PROFILE")).orElse("default");
    }

    Path configFile() {
        return variable("AWS_CONFIG_FILE")
                .map(Path::of)
                .orElse(home.resolve(".aws").resolve("config"));
    }

    Path credentialsFile() {
        return variable("AWS_SHARED_CREDENTIALS_FILE")
                .map(Path::of)
                .orElse(home.resolve(".aws").resolve("credentials"));
    }

    /// Variables may hold keys.
    @Override
    public String toString() {
        return "Environment[%s]".formatted(home);
    }
}
