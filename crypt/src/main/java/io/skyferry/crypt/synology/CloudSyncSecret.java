package io.skyferry.crypt.synology;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What opens an encrypted file: either does alone.
public sealed interface CloudSyncSecret {
    /// The password of the encryption.
    final class Password implements CloudSyncSecret {
        private final byte[] bytes;

        /// @param bytes UTF-8 as typed
        public Password(byte[] bytes) {
            this.bytes = bytes.clone();
        }

        byte[] bytes() {
            return bytes.clone();
        }
    }

    /// The exported private key.
    final class Key implements CloudSyncSecret {
        private static final Pattern PEM = Pattern.compile(
                "-----BEGIN (RSA )?PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END (RSA )?PRIVATE KEY-----");

        /// What stands before a bare RSA key in the form that the JDK reads: version 0, algorithm RSA.
        private static final byte[] PREFIX = HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

        private static final int SEQUENCE = 0x30;
        private static final int OCTETS = 0x04;

        private final PrivateKey key;

        private Key(PrivateKey key) {
            this.key = key;
        }

        /// Reads `private.pem` of an exported `key.zip`.
        ///
        /// @throws IllegalArgumentException if it is no RSA key
        public static Key ofPem(byte[] pem) {
            Matcher matcher = PEM.matcher(new String(pem, StandardCharsets.ISO_8859_1));
            if (!matcher.find()) {
                throw new IllegalArgumentException("Want a private key in PEM form but have something else");
            }
            byte[] der = Base64.getMimeDecoder().decode(matcher.group(2));
            byte[] wrapped =
                    matcher.group(1) == null ? der : tagged(SEQUENCE, PREFIX, tagged(OCTETS, der, new byte[0]));
            try {
                return new Key(KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(wrapped)));
            } catch (GeneralSecurityException broken) {
                throw new IllegalArgumentException("Want an RSA key but it cannot be read", broken);
            }
        }

        PrivateKey key() {
            return key;
        }

        private static byte[] tagged(int tag, byte[] first, byte[] second) {
            int length = first.length + second.length;
            byte[] head = {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
            byte[] whole = new byte[head.length + length];
            System.arraycopy(head, 0, whole, 0, head.length);
            System.arraycopy(first, 0, whole, head.length, first.length);
            System.arraycopy(second, 0, whole, head.length + first.length, second.length);
            return whole;
        }
    }
}
