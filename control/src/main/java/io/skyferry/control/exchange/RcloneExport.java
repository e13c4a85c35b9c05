package io.skyferry.control.exchange;

import io.skyferry.control.credential.Credential;
import io.skyferry.control.credential.Credentials;
import io.skyferry.control.credential.EncryptionSettings;
import io.skyferry.control.crypt.Encryption;
import io.skyferry.control.run.Places;
import io.skyferry.control.task.Encrypting;
import io.skyferry.control.task.Task;
import io.skyferry.control.task.TaskWork;
import io.skyferry.control.task.Tasks;
import io.skyferry.storage.StorageSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Writes a configuration with which rclone reaches the same accounts and reads what encrypted tasks wrote.
///
/// It holds all secrets in the open, or obscured, which is no protection.
public final class RcloneExport {
    /// Settings that mean the same under another name.
    private static final Map<String, String> NAMES = Map.of(
            "sse", "server_side_encryption",
            "path-style", "force_path_style",
            "accelerate", "use_accelerate_endpoint",
            "dual-stack", "use_dual_stack");

    private static final Map<String, String> SERVERS = Map.of(
            "aws", "AWS",
            "ceph", "Ceph",
            "minio", "Minio",
            "wasabi", "Wasabi",
            "storj", "Storj",
            "r2", "Cloudflare",
            "oss", "Alibaba",
            "cos", "TencentCOS");

    /// What rclone has no word for, or finds out by itself.
    private static final List<String> OURS =
            List.of("path", "part-size", "ca-bundle", "create-bucket", "conditional-writes", "anonymous", "profile");

    /// Settings of an encrypted account and what rclone calls them; its passwords are obscured there.
    private static final Map<String, String> OF_ENCRYPTION = Map.of(
            EncryptionSettings.NAMES, "filename_encryption",
            EncryptionSettings.DIRECTORY_NAMES, "directory_name_encryption",
            EncryptionSettings.ENCODING, "filename_encoding",
            EncryptionSettings.SUFFIX, "suffix");

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
        OF_ENCRYPTION.forEach((setting, option) -> {
            String value = saved.getOrDefault(setting, "");
            if (!value.isEmpty()) {
                options.put(option, worded(value));
            }
        });
        if (saved.getOrDefault(EncryptionSettings.NAMES, "").equals("off")) {
            options.put("filename_encryption", "off");
        }
        options.put("password", obscured(saved.getOrDefault(EncryptionSettings.PASSWORD, "")));
        String salt = saved.getOrDefault(EncryptionSettings.SALT, "");
        if (!salt.isEmpty()) {
            options.put("password2", obscured(salt));
        }
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
        Map<String, String> settings = credentials
                .resolve(new StorageSpec(credential.name(), Map.of()))
                .settings();
        if (credential.provider().equals("s3")) {
            String server = settings.getOrDefault("provider", "").toLowerCase(Locale.ROOT);
            boolean amazon =
                    server.isEmpty() && settings.getOrDefault("endpoint", "").isEmpty();
            options.put("provider", amazon ? "AWS" : SERVERS.getOrDefault(server, "Other"));
            options.put("env_auth", Boolean.toString(!settings.containsKey("secret-access-key")));
        }
        settings.forEach((name, value) -> {
            if (name.equals("signature")) {
                options.put("v2_auth", Boolean.toString(value.equals("v2")));
            } else if (!name.equals("provider") && !value.equals("auto") && !OURS.contains(name)) {
                options.put(NAMES.getOrDefault(name, name.replace('-', '_')), worded(value));
            }
        });
        return options;
    }

    private static String worded(String value) {
        return switch (value) {
            case "on" -> "true";
            case "off" -> "false";
            default -> value;
        };
    }

    private void addTask(Task task, List<String> lines) {
        TaskWork work = tasks.work(task.id());
        StorageSpec remote = work.remote();
        Encrypting encrypting = task.fields().encrypting();
        Map<String, String> options = new LinkedHashMap<>();
        options.put("remote", work.credential() + ":" + remote.settings().getOrDefault(Places.ROOT_SETTING, ""));
        options.put("filename_encryption", encrypting.names() ? "standard" : "off");
        options.put("directory_name_encryption", Boolean.toString(encrypting.directoryNames()));
        if (!encrypting.encoding().equals(Encrypting.NONE.encoding())) {
            options.put("filename_encoding", encrypting.encoding());
        }
        if (!encrypting.suffix().equals(Encrypting.NONE.suffix())) {
            options.put("suffix", encrypting.suffix());
        }
        options.put("password", obscured(work.secrets().getOrDefault("encryption_password", "")));
        String salt = work.secrets().getOrDefault("encryption_salt", "");
        if (!salt.isEmpty()) {
            options.put("password2", obscured(salt));
        }
        add("task-" + task.id(), "crypt", options, lines);
    }

    private String obscured(String secret) {
        return encryption.obscure(secret.getBytes(StandardCharsets.UTF_8));
    }

    private static void add(String name, String type, Map<String, String> options, List<String> lines) {
        lines.add("[%s]".formatted(name));
        lines.add("type = " + type);
        options.forEach((option, value) -> lines.add("%s = %s".formatted(option, quoted(value))));
        lines.add("");
    }

    /// No value adds a line; one that rclone would take for quoted, or whose blanks it would drop, is quoted.
    private static String quoted(String value) {
        String line = value.replace("\r", "").replace("\n", "");
        boolean needed = line.startsWith("`") || line.startsWith("\"\"\"") || !line.equals(line.strip());
        return needed ? "\"\"\"" + line + "\"\"\"" : line;
    }
}
