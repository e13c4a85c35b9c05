package io.skyferry.server.web.credentials;

import io.skyferry.control.exchange.TrueNasProvider;
import java.util.Arrays;
import java.util.Locale;

/// What kinds of storage are called on pages.
public final class KindNames {
    private KindNames() {}

    /// The name for people, as `Amazon S3`.
    public static String title(String key) {
        return switch (key) {
            case "local" -> "Folder of this machine";
            case "s3" -> "Amazon S3 and compatible";
            default ->
                Arrays.stream(TrueNasProvider.values())
                        .filter(one -> one.kind().equals(key))
                        .map(TrueNasProvider::title)
                        .findFirst()
                        .orElseGet(() -> key.substring(0, 1).toUpperCase(Locale.ROOT) + key.substring(1));
        };
    }

    /// What a new credential of the kind may be called.
    static String first(String key) {
        return switch (key) {
            case "local" -> "Folder";
            case "s3" -> "Amazon S3";
            default -> title(key);
        };
    }

    /// An icon of `icons.svg`.
    static String icon(String key) {
        return key.equals("local") ? "folder" : "cloud";
    }
}
