package io.skyferry.control.task;

import io.skyferry.control.json.JsonValue;
import io.skyferry.control.run.RefusedException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/// A text sealed under a passphrase: AES-256-GCM under a key that PBKDF2 makes of it, with HMAC-SHA-512.
///
/// Source: RFC 8018; the number of rounds is that of OWASP's Password Storage Cheat Sheet for this
/// function, tripled.
final class SealedText {
    private static final String FORMAT = "skyferry-sealed";
    private static final int ROUNDS = 630_000;
    private static final int MOST_ROUNDS = 10_000_000;
    private static final int SALT_BYTES = 16;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_BITS = 256;

    private SealedText() {}

    static String seal(String text, String passphrase) {
        var random = new SecureRandom();
        byte[] salt = new byte[SALT_BYTES];
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(salt);
        random.nextBytes(nonce);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key(passphrase, salt, ROUNDS), nonce);
            byte[] sealed = cipher.doFinal(text.getBytes(StandardCharsets.UTF_8));
            return JsonValue.Members.EMPTY
                    .with("format", JsonValue.of(FORMAT))
                    .with("rounds", JsonValue.of(ROUNDS))
                    .with("salt", base64(salt))
                    .with("nonce", base64(nonce))
                    .with("sealed", base64(sealed))
                    .toString();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("Want a Java that knows AES-GCM and PBKDF2", missing);
        }
    }

    private static JsonValue base64(byte[] bytes) {
        return JsonValue.of(Base64.getEncoder().encodeToString(bytes));
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }

    private static SecretKey key(String passphrase, byte[] salt, int rounds) throws GeneralSecurityException {
        var spec = new PBEKeySpec(passphrase.toCharArray(), salt, rounds, KEY_BITS);
        byte[] key = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                .generateSecret(spec)
                .getEncoded();
        return new SecretKeySpec(key, "AES");
    }

    static boolean isSealed(JsonValue.Members outer) {
        return outer.get("format").equals(Optional.of(JsonValue.of(FORMAT)));
    }

    /// @throws RefusedException if the passphrase is not the right one, or the text was changed
    static String open(JsonValue.Members outer, String passphrase) {
        try {
            long rounds = outer.get("rounds").orElse(JsonValue.of(0)) instanceof JsonValue.Numeral number
                    ? number.value().longValue()
                    : 0;
            if (rounds < 1 || rounds > MOST_ROUNDS) {
                throw new RefusedException("Want a sealed text but its number of rounds is none");
            }
            Cipher cipher = cipher(
                    Cipher.DECRYPT_MODE, key(passphrase, bytes(outer, "salt"), (int) rounds), bytes(outer, "nonce"));
            return new String(cipher.doFinal(bytes(outer, "sealed")), StandardCharsets.UTF_8);
        } catch (AEADBadTagException wrong) {
            var refused = new RefusedException("The passphrase is not that of the archive, or the archive was changed");
            refused.initCause(wrong);
            throw refused;
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("Want a Java that knows AES-GCM and PBKDF2", missing);
        }
    }

    private static byte[] bytes(JsonValue.Members outer, String name) {
        return outer.get(name).orElse(JsonValue.of("")) instanceof JsonValue.Text(String text)
                ? Base64.getDecoder().decode(text)
                : new byte[0];
    }
}
