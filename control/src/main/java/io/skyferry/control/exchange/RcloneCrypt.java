package io.skyferry.control.exchange;

import io.skyferry.control.credential.EncryptionSettings;
import io.skyferry.control.credential.RcloneConfig.Remote;
import io.skyferry.control.credential.RcloneWords;
import io.skyferry.control.crypt.Encryption;
import io.skyferry.control.json.JsonValue;
import io.skyferry.control.run.RefusedException;
import io.skyferry.control.task.Encrypting;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// How a remote of rclone encrypts, its passwords in the open.
///
/// @param names `standard`, `obfuscate` or `off`
record RcloneCrypt(String password, String salt, String names, boolean directoryNames, String encoding, String suffix) {
    private static final String STANDARD = "standard";

    /// Leaves the passwords out.
    @Override
    public String toString() {
        return "RcloneCrypt[%s]".formatted(names);
    }

    /// Reads the options of a remote.
    ///
    /// @throws UnknownKindException if there is no such encryption here
    /// @throws RefusedException if it has no password
    static RcloneCrypt of(Remote remote, Encryption encryption) {
        Map<String, String> options = remote.options();
        if (RcloneWords.isTrue(options.getOrDefault("no_data_encryption", ""))) {
            throw new UnknownKindException("encrypted names over contents in the open are not known here");
        }
        String password = revealed(options.getOrDefault("password", ""), encryption);
        if (password.isEmpty()) {
            throw new RefusedException("it has no password");
        }
        return new RcloneCrypt(
                password,
                revealed(options.getOrDefault("password2", ""), encryption),
                options.getOrDefault("filename_encryption", STANDARD),
                RcloneWords.isTrue(options.getOrDefault("directory_name_encryption", "true")),
                options.getOrDefault("filename_encoding", Encrypting.NONE.encoding()),
                options.getOrDefault("suffix", Encrypting.NONE.suffix()));
    }

    private static String revealed(String obscured, Encryption encryption) {
        return obscured.isEmpty() ? "" : new String(encryption.reveal(obscured), StandardCharsets.UTF_8);
    }

    /// As settings of an account; what is as usual is left out.
    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(EncryptionSettings.PASSWORD, password);
        settings.put(EncryptionSettings.SALT, salt);
        settings.put(EncryptionSettings.NAMES, names.equals(STANDARD) ? "" : names);
        settings.put(EncryptionSettings.DIRECTORY_NAMES, directoryNames ? "" : "off");
        settings.put(EncryptionSettings.ENCODING, encoding.equals(Encrypting.NONE.encoding()) ? "" : encoding);
        settings.put(EncryptionSettings.SUFFIX, suffix.equals(Encrypting.NONE.suffix()) ? "" : suffix);
        settings.values().removeIf(String::isEmpty);
        return settings;
    }

    /// As fields of a task.
    ///
    /// @throws UnknownKindException if tasks do not encrypt so
    Map<String, JsonValue> fields() {
        if (names.equals("obfuscate")) {
            throw new UnknownKindException("names that are only obfuscated are no choice for tasks");
        }
        Map<String, JsonValue> fields = new LinkedHashMap<>();
        fields.put("encryption", JsonValue.of(true));
        fields.put("filename_encryption", JsonValue.of(names.equals(STANDARD)));
        fields.put("directory_name_encryption", JsonValue.of(directoryNames));
        fields.put("encryption_encoding", JsonValue.of(encoding));
        fields.put("encryption_suffix", JsonValue.of(suffix));
        fields.put("encryption_password", JsonValue.of(password));
        fields.put("encryption_salt", JsonValue.of(salt));
        return fields;
    }
}
