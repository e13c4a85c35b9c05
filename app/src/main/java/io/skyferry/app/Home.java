package io.skyferry.app;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The one folder for configuration, state and logs.
///
/// `SKYFERRY_HOME` names it; else it is the platform's usual place. Nothing is made before it is needed.
///
/// @param folder may not be there yet
/// @param key the file with the key of all secrets: `SKYFERRY_KEY_FILE`, else in the folder
/// @param databaseUrl of a PostgreSQL database: `SKYFERRY_DATABASE`; empty: the database is a file in
///     the folder
record Home(Path folder, Path key, Optional<String> databaseUrl) {
    /// What the file with the key is called in the folder.
    static final String KEY = "secret.key";

    /// A folder that holds the key too.
    Home(Path folder) {
        this(folder, folder.resolve(KEY), Optional.empty());
    }

    /// The folder that this environment asks for.
    ///
    /// Source: XDG Base Directory Specification 0.8, `XDG_STATE_HOME`; Apple's File System Programming
    /// Guide, "Library"; Microsoft's known folder `LocalAppData`.
    static Home of(Map<String, String> environment) {
        return of(environment, System.getProperty("os.name", ""), System.getProperty("user.home", ""));
    }

    static Home of(Map<String, String> environment, String system, String userHome) {
        Path folder = folderOf(environment, system, userHome);
        return new Home(
                folder,
                variable(environment, "SKYFERRY_KEY_FILE")
                        .map(file -> Path.of(file).toAbsolutePath())
                        .orElse(folder.resolve(KEY)),
                variable(environment, "SKYFERRY_DATABASE"));
    }

    private static Path folderOf(Map<String, String> environment, String system, String userHome) {
        Optional<String> named = variable(environment, "SKYFERRY_HOME");
        if (named.isPresent()) {
            return Path.of(named.orElseThrow()).toAbsolutePath();
        }
        Path user = Path.of(variable(environment, "HOME").orElse(userHome));
        String name = system.toLowerCase(Locale.ROOT);
        if (name.contains("mac")) {
            return user.resolve("Library/Application Support/Skyferry");
        }
        if (name.contains("windows")) {
            return variable(environment, "LOCALAPPDATA")
                    .map(Path::of)
                    .orElse(user.resolve("AppData/Local"))
                    .resolve("Skyferry");
        }
        // The specification wants relative paths in its variables to be ignored.
        return variable(environment, "XDG_STATE_HOME")
                .map(Path::of)
                .filter(Path::isAbsolute)
                .orElse(user.resolve(".local/state"))
                .resolve("skyferry");
    }

    private static Optional<String> variable(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }

    /// What users set up.
    Path database() {
        return folder.resolve("app.db");
    }

    /// Logs, events and plans of runs.
    Path runs() {
        return folder.resolve("runs");
    }

    /// Where snapshots of volumes are mounted while they are read.
    Path mounts() {
        return folder.resolve("mounts");
    }

    /// Leaves the address of the database out: it may hold a password.
    @Override
    public String toString() {
        return "Home[%s]".formatted(folder);
    }

    /// Where runs keep what does not fit into memory.
    Path spill() {
        return folder.resolve("spill");
    }
}
