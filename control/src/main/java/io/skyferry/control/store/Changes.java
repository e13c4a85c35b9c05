package io.skyferry.control.store;

import io.skyferry.control.json.Json;
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

    /// How things stand: one small look.
    public static Standing standing(Session session) throws SQLException {
        Map<Thing, Long> all = new EnumMap<>(Thing.class);
        for (Counted one : session.list(
                "select name, last from counter where name like '%" + SUFFIX + "'",
                row -> new Counted(row.getString(1), row.getLong(2)))) {
            Thing.of(one.counter()).ifPresent(thing -> all.put(thing, one.last()));
        }
        return new Standing(all);
    }

    /// How things stand. Of two of them, the one with a greater number for a thing was taken after a change of it.
    ///
    /// @param numbers of each kind of thing that ever changed
    public record Standing(Map<Thing, Long> numbers) {
        /// Where nothing ever changed.
        public static final Standing NONE = new Standing(Map.of());

        /// Makes the map unchangeable.
        public Standing {
            numbers = Map.copyOf(numbers);
        }

        /// The number of this kind of thing; 0 where none ever changed.
        public long of(Thing thing) {
            return numbers.getOrDefault(thing, 0L);
        }

        /// As pages and streams say it: kinds of things with their numbers.
        public Json json() {
            var json = new Json();
            for (Thing thing : Thing.values()) {
                if (numbers.containsKey(thing)) {
                    json.put(thing.name(), of(thing));
                }
            }
            return json;
        }
    }

    private record Counted(String counter, long last) {}
}
