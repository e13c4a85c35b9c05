package io.skyferry.control.credential;

import io.skyferry.control.run.RefusedException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What a credential may be called: what can stand before the colon of a place and means nothing else there.
///
/// Source: rclone's documentation, "Valid remote names"; letters of all scripts are allowed.
public final class CredentialName {
    /// Letters, digits, `_`, and between them `.`, `+`, `@`, `-` and blanks.
    public static final String PATTERN = "[\\p{L}\\p{N}_][\\p{L}\\p{N}_.+@ -]*";

    private static final Pattern SHAPE = Pattern.compile(PATTERN);

    private static final int MOST_LETTERS = 100;

    /// What a place begins with that is encrypted.
    private static final Set<String> LAYERS = Set.of("crypt", "synology");

    private CredentialName() {}

    /// The name of `work` or `work:`, as people type it.
    public static String withoutColon(String typed) {
        return typed.endsWith(":") ? typed.substring(0, typed.length() - 1) : typed;
    }

    /// Whether a name means something else already.
    ///
    /// @param kinds the keys of all providers
    public static boolean isTaken(String name, Collection<String> kinds) {
        return kinds.contains(name) || LAYERS.contains(name);
    }

    /// Takes the name if it can be one.
    ///
    /// @param kinds the keys of all providers: `s3:bucket` is a place already
    /// @throws RefusedException saying what is wrong with it
    static String checked(String name, Collection<String> kinds) {
        Optional<String> fault = fault(name, kinds);
        if (fault.isPresent()) {
            throw new RefusedException(Map.of("name", fault.orElseThrow()));
        }
        return name;
    }

    private static Optional<String> fault(String name, Collection<String> kinds) {
        if (!SHAPE.matcher(name).matches() || name.endsWith(" ")) {
            return Optional.of(("Want a name of letters, digits and '_', with '.', '+', '@', '-' or blanks in"
                            + " between, but have '%s'")
                    .formatted(name));
        }
        if (name.length() == 1) {
            return Optional.of("Want a name of at least two letters but have '%s': '%s:/' is a drive on Windows"
                    .formatted(name, name));
        }
        if (name.length() > MOST_LETTERS) {
            return Optional.of("Want a name of at most %s letters but have %s".formatted(MOST_LETTERS, name.length()));
        }
        return isTaken(name, kinds)
                ? Optional.of("Want a name of its own but have '%s': '%s:' already means a kind of storage"
                        .formatted(name, name))
                : Optional.empty();
    }
}
