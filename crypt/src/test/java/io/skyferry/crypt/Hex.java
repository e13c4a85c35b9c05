package io.skyferry.crypt;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Bytes and keys that tests share.
public final class Hex {
    /// Keys of the password `potato` and the salt `sausage`.
    public static final CryptKeys SALTED = CryptKeys.derive(utf8("potato"), utf8("sausage"));

    /// Keys of the password `potato` without salt.
    public static final CryptKeys UNSALTED = CryptKeys.derive(utf8("potato"), new byte[0]);

    private Hex() {}

    public static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    public static String text(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public static String sha256(byte[] bytes) {
        try {
            return text(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Bytes that follow a line: `factor * i + start`.
    public static byte[] line(int length, int factor, int start) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (factor * i + start);
        }
        return bytes;
    }
}
