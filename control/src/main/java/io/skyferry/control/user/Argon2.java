package io.skyferry.control.user;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// Hashes passwords with Argon2id, at most two at a time: each takes memory.
///
/// Source: RFC 9106; OWASP's Password Storage Cheat Sheet for the cost; the PHC string format.
public final class Argon2 {
    /// What a hash costs.
    ///
    /// @param memoryKib for each hash
    public record Cost(int memoryKib, int passes, int lanes) {
        /// 19 MiB, two passes: about 100 ms.
        public static final Cost USUAL = new Cost(19 * 1024, 2, 1);
    }

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int AT_A_TIME = 2;
    private static final Pattern PHC = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(\\d{1,8}),t=(\\d{1,4}),p=(\\d{1,3})\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

    private final Cost cost;
    private final Supplier<SecureRandom> random;
    private final Semaphore seats = new Semaphore(AT_A_TIME);

    /// Hashes at this cost.
    public Argon2(Cost cost, Supplier<SecureRandom> random) {
        this.cost = cost;
        this.random = random;
    }

    /// The hash of a password under a new salt, with all that is needed to check it.
    String hash(String password) {
        byte[] salt = new byte[SALT_BYTES];
        random.get().nextBytes(salt);
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=%s,t=%s,p=%s$%s$%s"
                .formatted(
                        cost.memoryKib(),
                        cost.passes(),
                        cost.lanes(),
                        base64.encodeToString(salt),
                        base64.encodeToString(computed(cost, salt, password, HASH_BYTES)));
    }

    /// Whether a password belongs to a hash; takes its time for text that is no hash, too.
    boolean matches(String phc, String password) {
        Optional<Read> read = read(phc);
        if (read.isEmpty()) {
            computed(cost, new byte[SALT_BYTES], password, HASH_BYTES);
            return false;
        }
        Read known = read.orElseThrow();
        byte[] given = computed(known.cost(), known.salt(), password, known.hash().length);
        return MessageDigest.isEqual(known.hash(), given);
    }

    /// Whether a hash was made at another cost than is usual now.
    boolean isStale(String phc) {
        return read(phc).filter(known -> known.cost().equals(cost)).isEmpty();
    }

    @SuppressWarnings("ArrayRecordComponent") // lives inside one call
    private record Read(Cost cost, byte[] salt, byte[] hash) {}

    private static Optional<Read> read(String phc) {
        Matcher parts = PHC.matcher(phc);
        if (!parts.matches()) {
            return Optional.empty();
        }
        var cost = new Cost(
                Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)), Integer.parseInt(parts.group(3)));
        return Optional.of(new Read(
                cost,
                Base64.getDecoder().decode(parts.group(4)),
                Base64.getDecoder().decode(parts.group(5))));
    }

    private byte[] computed(Cost cost, byte[] salt, String password, int length) {
        var generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(cost.memoryKib())
                .withIterations(cost.passes())
                .withParallelism(cost.lanes())
                .withSalt(salt)
                .build());
        byte[] hash = new byte[length];
        seats.acquireUninterruptibly();
        try {
            generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
        } finally {
            seats.release();
        }
        return hash;
    }
}
