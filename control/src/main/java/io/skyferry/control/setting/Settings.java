package io.skyferry.control.setting;

import io.skyferry.control.audit.AuditLog;
import io.skyferry.control.audit.Caller;
import io.skyferry.control.run.RefusedException;
import io.skyferry.control.store.AppDatabase;
import io.skyferry.limits.BandwidthSchedule;
import io.skyferry.limits.ByteSize;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What is set for the whole product; what nobody has set has its usual value.
public final class Settings {
    private final AppDatabase database;
    private final InstantSource clock;

    /// What can be set.
    public enum Name {
        /// Below which folders of this machine tasks may work.
        ALLOWED_FOLDERS("folders, each from the top, parted by line ends", ""),
        /// How many runs go on at a time in one process.
        MAX_RUNS("a number from 1 to 100", "4"),
        /// Of how many runs of each task the log is kept.
        LOG_KEEP_RUNS("a number from 1 to 100000", "100"),
        /// For how many days logs are kept.
        LOG_KEEP_DAYS("a number from 1 to 100000", "90"),
        /// How large all logs together may be.
        LOG_KEEP_SIZE("a size such as 500M", "1G"),
        /// For how many days the history knows a run.
        HISTORY_KEEP_DAYS("a number from 1 to 100000", "730"),
        /// How fast all runs of all services on one database together may transfer, by weekday and time.
        BANDWIDTH("a rate, or a timetable such as '08:00,512K 18:00,off'", "off");

        private final String wanted;
        private final String usual;

        Name(String wanted, String usual) {
            this.wanted = wanted;
            this.usual = usual;
        }

        /// As people write it: `max-runs`.
        public String key() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /// The setting of this name.
        ///
        /// @throws RefusedException naming all
        public static Name of(String key) {
            for (Name name : values()) {
                if (name.key().equals(key)) {
                    return name;
                }
            }
            throw new RefusedException("Want one of %s but have '%s'"
                    .formatted(
                            String.join(
                                    ", ",
                                    List.of(values()).stream().map(Name::key).toList()),
                            key));
        }
    }

    /// Settings in this database.
    public Settings(AppDatabase database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /// All of them.
    public Map<Name, String> all() {
        Map<Name, String> all = new EnumMap<>(Name.class);
        for (Name name : Name.values()) {
            all.put(name, get(name));
        }
        return all;
    }

    /// The value that holds.
    public String get(Name name) {
        return database.read(session ->
                        session.first("select value from setting where name = ?", row -> row.getString(1), name.key()))
                .flatMap(found -> found)
                .orElseGet(() -> name == Name.ALLOWED_FOLDERS ? usualFolders() : name.usual);
    }

    private static String usualFolders() {
        String home = System.getProperty("user.home", "");
        String own = Path.of(home.isEmpty() ? "/home" : home).isAbsolute() ? home + "\n" : "";
        return own + "/home\n/mnt\n/media\n/srv";
    }

    /// Sets a value.
    ///
    /// @throws RefusedException saying what is wanted
    public void set(Name name, String value, Caller caller) {
        String checked = checked(name, value);
        database.write(session -> {
            session.change(
                    "insert into setting(name, value, changed) values (?, ?, ?)"
                            + " on conflict(name) do update set value = excluded.value, changed = excluded.changed",
                    name.key(),
                    checked,
                    clock.millis());
            AuditLog.add(session, caller, clock.instant(), "setting.change", name.key(), checked);
            return true;
        });
    }

    private static String checked(Name name, String value) {
        try {
            return switch (name) {
                case ALLOWED_FOLDERS -> folders(value);
                case MAX_RUNS -> number(value, 100);
                case LOG_KEEP_RUNS, LOG_KEEP_DAYS, HISTORY_KEEP_DAYS -> number(value, 100_000);
                case BANDWIDTH -> BandwidthSchedule.parse(value).toString();
                case LOG_KEEP_SIZE -> {
                    var _ = ByteSize.parse(value);
                    yield value;
                }
            };
        } catch (IllegalArgumentException wrong) {
            var refused =
                    new RefusedException("Want %s for '%s' but have '%s'".formatted(name.wanted, name.key(), value));
            refused.initCause(wrong);
            throw refused;
        }
    }

    private static String folders(String value) {
        List<String> folders =
                value.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        if (folders.isEmpty()
                || !folders.stream()
                        .allMatch(folder ->
                                folder.startsWith("/") || Path.of(folder).isAbsolute())) {
            throw new IllegalArgumentException("no folders");
        }
        return String.join("\n", folders);
    }

    private static String number(String value, int most) {
        int number = Integer.parseInt(value);
        if (number < 1 || number > most) {
            throw new IllegalArgumentException("out of range");
        }
        return Integer.toString(number);
    }

    /// Below which folders tasks may work.
    public List<Path> allowedFolders() {
        return get(Name.ALLOWED_FOLDERS).lines().map(Path::of).toList();
    }

    /// A number.
    public int number(Name name) {
        return Integer.parseInt(get(name));
    }

    /// A number of days.
    public Duration days(Name name) {
        return Duration.ofDays(number(name));
    }

    /// How large all logs together may be.
    public long logBytes() {
        return ByteSize.parse(get(Name.LOG_KEEP_SIZE)).bytes();
    }

    /// How fast all runs together may transfer.
    public BandwidthSchedule bandwidth() {
        return BandwidthSchedule.parse(get(Name.BANDWIDTH));
    }

    /// The value if somebody has set one.
    public Optional<String> given(Name name) {
        return database.read(session ->
                        session.first("select value from setting where name = ?", row -> row.getString(1), name.key()))
                .flatMap(found -> found);
    }
}
