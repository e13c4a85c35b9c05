package io.skyferry.storages.local;

import io.skyferry.storage.HashType;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Upload;
import io.skyferry.storage.Version;
import io.skyferry.storage.WriteOptions;
import io.skyferry.storage.WriteOptions.Condition;
import io.skyferry.storage.WriteOptions.Durability;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What an upload's token says: the temporary file's name, how it was filled, and how it is to be published.
///
/// @param temp the name, beside the target
/// @param filling whether its bytes come in parts
record UploadToken(String temp, Filling filling, WriteOptions options) {
    /// How the temporary file gets its bytes.
    enum Filling {
        /// In parts.
        PARTS,
        /// It shares the source's blocks since it was made.
        SHARED
    }

    private static final String NONE = "-";

    String text() {
        String time = options.modTime()
                .map(at -> at.getEpochSecond() + "." + at.getNano())
                .orElse(NONE);
        String condition = switch (options.condition()) {
            case Condition.None() -> "any";
            case Condition.Absent() -> "absent";
            case Condition.Matches(var version) -> "is:".concat(version.text());
        };
        return String.join(
                "|", temp, filling.name(), time, condition, options.durability().name(), text(options.hashes()));
    }

    /// @throws IllegalArgumentException if the text is no token of ours
    static UploadToken of(Upload upload) {
        String[] fields = upload.token().split("\\|", -1);
        TempName temp = fields.length == 5 || fields.length == 6
                ? TempName.parse(RelPath.bytesOf(fields[0])).orElse(null)
                : null;
        if (temp == null) {
            throw new IllegalArgumentException(
                    "Want the token of an upload to '%s' but have '%s'".formatted(upload.file(), upload.token()));
        }
        WriteOptions options = new WriteOptions(
                timeOf(fields[2]),
                Map.of(),
                conditionOf(fields[3]),
                temp.owner(),
                Durability.valueOf(fields[4]),
                // Tokens of older versions have none.
                fields.length == 6 ? hashesOf(fields[5]) : Map.of());
        return new UploadToken(fields[0], Filling.valueOf(fields[1]), options);
    }

    private static String text(Map<HashType, String> hashes) {
        return new TreeMap<>(hashes)
                .entrySet().stream()
                        .map(hash -> hash.getKey() + "=" + hash.getValue())
                        .collect(Collectors.joining(","));
    }

    private static Map<HashType, String> hashesOf(String text) {
        return Arrays.stream(text.split(",", -1))
                .filter(one -> !one.isEmpty())
                .map(one -> one.split("=", 2))
                .collect(Collectors.toMap(one -> HashType.valueOf(one[0]), one -> one[1]));
    }

    private static Optional<Instant> timeOf(String text) {
        if (text.equals(NONE)) {
            return Optional.empty();
        }
        int dot = text.indexOf('.');
        return Optional.of(Instant.ofEpochSecond(
                Long.parseLong(text, 0, dot, 10), Long.parseLong(text, dot + 1, text.length(), 10)));
    }

    private static Condition conditionOf(String text) {
        return switch (text) {
            case "any" -> new Condition.None();
            case "absent" -> new Condition.Absent();
            default -> new Condition.Matches(new Version(text.substring("is:".length())));
        };
    }

    byte[] tempBytes() {
        return RelPath.bytesOf(temp);
    }
}
