package io.skyferry.control.user;

import io.skyferry.control.audit.AuditLog;
import io.skyferry.control.audit.Caller;
import io.skyferry.control.audit.Role;
import io.skyferry.control.store.AppDatabase;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// Lets users in by name and password, slowly where somebody guesses.
public final class Logins {
    private final AppDatabase database;
    private final Users users;
    private final LoginThrottle throttle;
    private final InstantSource clock;

    /// Logins of these users.
    public Logins(AppDatabase database, Users users, LoginThrottle throttle, InstantSource clock) {
        this.database = database;
        this.users = users;
        this.throttle = throttle;
        this.clock = clock;
    }

    /// What came of a try.
    public sealed interface Verdict {
        /// Name and password belong together.
        record Welcome(User user) implements Verdict {}

        /// They do not, or nobody has the name: which of these is not told.
        record Wrong() implements Verdict {}

        /// Nothing was checked.
        ///
        /// @param left until the next try
        record TooMany(Duration left) implements Verdict {}
    }

    /// Checks name and password.
    ///
    /// @param address from where
    public Verdict tryPassword(String name, String password, String address) {
        Duration wait = throttle.wait(name, address);
        if (wait.isPositive()) {
            return new Verdict.TooMany(wait);
        }
        Optional<User> user = users.known(name, password);
        if (user.isEmpty()) {
            throttle.failed(name, address);
            told(new Caller(shortened(name), Role.READER, address), "login.refused");
            return new Verdict.Wrong();
        }
        throttle.succeeded(name);
        told(user.orElseThrow().from(address), "login");
        return new Verdict.Welcome(user.orElseThrow());
    }

    /// Somebody may have typed anything, a password even: no more of it than a name has is kept, and of what no
    /// user can be called nothing at all.
    private static String shortened(String name) {
        return Users.isName(name) ? name : "?";
    }

    private void told(Caller caller, String action) {
        database.write(session -> {
            AuditLog.add(session, caller, clock.instant(), action, "user " + caller.name(), "");
            return true;
        });
    }
}
