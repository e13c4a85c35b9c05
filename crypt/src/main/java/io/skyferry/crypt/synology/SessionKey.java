package io.skyferry.crypt.synology;

import io.skyferry.crypt.content.DamagedException;
import io.skyferry.crypt.synology.Container.Value.Fields;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;

/// The key of one file, and how it is got out of the file's header.
final class SessionKey {
    private static final int KEY = 32;
    private static final int IV = 16;
    private static final int ROUNDS_WITH_SALT = 1000;
    private static final int HASH_SALT = 10;
    private static final long FIRST_WITH_RAW_KEYS = 3;

    private SessionKey() {}

    /// What decrypts the data of a file.
    ///
    /// @throws WrongSecretException if the secret is another file's
    static Cipher dataCipher(Fields header, CloudSyncSecret secret) throws IOException {
        byte[] text = text(header, secret);
        String hash = field(header, "session_key_hash");
        if (!matches(hash, text)) {
            throw new WrongSecretException(
                    "Want the password or key that the file was encrypted with but have another one");
        }
        long major = header.below("version")
                .flatMap(version -> version.number("major"))
                .orElse(1L);
        byte[] raw = major >= FIRST_WITH_RAW_KEYS ? unhexed(text) : text;
        return cipher(derive(raw, new byte[0]));
    }

    private static byte[] text(Fields header, CloudSyncSecret secret) throws IOException {
        return switch (secret) {
            case CloudSyncSecret.Password password -> byPassword(header, password.bytes());
            case CloudSyncSecret.Key key -> byKey(header, key);
        };
    }

    private static byte[] byPassword(Fields header, byte[] password) throws IOException {
        if (!matches(field(header, "key1_hash"), password)) {
            throw new WrongSecretException("Want the password that the file was encrypted with but have another");
        }
        byte[] salt = header.text("salt").orElse("").getBytes(StandardCharsets.UTF_8);
        try {
            return cipher(derive(password, salt)).doFinal(decoded(field(header, "enc_key1")));
        } catch (GeneralSecurityException broken) {
            throw damaged(broken);
        }
    }

    private static byte[] byKey(Fields header, CloudSyncSecret.Key key) throws IOException {
        try {
            Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    key.key(),
                    new OAEPParameterSpec("SHA-1", "MGF1", MGF1ParameterSpec.SHA1, PSource.PSpecified.DEFAULT));
            return cipher.doFinal(decoded(field(header, "enc_key2")));
        } catch (BadPaddingException other) {
            var wrong =
                    new WrongSecretException("Want the private key that the file was encrypted for but have another");
            wrong.initCause(other);
            throw wrong;
        } catch (GeneralSecurityException broken) {
            throw damaged(broken);
        }
    }

    private static String field(Fields header, String name) throws DamagedException {
        return header.text(name)
                .orElseThrow(() -> new DamagedException("Want a header with '%s' but it has none".formatted(name)));
    }

    private static byte[] decoded(String base64) throws DamagedException {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException broken) {
            throw damaged(broken);
        }
    }

    private static byte[] unhexed(byte[] text) throws DamagedException {
        try {
            return HexFormat.of().parseHex(new String(text, StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException broken) {
            throw damaged(broken);
        }
    }

    private static DamagedException damaged(Exception cause) {
        var damaged = new DamagedException("Want the key of the file but its header is damaged");
        damaged.initCause(cause);
        return damaged;
    }

    /// Whether a text begins with ten letters of salt and goes on with the hash of the data behind them.
    private static boolean matches(String hash, byte[] data) {
        if (hash.length() < HASH_SALT) {
            return false;
        }
        MessageDigest md5 = md5();
        md5.update(hash.substring(0, HASH_SALT).getBytes(StandardCharsets.UTF_8));
        String want = HexFormat.of().formatHex(md5.digest(data));
        return hash.substring(HASH_SALT).equals(want);
    }

    /// A key and the start of its chain: 48 bytes.
    static byte[] derive(byte[] secret, byte[] salt) {
        byte[] derived = new byte[KEY + IV];
        byte[] round = new byte[0];
        for (int at = 0; at < derived.length; at += round.length) {
            MessageDigest md5 = md5();
            md5.update(round);
            md5.update(secret);
            round = md5.digest(salt);
            for (int i = 1; i < (salt.length == 0 ? 1 : ROUNDS_WITH_SALT); i++) {
                round = md5.digest(round);
            }
            System.arraycopy(round, 0, derived, at, round.length);
        }
        return derived;
    }

    private static Cipher cipher(byte[] derived) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    new SecretKeySpec(Arrays.copyOf(derived, KEY), "AES"),
                    new IvParameterSpec(derived, KEY, IV));
            return cipher;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java has AES", impossible);
        }
    }

    static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has MD5", impossible);
        }
    }
}
