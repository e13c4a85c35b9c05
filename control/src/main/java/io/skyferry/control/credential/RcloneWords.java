package io.skyferry.control.credential;

import io.skyferry.limits.ByteSize;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What rclone calls the settings of accounts, and what they are called here.
///
/// Source: rclone's documentation of its kinds of storage, 1.60 to 1.76.
public final class RcloneWords {
    /// Settings that rclone has no word for.
    private static final Set<String> OURS = Set.of("ca-bundle", "checksum", "create-bucket", "conditional-writes");

    /// Settings that it says by other means than an option: by an alias, or by having no key.
    private static final Set<String> BY_OTHER_MEANS = Set.of("path", "anonymous");

    /// Settings that mean the same under another name.
    private static final Map<String, String> NAMES = Map.of(
            "sse", "server_side_encryption",
            "path-style", "force_path_style",
            "accelerate", "use_accelerate_endpoint",
            "dual-stack", "use_dual_stack",
            "signature", "v2_auth",
            "part-size", "chunk_size",
            "sse-customer-key", "sse_customer_key_base64");

    /// Kinds of server that have a name of their own in both.
    private static final Map<String, String> SERVERS = Map.of(
            "aws", "AWS",
            "ceph", "Ceph",
            "minio", "Minio",
            "wasabi", "Wasabi",
            "storj", "Storj",
            "r2", "Cloudflare",
            "oss", "Alibaba",
            "cos", "TencentCOS",
            "other", "Other");

    private RcloneWords() {}

    /// Whether rclone has a word for a setting, or other means to say it.
    public static boolean has(String setting) {
        return !OURS.contains(setting);
    }

    /// Whether it has an option for it.
    public static boolean hasOption(String setting) {
        return has(setting) && !BY_OTHER_MEANS.contains(setting);
    }

    /// What rclone calls a setting.
    public static String option(String setting) {
        return NAMES.getOrDefault(setting, setting.replace('-', '_'));
    }

    /// What an option of rclone is called here, if it is known.
    static String setting(String option) {
        return NAMES.entrySet().stream()
                .filter(one -> one.getValue().equals(option))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(option.replace('_', '-'));
    }

    /// The value of a setting as rclone writes it.
    public static String theirs(String setting, String value) {
        return switch (setting) {
            case "signature" -> Boolean.toString(value.equals("v2"));
            case "part-size" -> value + "B";
            default ->
                switch (value) {
                    case "on" -> "true";
                    case "off" -> "false";
                    default -> value;
                };
        };
    }

    /// The value of an option as it is written here.
    ///
    /// @throws IllegalArgumentException if it is none
    static String ours(String option, String value) {
        return switch (option) {
            case "v2_auth" -> isTrue(value) ? "v2" : "v4";
            case "chunk_size" -> Long.toString(ByteSize.parse(value).bytes());
            case "sse_customer_key" -> Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
            default ->
                switch (value.toLowerCase(Locale.ROOT)) {
                    case "true" -> "on";
                    case "false" -> "off";
                    default -> value;
                };
        };
    }

    /// Whether rclone takes it for true.
    ///
    /// Source: `strconv.ParseBool` of Go.
    public static boolean isTrue(String value) {
        return value.matches("1|t|T|true|TRUE|True");
    }

    /// What rclone calls a kind of server.
    ///
    /// @param provider its name here, in any letters
    public static String server(String provider) {
        return SERVERS.getOrDefault(provider.toLowerCase(Locale.ROOT), "Other");
    }

    /// What a kind of server is called here, if it has a name.
    public static Optional<String> provider(String server) {
        return SERVERS.entrySet().stream()
                .filter(one -> one.getValue().equalsIgnoreCase(server))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
