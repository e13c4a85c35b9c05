package io.skyferry.control.vault;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// A key of the key file, from which one key for each purpose is derived.
///
/// Source: RFC 5869, HKDF with SHA-256.
final class MasterKey {
    static final int BYTES = 32;
    static final int ID_BYTES = 8;
    private static final String HKDF = "HKDF-SHA256";

    private final SecretKey master;
    private final byte[] id;

    /// @param bytes [#BYTES] of them
    MasterKey(byte[] bytes) {
        this.master = new SecretKeySpec(bytes, "Generic");
        try {
            this.id = KDF.getInstance(HKDF).deriveData(purpose("skyferry key id", ID_BYTES));
        } catch (GeneralSecurityException missing) {
            throw noCryptography(missing);
        }
    }

    private HKDFParameterSpec purpose(String words, int bytes) {
        return HKDFParameterSpec.ofExtract()
                .addIKM(master)
                .thenExpand(words.getBytes(StandardCharsets.US_ASCII), bytes);
    }

    /// The key that seals secrets at rest.
    SecretKey sealing() {
        try {
            return KDF.getInstance(HKDF).deriveKey("AES", purpose("skyferry secrets at rest", BYTES));
        } catch (GeneralSecurityException missing) {
            throw noCryptography(missing);
        }
    }

    static VaultException noCryptography(GeneralSecurityException missing) {
        return new VaultException("Want a Java that knows AES-GCM and HKDF but this one does not", missing);
    }

    /// What tells this key from any other, and tells nothing of it.
    byte[] id() {
        return id.clone();
    }

    boolean hasId(byte[] other) {
        return MessageDigest.isEqual(id, other);
    }

    /// The id as people see it.
    static String words(byte[] id) {
        return HexFormat.of().formatHex(Arrays.copyOf(id, 4));
    }

    /// Never the key itself.
    @Override
    public String toString() {
        return "MasterKey[" + words(id) + "]";
    }
}
