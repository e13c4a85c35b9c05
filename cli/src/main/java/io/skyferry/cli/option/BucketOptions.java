package io.skyferry.cli.option;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How buckets are opened that are named in place, as `s3:bucket/path`. What is left out comes from the variables and
/// files that Amazon's own tools read.
public final class BucketOptions {
    /// Options whose values are never shown, kept or logged.
    public static final Set<String> SECRETS =
            Set.of("--s3-secret-access-key", "--s3-session-token", "--s3-sse-customer-key");

    @Option(
            names = "--s3-provider",
            paramLabel = "KIND",
            description = "Kind of server: aws, ceph, minio, r2, wasabi, oss, cos, storj, other...")
    private @Nullable String provider;

    @Option(names = "--s3-endpoint", paramLabel = "URL", description = "The server, unless it is Amazon's.")
    private @Nullable String endpoint;

    @Option(names = "--s3-region", paramLabel = "NAME", description = "The region; found out if left out.")
    private @Nullable String region;

    @Option(names = "--s3-access-key-id", paramLabel = "ID", description = "Names the key; else AWS_ACCESS_KEY_ID.")
    private @Nullable String accessKeyId;

    @Option(
            names = "--s3-secret-access-key",
            paramLabel = "KEY",
            description = "The key. Others on this machine can see it: AWS_SECRET_ACCESS_KEY is safer.")
    private @Nullable String secretAccessKey;

    @Option(names = "--s3-session-token", paramLabel = "TOKEN", description = "Of keys that last a while only.")
    private @Nullable String sessionToken;

    @Option(names = "--s3-profile", paramLabel = "NAME", description = "A profile of ~/.aws; else AWS_PROFILE.")
    private @Nullable String profile;

    @Option(names = "--s3-path-style", description = "The bucket stands in the path, not in the host's name.")
    private boolean pathStyle;

    @Option(names = "--s3-storage-class", paramLabel = "NAME", description = "Of new files: STANDARD_IA, GLACIER_IR.")
    private @Nullable String storageClass;

    @Option(names = "--s3-sse", paramLabel = "KIND", description = "Encryption at the server: AES256 or aws:kms.")
    private @Nullable String sse;

    @Option(names = "--s3-sse-kms-key-id", paramLabel = "ID", description = "Key of the key service.")
    private @Nullable String sseKmsKeyId;

    @Option(names = "--s3-sse-customer-key", paramLabel = "BASE64", description = "A key of your own, 32 bytes.")
    private @Nullable String sseCustomerKey;

    @Option(
            names = "--s3-option",
            paramLabel = "NAME=VALUE",
            description =
                    "Further: part-size, checksum, acl, signature, list-version, conditional-writes, requester-pays, dual-stack, accelerate, anonymous, create-bucket, ca-bundle.")
    private Map<String, String> further = Map.of();

    /// Options as picocli fills them.
    public BucketOptions() {}

    /// Settings for places of the kind `s3`, each with [Place#S3_SETTINGS] before its name.
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        further.forEach((name, value) -> put(settings, name, value));
        put(settings, "provider", provider);
        put(settings, "endpoint", endpoint);
        put(settings, "region", region);
        put(settings, "access-key-id", accessKeyId);
        put(settings, "secret-access-key", secretAccessKey);
        put(settings, "session-token", sessionToken);
        put(settings, "profile", profile);
        put(settings, "path-style", pathStyle ? "on" : null);
        put(settings, "storage-class", storageClass);
        put(settings, "sse", sse);
        put(settings, "sse-kms-key-id", sseKmsKeyId);
        put(settings, "sse-customer-key", sseCustomerKey);
        return settings;
    }

    private static void put(Map<String, String> settings, String name, @Nullable String value) {
        if (value != null) {
            settings.put(Place.S3_SETTINGS + name, value);
        }
    }

    /// Whether a secret was typed, so that what was typed must not be kept.
    public boolean holdSecrets() {
        return secretAccessKey != null
                || sessionToken != null
                || sseCustomerKey != null
                || further.keySet().stream().anyMatch(name -> SECRETS.contains("--s3-" + name));
    }

    /// What was typed, fit to be shown: the values of secrets are left out.
    public static List<String> withoutSecrets(List<String> arguments) {
        List<String> shown = new ArrayList<>();
        boolean next = false;
        for (String argument : arguments) {
            int sign = argument.indexOf('=');
            String name = sign < 0 ? argument : argument.substring(0, sign);
            boolean further = SECRETS.contains("--s3-" + name) && sign > 0;
            boolean hidden = SECRETS.contains(name);
            if (next || further) {
                shown.add("...");
            } else {
                shown.add(hidden && sign > 0 ? name + "=..." : hiddenInside(argument));
            }
            next = hidden && sign < 0;
        }
        return shown;
    }

    /// `--s3-option=secret-access-key=...` in one word.
    private static String hiddenInside(String argument) {
        String start = "--s3-option=";
        if (argument.startsWith(start)) {
            String rest = argument.substring(start.length());
            int sign = rest.indexOf('=');
            if (sign > 0 && SECRETS.contains("--s3-" + rest.substring(0, sign))) {
                return start + rest.substring(0, sign) + "=...";
            }
        }
        return argument;
    }
}
