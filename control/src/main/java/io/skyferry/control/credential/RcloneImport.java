package io.skyferry.control.credential;

import io.skyferry.control.run.RefusedException;
import io.skyferry.storage.StorageProvider.Setting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Saves the remotes of an `rclone.conf` as credentials, as far as their kinds of storage are known here.
public final class RcloneImport {
    /// Options that mean the same under another name.
    private static final Map<String, String> NAMES = Map.of(
            "server_side_encryption", "sse",
            "force_path_style", "path-style",
            "use_accelerate_endpoint", "accelerate",
            "use_dual_stack", "dual-stack");

    /// Options that say what holds here anyway: keys that are not given are looked for in the environment.
    private static final Set<String> NEEDLESS = Set.of("env_auth");

    /// Servers that rclone calls otherwise; of those that are not known here the endpoint tells what is to be known.
    private static final Map<String, String> SERVERS = Map.of(
            "aws", "aws",
            "ceph", "ceph",
            "minio", "minio",
            "wasabi", "wasabi",
            "storj", "storj",
            "cloudflare", "r2",
            "alibaba", "oss",
            "tencentcos", "cos",
            "other", "other");

    private final Credentials credentials;

    /// Imports to these.
    public RcloneImport(Credentials credentials) {
        this.credentials = credentials;
    }

    /// What became of one remote.
    ///
    /// @param saved whether there is now a credential of its name
    /// @param words what was left out, or why it was not saved; never a secret
    public record Outcome(String name, boolean saved, String words) {}

    /// Saves what can be saved; each remote has an answer of its own.
    ///
    /// @param text the content of the file
    /// @throws RefusedException if it is no such file
    public List<Outcome> run(String text) {
        return RcloneConfig.parse(text).stream().map(this::saved).toList();
    }

    private Outcome saved(RcloneConfig.Remote remote) {
        try {
            Translated ours = translated(remote, credentials.kinds());
            credentials.add(remote.name(), remote.type(), SettingChanges.of(ours.settings()));
            return new Outcome(remote.name(), true, ours.words());
        } catch (RefusedException refused) {
            return new Outcome(remote.name(), false, String.valueOf(refused.getMessage()));
        }
    }

    /// A remote's options in our words.
    ///
    /// @param leftOut options that are not known here
    public record Translated(Map<String, String> settings, List<String> leftOut) {
        /// Leaves the values out.
        @Override
        public String toString() {
            return "Translated[%s, without %s]".formatted(settings.keySet(), leftOut);
        }

        /// What is to be known.
        public String words() {
            return leftOut.isEmpty() ? "" : "left out, not known here: " + String.join(", ", leftOut);
        }
    }

    /// Puts the options of a remote into our words.
    ///
    /// @throws RefusedException if its kind of storage is not known here
    public static Translated translated(RcloneConfig.Remote remote, Kinds kinds) {
        if (!kinds.keys().contains(remote.type())) {
            throw new RefusedException("the kind of storage '%s' is not known here".formatted(remote.type()));
        }
        Map<String, Setting> known = kinds.settings(remote.type());
        Map<String, String> settings = new HashMap<>();
        List<String> leftOut = new ArrayList<>();
        remote.options().forEach((option, value) -> {
            String name = NAMES.getOrDefault(option, option.replace('_', '-'));
            if (name.equals("v2-auth") && known.containsKey("signature")) {
                settings.put("signature", value.equals("true") ? "v2" : "v4");
            } else if (name.equals("provider")) {
                String server = SERVERS.getOrDefault(value.toLowerCase(Locale.ROOT), "");
                if (!server.isEmpty()) {
                    settings.put(name, server);
                } else if (!value.isEmpty()) {
                    leftOut.add(option);
                }
            } else if (known.containsKey(name)) {
                settings.put(name, worded(value));
            } else if (!NEEDLESS.contains(option) && !value.isEmpty()) {
                leftOut.add(option);
            }
        });
        return new Translated(settings, leftOut);
    }

    private static String worded(String value) {
        return switch (value) {
            case "true" -> "on";
            case "false" -> "off";
            default -> value;
        };
    }
}
