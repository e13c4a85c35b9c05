package io.skyferry.control.vault;

import io.skyferry.control.store.OwnerOnly;
import io.skyferry.limits.FileTrouble;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The file with the key that all secrets are sealed under: a line `aes256 <base64>` for each key, the current one
/// first. Secrets that were sealed under one of the others can still be opened.
public final class KeyFile {
    private static final Pattern KEY = Pattern.compile("aes256 ([A-Za-z0-9+/]{43}=)");
    private static final long MOST_BYTES = 1 << 16;
    private static final String WORDS = """
            # The key of Skyferry's secrets. Who has this file and app.db can read them; without it nobody can.
            # Keep a copy of it, and not where you keep copies of app.db.
            """;

    private final Path file;

    /// A key file that need not be there yet.
    public KeyFile(Path file) {
        this.file = file;
    }

    /// Where it is.
    public Path path() {
        return file;
    }

    /// The keys, the current one first; empty: there is no file.
    ///
    /// @throws VaultException if others can read the file, or it holds no key
    Optional<List<MasterKey>> keys() {
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            if (OwnerOnly.isOpenToOthers(file)) {
                throw new VaultException(("Want a key file that its owner alone can read but others can read '%s'."
                                + " If nobody else has read it: chmod 600 '%s'")
                        .formatted(file, file));
            }
            if (Files.size(file) > MOST_BYTES) {
                throw noKey();
            }
            return Optional.of(parsed(Files.readString(file, StandardCharsets.ISO_8859_1)));
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        } catch (IOException failure) {
            throw new VaultException(
                    "The key file '%s' cannot be read: %s".formatted(file, FileTrouble.of(failure)), failure);
        }
    }

    private List<MasterKey> parsed(String text) {
        List<MasterKey> keys = new ArrayList<>();
        for (String line : text.lines().map(String::strip).toList()) {
            Matcher key = KEY.matcher(line);
            if (key.matches()) {
                keys.add(new MasterKey(Base64.getDecoder().decode(key.group(1))));
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                throw noKey();
            }
        }
        if (keys.isEmpty()) {
            throw noKey();
        }
        return keys;
    }

    private VaultException noKey() {
        return new VaultException(
                "Want a key file with a line 'aes256 KEY' but '%s' has something else in it. Put a copy of it back"
                        .formatted(file));
    }

    /// Puts a new key before those that are there.
    ///
    /// @throws VaultException if there are none, or the file cannot be written
    void add(SecureRandom random) {
        if (keys().isEmpty()) {
            throw new VaultException(
                    "Want the key file '%s' but it is not there: nothing was ever sealed".formatted(file));
        }
        byte[] bytes = new byte[MasterKey.BYTES];
        random.nextBytes(bytes);
        try {
            String old = Files.readString(file, StandardCharsets.ISO_8859_1)
                    .lines()
                    .filter(line -> KEY.matcher(line.strip()).matches())
                    .collect(Collectors.joining("\n"));
            String text =
                    "%saes256 %s\n%s\n".formatted(WORDS, Base64.getEncoder().encodeToString(bytes), old);
            OwnerOnly.write(file, text.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException failure) {
            throw new VaultException(
                    "The key file '%s' cannot be written: %s".formatted(file, FileTrouble.of(failure)), failure);
        }
    }

    /// Makes the file with a new key. It is on the medium before anything is sealed under it.
    List<MasterKey> make(SecureRandom random) {
        byte[] bytes = new byte[MasterKey.BYTES];
        random.nextBytes(bytes);
        String text = WORDS + "aes256 " + Base64.getEncoder().encodeToString(bytes) + "\n";
        try {
            OwnerOnly.write(file, text.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException failure) {
            throw new VaultException(
                    "The key file '%s' cannot be made: %s".formatted(file, FileTrouble.of(failure)), failure);
        }
        return List.of(new MasterKey(bytes));
    }
}
