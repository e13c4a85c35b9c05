package io.skyferry.control.exchange;

import io.skyferry.control.credential.Credential;
import io.skyferry.control.credential.Credentials;
import io.skyferry.control.credential.EncryptionSettings;
import io.skyferry.control.credential.RcloneWords;
import io.skyferry.control.crypt.Encryption;
import io.skyferry.control.run.Places;
import io.skyferry.control.task.Encrypting;
import io.skyferry.control.task.Task;
import io.skyferry.control.task.TaskJson;
import io.skyferry.control.task.TaskWork;
import io.skyferry.control.task.Tasks;
import io.skyferry.storage.StorageSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Writes a configuration with which rclone reaches the same accounts and reads what encrypted tasks wrote.
///
/// It holds all secrets in the open, or obscured, which is no protection.
public final class RcloneExport {
    private static final String PROVIDER = "provider";

    private final Credentials credentials;
    private final Tasks tasks;
    private final Encryption encryption;

    /// Writes these.
    public RcloneExport(Credentials credentials, Tasks tasks, Encryption encryption) {
        this.credentials = credentials;
        this.tasks = tasks;
        this.encryption = encryption;
    }

    /// The text of the configuration. A credential keeps its name; an encrypted task is called `task-7`.
    public String text() {
        List<String> lines = new ArrayList<>();
        for (Credential credential : credentials.list()) {
            addCredential(credential, lines);
        }
        for (Task task : tasks.list()) {
            if (task.fields().encrypting().enabled()) {
                addTask(task, lines);
            }
        }
        return String.join("\n", lines) + "\n";
    }

    private void addCredential(Credential credential, List<String> lines) {
        Map<String, String> saved = credentials.saved(new StorageSpec(credential.name(), Map.of()));
        if (saved.getOrDefault(EncryptionSettings.PASSWORD, "").isEmpty()) {
            addAccount(credential, credential.name(), lines);
            return;
        }
        String inner = credential.name() + "-stored";
        addAccount(credential, inner, lines);
        Map<String, String> options = new LinkedHashMap<>();
        options.put("remote", inner + ":");
        options.put("filename_encryption", saved.getOrDefault(EncryptionSettings.NAMES, ""));
        options.put(
                "directory_name_encryption",
                saved.getOrDefault(EncryptionSettings.DIRECTORY_NAMES, "").equals("off") ? "false" : "");
        options.put("filename_encoding", saved.getOrDefault(EncryptionSettings.ENCODING, ""));
        options.put("suffix", saved.getOrDefault(EncryptionSettings.SUFFIX, ""));
        options.put("password", obscured(saved.getOrDefault(EncryptionSettings.PASSWORD, "")));
        options.put("password2", obscured(saved.getOrDefault(EncryptionSettings.SALT, "")));
        add(credential.name(), "crypt", options, lines);
    }

    private void addAccount(Credential credential, String name, List<String> lines) {
        String base = credential.settings().getOrDefault(Places.ROOT_SETTING, "");
        boolean local = credential.provider().equals("local");
        if (!base.isEmpty()) {
            String account = name + "-account";
            add(name, "alias", Map.of("remote", local ? base : account + ":" + base), lines);
            if (!local) {
                add(account, credential.provider(), options(credential), lines);
            }
        } else {
            add(name, credential.provider(), options(credential), lines);
        }
    }

    private Map<String, String> options(Credential credential) {
        Map<String, String> options = new LinkedHashMap<>();
        if (credential.provider().equals("local")) {
            return options;
        }
        Map<String, String> settings = new TreeMap<>(credentials
                .resolve(new StorageSpec(credential.name(), Map.of()))
                .settings());
        if (credential.provider().equals("s3")) {
            String server = settings.getOrDefault(PROVIDER, "");
            boolean amazon =
                    server.isEmpty() && settings.getOrDefault("endpoint", "").isEmpty();
            boolean environment = !settings.containsKey("secret-access-key")
                    && !settings.getOrDefault("anonymous", "").equals("on");
            options.put(PROVIDER, amazon ? "AWS" : RcloneWords.server(server));
            options.put("env_auth", Boolean.toString(environment));
            options.put("sse_customer_algorithm", settings.containsKey("sse-customer-key") ? "AES256" : "");
        }
        settings.forEach((name, value) -> {
            if (RcloneWords.hasOption(name) && !name.equals(PROVIDER) && !value.equals("auto")) {
                options.put(RcloneWords.option(name), RcloneWords.theirs(name, value));
            }
        });
        return options;
    }

    private void addTask(Task task, List<String> lines) {
        TaskWork work = tasks.work(task.id());
        StorageSpec remote = work.remote();
        Encrypting encrypting = task.fields().encrypting();
        Map<String, String> options = new LinkedHashMap<>();
        options.put("remote", work.credential() + ":" + remote.settings().getOrDefault(Places.ROOT_SETTING, ""));
        options.put("filename_encryption", encrypting.names() ? "standard" : "off");
        options.put("directory_name_encryption", Boolean.toString(encrypting.directoryNames()));
        options.put("filename_encoding", unless(Encrypting.NONE.encoding(), encrypting.encoding()));
        options.put("suffix", unless(Encrypting.NONE.suffix(), encrypting.suffix()));
        options.put("password", obscured(work.secrets().getOrDefault(TaskJson.PASSWORD, "")));
        options.put("password2", obscured(work.secrets().getOrDefault(TaskJson.SALT, "")));
        add("task-" + task.id(), "crypt", options, lines);
    }

    private static String unless(String usual, String value) {
        return value.equals(usual) ? "" : value;
    }

    private String obscured(String secret) {
        return secret.isEmpty() ? "" : encryption.obscure(secret.getBytes(StandardCharsets.UTF_8));
    }

    /// @param options those without a value are left out
    private static void add(String name, String type, Map<String, String> options, List<String> lines) {
        lines.add("[%s]".formatted(name));
        lines.add("type = " + type);
        options.forEach((option, value) -> {
            if (!value.isEmpty()) {
                lines.add("%s = %s".formatted(option, quoted(value)));
            }
        });
        lines.add("");
    }

    /// No value adds a line; one that rclone would take for quoted, or whose blanks it would drop, is quoted.
    private static String quoted(String value) {
        String line = value.replace("\r", "").replace("\n", "");
        boolean needed = line.startsWith("`") || line.startsWith("\"\"\"") || !line.equals(line.strip());
        return needed ? "\"\"\"" + line + "\"\"\"" : line;
    }
}
