package io.skyferry.control.user;

import io.skyferry.hash.Hasher;
import io.skyferry.storage.HashType;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

/// Random texts that open something, of which the digest alone is kept.
final class Tokens {
    private static final int BYTES = 32;

    private Tokens() {}

    /// 256 random bits as text for URLs and cookies.
    static String drawn(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// What is kept of it: nothing leads back, as there are too many to try.
    static String digest(String token) {
        return Hasher.hex(HashType.SHA256, token.getBytes(StandardCharsets.UTF_8));
    }
}
