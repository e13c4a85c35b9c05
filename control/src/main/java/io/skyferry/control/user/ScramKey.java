package io.skyferry.control.user;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/// What a secret is checked with by SCRAM-SHA-512, and what cannot be used to log in.
///
/// Source: RFC 5802, section 3; RFC 7677 for the least number of iterations. Secrets of API keys are 256 random bits,
/// so that more iterations would add nothing but time to each request.
public final class ScramKey {
    /// How often a new key's secret is hashed.
    static final int ITERATIONS = 4096;

    static final int SALT_BYTES = 32;
    private static final int KEY_BITS = 512;
    private static final String HMAC = "HmacSHA512";

    private final byte[] salt;
    private final int iterations;
    private final byte[] storedKey;
    private final byte[] serverKey;

    /// A key as it was stored.
    ScramKey(byte[] salt, int iterations, byte[] storedKey, byte[] serverKey) {
        this.salt = salt.clone();
        this.iterations = iterations;
        this.storedKey = storedKey.clone();
        this.serverKey = serverKey.clone();
    }

    /// The key of a secret.
    static ScramKey of(String secret, byte[] salt, int iterations) {
        byte[] salted = salted(secret, salt, iterations);
        byte[] clientKey = hmac(salted, "Client Key");
        return new ScramKey(salt, iterations, sha512(clientKey), hmac(salted, "Server Key"));
    }

    /// Whether this is the secret.
    public boolean matches(String secret) {
        byte[] clientKey = hmac(salted(secret, salt, iterations), "Client Key");
        return MessageDigest.isEqual(storedKey, sha512(clientKey));
    }

    /// Whether both check the same secret in the same way.
    boolean isSame(ScramKey other) {
        return iterations == other.iterations
                && MessageDigest.isEqual(salt, other.salt)
                && MessageDigest.isEqual(storedKey, other.storedKey);
    }

    /// Whether a client that sent this proof knows the secret.
    ///
    /// @param authMessage all three messages of the exchange as RFC 5802 joins them
    public boolean matchesProof(String authMessage, byte[] proof) {
        if (proof.length != storedKey.length) {
            return false;
        }
        byte[] clientKey = hmac(storedKey, authMessage);
        for (int i = 0; i < clientKey.length; i++) {
            clientKey[i] ^= proof[i];
        }
        return MessageDigest.isEqual(storedKey, sha512(clientKey));
    }

    /// What shows a client that this side knows the key.
    public byte[] serverSignature(String authMessage) {
        return hmac(serverKey, authMessage);
    }

    /// What goes into the hash besides the secret.
    public byte[] salt() {
        return salt.clone();
    }

    /// How often the secret is hashed.
    public int iterations() {
        return iterations;
    }

    byte[] storedKey() {
        return storedKey.clone();
    }

    byte[] serverKey() {
        return serverKey.clone();
    }

    private static byte[] salted(String secret, byte[] salt, int iterations) {
        try {
            var spec = new PBEKeySpec(secret.toCharArray(), salt, iterations, KEY_BITS);
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException missing) {
            throw missing(missing);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException missing) {
            throw missing(missing);
        }
    }

    private static byte[] sha512(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-512").digest(bytes);
        } catch (GeneralSecurityException missing) {
            throw missing(missing);
        }
    }

    private static IllegalStateException missing(GeneralSecurityException missing) {
        return new IllegalStateException("Want a Java that knows SHA-512 and PBKDF2 but this one does not", missing);
    }
}
