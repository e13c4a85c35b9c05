package io.skyferry.control.store;

import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Numbers that grow with each change, one for each kind of thing: who looks after them need not look at the things.
///
/// They are written in the transaction of the change itself, so that a number that was seen stands for changes that can
/// be seen.
public final class Changes {
    private static final String SUFFIX = ".change";

    private Changes() {}

    /// What changes.
    public enum Thing {
        /// A run: asked for, begun, further, ended.
        RUN,
        /// A task: made, changed, deleted, due at another time.
        TASK,
        /// An account.
        CREDENTIAL,
        /// An alert: raised, cleared, seen.
        ALERT,
        /// Where alerts go.
        CHANNEL,
        /// What is set for the whole product.
        SETTING,
        /// Who may log in.
        USER,
        /// Keys of users.
        API_KEY;

        private String counter() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-') + SUFFIX;
        }

        private static Optional<Thing> of(String counter) {
            for (Thing thing : values()) {
                if (thing.counter().equals(counter)) {
                    return Optional.of(thing);
                }
            }
            return Optional.empty();
        }
    }

    /// Tells that something changed.
    ///
    /// @return the number that stands for this change
    public static long told(Session session, Thing thing) throws SQLException {
        return session.nextNumber(thing.counter());
    }

    /// Tells of the kind of thing that a word names, such as `task`; other words name nothing that is looked after.
    public static void told(Session session, String word) throws SQLException {
        Optional<Thing> thing = Thing.of(word + SUFFIX);
        if (thing.isPresent()) {
            var _ = told(session, thing.orElseThrow());
        }
    }

    /// The number of each kind of thing that ever changed: one small look.
    public static Map<Thing, Long> all(Session session) throws SQLException {
        Map<Thing, Long> all = new EnumMap<>(Thing.class);
        for (Counted one : session.list(
                "select name, last from counter where name like '%" + SUFFIX + "'",
                row -> new Counted(row.getString(1), row.getLong(2)))) {
            Thing.of(one.counter()).ifPresent(thing -> all.put(thing, one.last()));
        }
        return all;
    }

    private record Counted(String counter, long last) {}
}
