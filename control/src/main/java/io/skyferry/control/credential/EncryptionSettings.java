package io.skyferry.control.credential;

import io.skyferry.control.crypt.Encryption;
import io.skyferry.storage.LayerSpec;
import io.skyferry.storage.StorageProvider.Kind;
import io.skyferry.storage.StorageProvider.Setting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What every credential may have besides its account: an encryption, so that all its places are encrypted ones.
public final class EncryptionSettings {
    /// The layer that encrypts.
    public static final String LAYER = Encryption.LAYER;

    private static final String PREFIX = LAYER + "-";

    /// The password; where there is one, the account is encrypted.
    public static final String PASSWORD = PREFIX + Encryption.PASSWORD;

    /// The second password.
    public static final String SALT = PREFIX + Encryption.SALT;

    /// `standard`, `obfuscate` or `off`.
    public static final String NAMES = PREFIX + Encryption.NAMES;

    /// Whether names of directories are encrypted too.
    public static final String DIRECTORY_NAMES = PREFIX + Encryption.DIRECTORY_NAMES;

    /// How encrypted names are written.
    public static final String ENCODING = "crypt-encoding";

    /// What stands behind names that are not encrypted.
    public static final String SUFFIX = "crypt-suffix";

    /// In the layer of an encrypted account: the plain path of the folder that is meant, below the account's own.
    public static final String BELOW = "below";

    /// The ways in which encrypted names are written.
    public static final List<String> ENCODINGS = List.of("base32", "base64", "base32768");

    static final List<Setting> ALL = List.of(
            secret(
                    PASSWORD,
                    "Encryption password",
                    "Encrypts names and contents as rclone does; none: nothing is encrypted."),
            secret(SALT, "Encryption salt", "The second password, which rclone calls password2."),
            open(NAMES, "Filename encryption", "standard: encrypted; obfuscate: scrambled; off: plain.")
                    .of(new Kind.Choice(List.of("standard", "obfuscate", "off"))),
            open(DIRECTORY_NAMES, "Directory name encryption", "off: names of directories stay plain.")
                    .of(new Kind.Switch()),
            open(ENCODING, "Encoding of encrypted names", "base32, base64 or base32768.")
                    .of(new Kind.Choice(ENCODINGS)),
            open(SUFFIX, "Suffix of names that are not encrypted", "With filename encryption off; none: no suffix."));

    private EncryptionSettings() {}

    private static Setting open(String name, String label, String help) {
        return new Setting(name, label, help, false, false);
    }

    private static Setting secret(String name, String label, String help) {
        return new Setting(name, label, help, false, true);
    }

    /// Whether a setting is one of these.
    public static boolean isOne(String name) {
        return ALL.stream().anyMatch(setting -> setting.name().equals(name));
    }

    /// The layer that these settings ask for.
    ///
    /// @param settings of a credential, secrets in the open
    /// @param below the plain path of the folder that is meant
    static Optional<LayerSpec> layer(Map<String, String> settings, String below) {
        if (settings.getOrDefault(PASSWORD, "").isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> layer = new LinkedHashMap<>();
        for (Setting setting : ALL) {
            String value = settings.getOrDefault(setting.name(), "");
            if (!value.isEmpty()) {
                layer.put(setting.name().substring(PREFIX.length()), value);
            }
        }
        layer.put(BELOW, below);
        return Optional.of(new LayerSpec(LAYER, layer));
    }
}
