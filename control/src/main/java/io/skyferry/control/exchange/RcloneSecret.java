package io.skyferry.control.exchange;

import io.skyferry.control.run.RefusedException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Collectors;
import org.bouncycastle.crypto.engines.XSalsa20Engine;
import org.bouncycastle.crypto.macs.Poly1305;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

/// An rclone configuration that is encrypted under a password.
///
/// Source: rclone's documentation, "Configuration Encryption"; NaCl's secretbox: XSalsa20 and Poly1305,
/// whose key is the first 32 bytes of the stream.
public final class RcloneSecret {
    private static final String MARK = "RCLONE_ENCRYPT_V0:";
    private static final int NONCE = 24;
    private static final int TAG = 16;
    private static final int KEY = 32;

    private RcloneSecret() {}

    /// Whether the text is encrypted.
    public static boolean isEncrypted(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#") && !line.startsWith(";"))
                .findFirst()
                .filter(line -> line.startsWith("RCLONE_ENCRYPT_"))
                .isPresent();
    }

    /// What is encrypted in the text.
    ///
    /// @throws RefusedException if the password is another, or the text is of another version or damaged
    public static String opened(String text, String password) {
        String body = text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#") && !line.startsWith(";"))
                .collect(Collectors.joining());
        if (!body.startsWith(MARK)) {
            throw new RefusedException("Want a configuration encrypted by version 0 but have another version");
        }
        byte[] sealed;
        try {
            sealed = Base64.getDecoder().decode(body.substring(MARK.length()));
        } catch (IllegalArgumentException damaged) {
            var refused = new RefusedException("Want an encrypted configuration but it is damaged");
            refused.initCause(damaged);
            throw refused;
        }
        if (sealed.length < NONCE + TAG) {
            throw new RefusedException("Want an encrypted configuration but it is cut short");
        }
        return new String(box(sealed, key(password)), StandardCharsets.UTF_8);
    }

    private static byte[] key(String password) {
        String salted = "[" + Normalizer.normalize(password, Normalizer.Form.NFKC) + "][rclone-config]";
        try {
            return MessageDigest.getInstance("SHA-256").digest(salted.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }

    private static byte[] box(byte[] sealed, byte[] key) {
        var stream = new XSalsa20Engine();
        stream.init(false, new ParametersWithIV(new KeyParameter(key), Arrays.copyOf(sealed, NONCE)));
        byte[] macKey = new byte[KEY];
        stream.processBytes(macKey, 0, KEY, macKey, 0);
        var mac = new Poly1305();
        mac.init(new KeyParameter(macKey));
        int from = NONCE + TAG;
        int length = sealed.length - from;
        mac.update(sealed, from, length);
        byte[] tag = new byte[TAG];
        mac.doFinal(tag, 0);
        if (!MessageDigest.isEqual(tag, Arrays.copyOfRange(sealed, NONCE, from))) {
            throw new RefusedException("Want the configuration's password but have another");
        }
        byte[] plain = new byte[length];
        stream.processBytes(sealed, from, length, plain, 0);
        return plain;
    }
}
