package io.skyferry.crypt;

import io.skyferry.crypt.box.Scrypt;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/// The keys of an encrypted folder: one for contents, one for names, and what sets the names apart.
///
/// Source: rclone, "Crypt", section "Key derivation".
public final class CryptKeys {
    private static final Scrypt.Cost COST = new Scrypt.Cost(16_384, 8, 1);
    private static final int KEY = 32;
    private static final int TWEAK = 16;
    private static final int BYTES = 2 * KEY + TWEAK;
    private static final int ID = 8;

    /// Stands in where no salt was given.
    private static final byte[] FIXED_SALT = HexFormat.of().parseHex("a80df43a8fbd0308a7cab83e581f86b1");

    private static final DerivedKeys DERIVED = new DerivedKeys();

    private final byte[] material;

    private CryptKeys(byte[] material) {
        this.material = material;
    }

    /// Derives the keys, which takes 16 MiB for a moment, or gives those that the process derived from the same before.
    ///
    /// @param password UTF-8 as typed: neither trimmed nor normalised
    /// @param salt the same; empty where none was given
    /// @throws IllegalArgumentException if the password is empty
    public static CryptKeys derive(byte[] password, byte[] salt) {
        if (password.length == 0) {
            throw new IllegalArgumentException("Want a password for the encryption but it is empty");
        }
        byte[] used = salt.length == 0 ? FIXED_SALT : salt;
        return DERIVED.get(password, used, () -> new CryptKeys(Scrypt.derive(password, used, COST, BYTES)));
    }

    /// Keys that were derived before.
    ///
    /// @param material 80 bytes
    static CryptKeys of(byte[] material) {
        if (material.length != BYTES) {
            throw new IllegalArgumentException("Want %s bytes but have %s".formatted(BYTES, material.length));
        }
        return new CryptKeys(material.clone());
    }

    /// The key of the contents.
    public byte[] data() {
        return Arrays.copyOfRange(material, 0, KEY);
    }

    /// The key of the names.
    public byte[] name() {
        return Arrays.copyOfRange(material, KEY, 2 * KEY);
    }

    /// What sets this folder's names apart from others' under the same key.
    public byte[] tweak() {
        return Arrays.copyOfRange(material, 2 * KEY, BYTES);
    }

    /// Names the keys without giving them away: where the memory of a pair tells one encryption from
    /// another.
    public String id() {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(material);
            return HexFormat.of().formatHex(sha.digest(), 0, ID);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }

    /// Says nothing.
    @Override
    public String toString() {
        return "CryptKeys";
    }
}
