package io.skyferry.control.vault;

import io.skyferry.control.store.AppDatabase;
import io.skyferry.control.store.Session;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/// Seals secrets under the key file and opens them: AES-256-GCM, each secret bound to its [Spot] and its key.
///
/// A sealed secret is one byte of format, the key's id, a nonce that is drawn anew for each, and the cipher text
/// with its tag. Source: NIST SP 800-38D; 96-bit random nonces are good for far more secrets than anybody has.
public final class Vault {
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final byte FORMAT = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final KeyFile file;
    private final Supplier<SecureRandom> random;
    private @Nullable List<MasterKey> keys;

    /// Whether there is already something that another key has sealed.
    public enum Standing {
        /// Nothing is sealed yet: a key may be made.
        EMPTY,
        /// Something is: a missing key is not replaced, as nothing could be opened ever after.
        IN_USE
    }

    /// Whether anything in the database is sealed already.
    public static Standing standing(Session session) throws SQLException {
        for (String table : SealedColumns.TABLES) {
            if (session.first("select 1 from %s where sealed is not null limit 1".formatted(table), _ -> true)
                    .isPresent()) {
                return Standing.IN_USE;
            }
        }
        return Standing.EMPTY;
    }

    /// A vault under this key file.
    ///
    /// @param random is made when something is sealed: making it costs a cold process more than opening does
    public Vault(KeyFile file, Supplier<SecureRandom> random) {
        this.file = file;
        this.random = random;
    }

    /// Seals a secret for one spot; makes the key file where nothing was ever sealed.
    ///
    /// @throws VaultException saying what is wrong with the key file
    public byte[] seal(Spot spot, String secret, Standing standing) {
        MasterKey key = keysFor(standing).getFirst();
        byte[] nonce = new byte[NONCE_BYTES];
        random.get().nextBytes(nonce);
        try {
            byte[] sealed =
                    cipher(Cipher.ENCRYPT_MODE, key, nonce, spot).doFinal(secret.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.allocate(1 + MasterKey.ID_BYTES + NONCE_BYTES + sealed.length)
                    .put(FORMAT)
                    .put(key.id())
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException missing) {
            throw MasterKey.noCryptography(missing);
        }
    }

    /// Opens what was sealed for this spot.
    ///
    /// @throws VaultException saying what is wrong: no key, another key, or bytes that were changed
    public String open(Spot spot, byte[] sealed) {
        int head = 1 + MasterKey.ID_BYTES + NONCE_BYTES;
        if (sealed.length <= head || sealed[0] != FORMAT) {
            throw new VaultException(changed(spot));
        }
        var bytes = ByteBuffer.wrap(sealed, 1, sealed.length - 1);
        byte[] id = new byte[MasterKey.ID_BYTES];
        byte[] nonce = new byte[NONCE_BYTES];
        bytes.get(id).get(nonce);
        MasterKey key = keyOf(id);
        try {
            byte[] plain = cipher(Cipher.DECRYPT_MODE, key, nonce, spot).doFinal(sealed, head, sealed.length - head);
            return new String(plain, StandardCharsets.UTF_8);
        } catch (AEADBadTagException wrong) {
            throw new VaultException(changed(spot), wrong);
        } catch (GeneralSecurityException missing) {
            throw MasterKey.noCryptography(missing);
        }
    }

    /// Why a sealed secret cannot be opened here, as far as the key file tells; empty: its key is there.
    public Optional<String> whyClosed(byte[] sealed) {
        try {
            var _ = keyOf(Arrays.copyOfRange(sealed, 1, 1 + MasterKey.ID_BYTES));
            return Optional.empty();
        } catch (VaultException closed) {
            return Optional.of(String.valueOf(closed.getMessage()));
        }
    }

    private static Cipher cipher(int mode, MasterKey key, byte[] nonce, Spot spot) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key.sealing(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(spot.bytes(key.id()));
        return cipher;
    }

    private MasterKey keyOf(byte[] id) {
        return known(id)
                .or(() -> {
                    // Another process may have put a new key first.
                    forget();
                    return known(id);
                })
                .orElseThrow(() -> new VaultException(("Want the key '%s' that the secrets were sealed under but '%s'"
                                + " holds another one. Put the right key file back, or set the secrets anew")
                        .formatted(MasterKey.words(id), file.path())));
    }

    private Optional<MasterKey> known(byte[] id) {
        return keysFor(Standing.IN_USE).stream().filter(key -> key.hasId(id)).findFirst();
    }

    private synchronized void forget() {
        keys = null;
    }

    /// Makes a new key and seals every secret of a database under it. The old keys stay in the file, for copies of
    /// the database and for processes that have not heard of it.
    ///
    /// @return how many secrets there are
    /// @throws VaultException if one of them cannot be opened; nothing is changed then but the file
    public long rotate(AppDatabase database) {
        file.add(random.get());
        forget();
        return database.write(session -> SealedColumns.sealAnew(session, this));
    }

    private synchronized List<MasterKey> keysFor(Standing standing) {
        if (keys == null) {
            Optional<List<MasterKey>> found = file.keys();
            if (found.isEmpty() && standing == Standing.IN_USE) {
                throw new VaultException(
                        ("Want the key file '%s' but it is not there: the saved secrets cannot be opened"
                                        + " without it. Put a copy of it back, or name it in SKYFERRY_KEY_FILE")
                                .formatted(file.path()));
            }
            keys = found.orElseGet(() -> file.make(random.get()));
        }
        return keys;
    }

    private static String changed(Spot spot) {
        return "Want the secret '%s' as it was sealed but it was changed, or belongs elsewhere. Set it anew"
                .formatted(spot.field());
    }
}
