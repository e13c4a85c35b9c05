package io.skyferry.control.exchange;

import io.skyferry.control.run.RefusedException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// The secret under which a TrueNAS keeps passwords in its database: the content of `pwenc_secret`.
///
/// Source: truenas/middleware, `pwenc`: AES-256 in counter mode, the counter block being 8 bytes that stand
/// in front and a number from 1; what is kept is filled up with `{`.
public final class TrueNasSeed {
    private static final int KEY = 32;
    private static final int NONCE = 8;
    private static final int BLOCK = 16;
    private static final String FILLING = "\\{+$";
    /// What every TrueNAS keeps in its settings, to tell its own secret from another's.
    private static final String CHECK = "Donuts!";

    private final byte[] key;

    private TrueNasSeed(byte[] key) {
        this.key = key;
    }

    /// Takes the content of the file.
    ///
    /// @throws RefusedException if it is of another length
    public static TrueNasSeed of(byte[] content) {
        if (content.length != KEY) {
            throw new RefusedException(
                    "Want the %s bytes of 'pwenc_secret' but have %s".formatted(KEY, content.length));
        }
        return new TrueNasSeed(content.clone());
    }

    /// Whether this is the secret under which that check was written.
    boolean fits(String check) {
        return opened(check).filter(CHECK::equals).isPresent();
    }

    /// What was kept; empty: it is damaged, or was kept under another secret.
    Optional<String> opened(String kept) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(kept.strip());
        } catch (IllegalArgumentException damaged) {
            return Optional.empty();
        }
        if (bytes.length < NONCE) {
            return Optional.empty();
        }
        byte[] counter = Arrays.copyOf(Arrays.copyOf(bytes, NONCE), BLOCK);
        counter[BLOCK - 1] = 1;
        try {
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(counter));
            String text = new String(cipher.doFinal(bytes, NONCE, bytes.length - NONCE), StandardCharsets.UTF_8);
            return Optional.of(text.replaceFirst(FILLING, ""));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java has AES in counter mode", impossible);
        }
    }
}
