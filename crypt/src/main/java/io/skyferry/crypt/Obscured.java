package io.skyferry.crypt;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// rclone's way of writing passwords into its settings: unreadable at a glance, and no protection.
///
/// Source: rclone, "rclone obscure".
public final class Obscured {
    private static final byte[] KEY =
            HexFormat.of().parseHex("9c935b48730a554d6bfd7c63c886a92bd390198eb8128afbf4de162b8b95f638");
    private static final int IV = 16;

    private Obscured() {}

    /// Obscures a password.
    public static String obscure(byte[] plain, RandomGenerator random) {
        byte[] bytes = new byte[IV + plain.length];
        byte[] iv = new byte[IV];
        random.nextBytes(iv);
        System.arraycopy(iv, 0, bytes, 0, IV);
        System.arraycopy(stream(iv, plain), 0, bytes, IV, plain.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// The password that was obscured.
    ///
    /// @throws IllegalArgumentException if the text is no obscured password
    public static byte[] reveal(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text.replace('=', '!'));
        } catch (IllegalArgumentException notBase64) {
            throw new IllegalArgumentException("Want an obscured password but the text is no base64", notBase64);
        }
        if (bytes.length < IV) {
            throw new IllegalArgumentException(
                    "Want an obscured password but the text is too short for one: is it obscured?");
        }
        return stream(Arrays.copyOf(bytes, IV), Arrays.copyOfRange(bytes, IV, bytes.length));
    }

    private static byte[] stream(byte[] iv, byte[] bytes) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(KEY, "AES"), new IvParameterSpec(iv));
            return cipher.doFinal(bytes);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java has AES", impossible);
        }
    }
}
