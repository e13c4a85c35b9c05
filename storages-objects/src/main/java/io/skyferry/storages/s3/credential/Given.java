package io.skyferry.storages.s3.credential;

import io.skyferry.storages.s3.sign.Access;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A key as services of Amazon give it out in JSON.
final class Given {
    private Given() {}

    /// Reads it.
    ///
    /// @param who gave it, for the message
    static Access read(String json, String who) {
        Optional<String> id = field(json, "AccessKeyId");
        Optional<String> secret = field(json, "SecretAccessKey");
        if (id.isEmpty() || secret.isEmpty()) {
            throw new Credentials.MissingException("Want a key of %s but it gave none".formatted(who));
        }
        return new Access(
                id.orElseThrow(),
                secret.orElseThrow(),
                field(json, "Token").or(() -> field(json, "SessionToken")),
                field(json, "Expiration").flatMap(Given::instant));
    }

    /// A field of flat JSON whose values hold nothing that is escaped but slashes.
    static Optional<String> field(String json, String name) {
        Matcher found = Pattern.compile("\"%s\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"".formatted(name))
                .matcher(json);
        return found.find() ? Optional.of(found.group(1).replaceAll("\\\\(.)", "$1")) : Optional.empty();
    }

    static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException none) {
            // A key without an end is renewed when a server refuses it.
            return Optional.empty();
        }
    }
}
