package io.skyferry.control.user;

import io.skyferry.control.audit.Caller;
import io.skyferry.control.audit.Role;
import io.skyferry.control.run.RefusedException;
import io.skyferry.control.store.AppDatabase;
import io.skyferry.control.store.Session;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/// The link that makes the first user, printed where nobody can log in yet. It works once; each start prints a new
/// one, and the old one is void.
public final class SetupLink {
    private final AppDatabase database;
    private final Users users;
    private final Supplier<SecureRandom> random;
    private final InstantSource clock;

    /// A link to this database.
    public SetupLink(AppDatabase database, Users users, Supplier<SecureRandom> random, InstantSource clock) {
        this.database = database;
        this.users = users;
        this.random = random;
        this.clock = clock;
    }

    /// The secret of a new link; empty: there are users already.
    public Optional<String> renew() {
        String token = Tokens.drawn(random.get());
        return database.write(session -> {
            session.change("delete from setup_link");
            if (!Users.noneIn(session)) {
                return Optional.empty();
            }
            session.change(
                    "insert into setup_link(id, digest, made) values (1, ?, ?)", Tokens.digest(token), clock.millis());
            return Optional.of(token);
        });
    }

    /// Makes the first user, an admin.
    ///
    /// @throws RefusedException if the link is void, or name or password cannot be taken
    public User use(String token, String name, String password, String origin) {
        Users.checkName(name);
        if (password.isEmpty()) {
            throw new RefusedException("Want a password for '%s' but have none".formatted(name));
        }
        byte[] given = Tokens.digest(token).getBytes(StandardCharsets.US_ASCII);
        // Hashing a password costs far more than this look, and anybody may ask.
        var _ = database.read(session -> expectValid(session, given));
        String hash = users.hashed(password);
        return database.write(session -> {
            expectValid(session, given);
            session.change("delete from setup_link");
            return users.insert(session, name, Role.ADMIN, hash, new Caller(name, Role.ADMIN, origin));
        });
    }

    private static boolean expectValid(Session session, byte[] given) throws SQLException {
        boolean valid = session.first("select digest from setup_link", row -> row.getString(1))
                .filter(kept -> MessageDigest.isEqual(kept.getBytes(StandardCharsets.US_ASCII), given))
                .isPresent();
        if (!Users.noneIn(session)) {
            throw new RefusedException(
                    "Want no user yet but there are users already, so that the setup link is void: log in");
        }
        if (!valid) {
            throw new RefusedException(
                    "Want the setup link that was printed last but this one is void. Start again for a new one");
        }
        return true;
    }
}
