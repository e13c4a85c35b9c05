package io.skyferry.app;

import io.skyferry.control.credential.Credentials;
import io.skyferry.control.credential.EncryptionSettings;
import io.skyferry.control.crypt.Encryption;
import io.skyferry.control.crypt.Encryption.Translated;
import io.skyferry.control.run.Places;
import io.skyferry.control.run.RefusedException;
import io.skyferry.crypt.CloudSyncStorage;
import io.skyferry.crypt.CryptKeys;
import io.skyferry.crypt.CryptNames;
import io.skyferry.crypt.CryptStorage;
import io.skyferry.crypt.PasswordFile;
import io.skyferry.crypt.box.Kernels;
import io.skyferry.crypt.name.CryptOptions;
import io.skyferry.crypt.name.NameResult;
import io.skyferry.crypt.synology.CloudSyncSecret;
import io.skyferry.storage.LayerSpec;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes the layers that encrypt.
final class EncryptionLayers {
    private final SecureRandom random = new SecureRandom();

    /// Puts layers over a storage.
    ///
    /// @param layers innermost first
    /// @throws RefusedException naming the setting that is wrong
    Storage over(Storage storage, List<LayerSpec> layers) {
        Storage top = storage;
        for (LayerSpec layer : layers) {
            top = over(top, layer);
        }
        return top;
    }

    private Storage over(Storage storage, LayerSpec layer) {
        return switch (layer.kind()) {
            case "crypt" ->
                isBelowItsTop(layer)
                        ? CryptStorage.folder(storage, keys(layer), options(layer), Kernels.shared(), random)
                        : new CryptStorage(storage, keys(layer), options(layer), Kernels.shared(), random);
            case "synology" -> new CloudSyncStorage(storage, secret(layer));
            default ->
                throw new RefusedException("Want a layer that is known here but have '%s'".formatted(layer.kind()));
        };
    }

    private static boolean isBelowItsTop(LayerSpec layer) {
        return !below(layer).isEmpty();
    }

    private static String below(LayerSpec layer) {
        return setting(layer, EncryptionSettings.BELOW, "").replaceAll("^/+|/+$", "");
    }

    /// The top of an encrypted account, where a folder of it is meant: there its key is proved.
    static Optional<StorageSpec> top(StorageSpec spec) {
        List<LayerSpec> layers = new ArrayList<>(spec.layers());
        if (layers.isEmpty() || !isBelowItsTop(layers.getFirst())) {
            return Optional.empty();
        }
        Map<String, String> settings = new HashMap<>(layers.getFirst().settings());
        settings.remove(EncryptionSettings.BELOW);
        layers.set(0, new LayerSpec(layers.getFirst().kind(), settings));
        return Optional.of(spec.under(layers));
    }

    /// The same place where its folder is stored: below an encrypted account it has an encrypted name, unless
    /// those of directories are plain. Each name is encrypted by itself, so what lies there opens as a whole
    /// encrypted folder does.
    ///
    /// @param spec with an encrypted account's layer innermost; every other one stays as it is
    StorageSpec stored(StorageSpec spec) {
        LayerSpec layer = spec.layers().getFirst();
        String plain = below(layer);
        if (plain.isEmpty()) {
            return spec;
        }
        Optional<String> fault = RelPath.faultOf(plain);
        if (fault.isPresent()) {
            throw new RefusedException(
                    "Want a path below an encrypted account but have '%s': %s".formatted(plain, fault.orElseThrow()));
        }
        CryptOptions options = options(layer);
        String stored = plain;
        if (options.hidesDirectories()) {
            stored = switch (new CryptNames(keys(layer), options).encode(plain)) {
                case NameResult.Name(String text) -> text;
                case NameResult.Refused(String reason) ->
                    throw new RefusedException("The path '%s' cannot be encrypted: %s".formatted(plain, reason));
            };
        }
        return spec.with(
                Places.ROOT_SETTING, Credentials.below(spec.settings().getOrDefault(Places.ROOT_SETTING, ""), stored));
    }

    SecureRandom random() {
        return random;
    }

    /// The keys that the settings ask for.
    CryptKeys keys(LayerSpec layer) {
        byte[] password = secret(layer, Encryption.PASSWORD)
                .or(() -> password(layer, "password-file"))
                .orElseThrow(() -> new RefusedException("Want a password for the encryption but none is given"));
        byte[] salt = secret(layer, Encryption.SALT)
                .or(() -> password(layer, "salt-file"))
                .orElse(new byte[0]);
        return derived(password, salt);
    }

    private static CryptKeys derived(byte[] password, byte[] salt) {
        try {
            return CryptKeys.derive(password, salt);
        } catch (IllegalArgumentException empty) {
            throw refused(String.valueOf(empty.getMessage()), empty);
        }
    }

    private static Optional<byte[]> secret(LayerSpec layer, String name) {
        String secret = setting(layer, name, "");
        return secret.isEmpty() ? Optional.empty() : Optional.of(secret.getBytes(StandardCharsets.UTF_8));
    }

    /// The form of names that the settings ask for.
    static CryptOptions options(LayerSpec layer) {
        try {
            return CryptOptions.parse(
                    setting(layer, "names", "standard"),
                    setting(layer, "directory-names", "on"),
                    setting(layer, "encoding", "base32"),
                    setting(layer, "suffix", CryptOptions.DEFAULT_SUFFIX));
        } catch (IllegalArgumentException wrong) {
            throw refused(String.valueOf(wrong.getMessage()), wrong);
        }
    }

    /// What opens files of Cloud Sync.
    static CloudSyncSecret secret(LayerSpec layer) {
        Optional<byte[]> password = password(layer, "password-file");
        if (password.isPresent()) {
            return new CloudSyncSecret.Password(password.orElseThrow());
        }
        String key = setting(layer, "key-file", "");
        try {
            return CloudSyncSecret.Key.ofPem(Files.readAllBytes(Path.of(key)));
        } catch (IOException | InvalidPathException unreadable) {
            throw refused("Want a file with the key but '%s' cannot be read".formatted(key), unreadable);
        } catch (IllegalArgumentException wrong) {
            throw refused("%s: '%s'".formatted(wrong.getMessage(), key), wrong);
        }
    }

    private static Optional<byte[]> password(LayerSpec layer, String name) {
        String file = setting(layer, name, "");
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(PasswordFile.read(Path.of(file)));
        } catch (IOException | InvalidPathException unreadable) {
            throw refused("Want a file with the password but '%s' cannot be read".formatted(file), unreadable);
        }
    }

    private static String setting(LayerSpec layer, String name, String otherwise) {
        return layer.settings().getOrDefault(name, otherwise);
    }

    private static RefusedException refused(String message, Exception cause) {
        var refused = new RefusedException(message);
        refused.initCause(cause);
        return refused;
    }

    static Translated translated(NameResult result) {
        return switch (result) {
            case NameResult.Name(String text) -> new Translated.Path(text);
            case NameResult.Refused(String reason) -> new Translated.Refused(reason);
        };
    }
}
