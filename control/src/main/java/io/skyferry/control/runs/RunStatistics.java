package io.skyferry.control.runs;

import io.skyferry.control.store.AppDatabase;
import io.skyferry.control.store.Session;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// What runs came to, added up for charts and tables.
public final class RunStatistics {
    private final AppDatabase database;

    /// Of the runs in this database.
    RunStatistics(AppDatabase database) {
        this.database = database;
    }

    /// What is added up.
    public enum Grouping {
        /// All tasks together, by day.
        DAY("0", ""),
        /// Each task by itself, by day.
        TASK_AND_DAY("coalesce(task_id, 0)", " group by 1 order by 1");

        private final String key;
        private final String clause;

        Grouping(String key, String clause) {
            this.key = key;
            this.clause = clause;
        }
    }

    /// Somebody may ask for a thousand years: none but those with runs in them are looked through.
    private static List<LocalDate> daysWithRuns(Session session, LocalDate from, LocalDate to, ZoneId zone)
            throws SQLException {
        long begin = millis(from, zone);
        long end = millis(to.plusDays(1), zone);
        Optional<Instant> first = edge(session, "min", begin, end);
        Optional<Instant> last = edge(session, "max", begin, end);
        if (first.isEmpty() || last.isEmpty()) {
            return List.of();
        }
        return LocalDate.ofInstant(first.orElseThrow(), zone)
                .datesUntil(LocalDate.ofInstant(last.orElseThrow(), zone).plusDays(1))
                .toList();
    }

    private static Optional<Instant> edge(Session session, String which, long begin, long end) throws SQLException {
        return session.first(
                        "select %s(queued) from run where queued >= ? and queued < ?".formatted(which),
                        row -> {
                            long millis = row.getLong(1);
                            return row.wasNull()
                                    ? Optional.<Instant>empty()
                                    : Optional.of(Instant.ofEpochMilli(millis));
                        },
                        begin,
                        end)
                .flatMap(found -> found);
    }

    private static long millis(LocalDate day, ZoneId zone) {
        return day.atStartOfDay(zone).toInstant().toEpochMilli();
    }

    /// What the runs that have ended came to on each day that had some, by day and task.
    ///
    /// @param task empty: all
    public List<DayTotal> totals(LocalDate from, LocalDate to, ZoneId zone, Optional<Long> task, Grouping grouping) {
        return database.read(session -> {
                    List<DayTotal> totals = new ArrayList<>();
                    for (LocalDate day : daysWithRuns(session, from, to, zone)) {
                        totals.addAll(totals(session, day, zone, task, grouping));
                    }
                    return totals;
                })
                .orElse(List.of());
    }

    private static List<DayTotal> totals(
            Session session, LocalDate day, ZoneId zone, Optional<Long> task, Grouping grouping) throws SQLException {
        List<Object> values = new ArrayList<>(List.of(millis(day, zone), millis(day.plusDays(1), zone)));
        task.ifPresent(values::add);
        // Which states there may not be, not which there may: those would lead SQLite through the whole history.
        List<DayTotal> found = session.list(
                "select %s, count(*), sum(case when state in (%s) then 1 else 0 end), sum(files), sum(bytes), sum(deleted)"
                                .formatted(grouping.key, states(RunState::isGood))
                        + " from run where queued >= ? and queued < ? and kind = 'REAL' and state not in (%s)"
                                .formatted(states(state -> !state.isFinal()))
                        + (task.isPresent() ? " and task_id = ?" : "")
                        + grouping.clause,
                row -> new DayTotal(
                        day,
                        Optional.of(row.getLong(1)).filter(number -> number > 0),
                        row.getLong(2),
                        row.getLong(3),
                        row.getLong(2) - row.getLong(3),
                        row.getLong(4),
                        row.getLong(5),
                        row.getLong(6)),
                values.toArray());
        return found.stream().filter(total -> total.runs() > 0).toList();
    }

    private static String states(Predicate<RunState> those) {
        return Arrays.stream(RunState.values())
                .filter(those)
                .map(state -> "'" + state + "'")
                .collect(Collectors.joining(", "));
    }

    /// What the real runs that were queued on one day came to, those that have not ended among them.
    ///
    /// @param bytes that went over
    public record Day(LocalDate day, Map<RunState, Long> runs, long bytes) {
        /// Makes the map unchangeable.
        public Day {
            runs = Map.copyOf(runs);
        }

        /// How many there were.
        public long count() {
            return runs.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /// The days from one to another, both among them, each with its runs, in order.
    public List<Day> days(LocalDate from, LocalDate to, ZoneId zone) {
        Map<LocalDate, Day> days = database.read(session -> {
                    Map<LocalDate, Day> found = new HashMap<>();
                    for (LocalDate day : daysWithRuns(session, from, to, zone)) {
                        found.put(day, day(session, day, zone));
                    }
                    return found;
                })
                .orElse(Map.of());
        return from.datesUntil(to.plusDays(1))
                .map(day -> days.getOrDefault(day, new Day(day, Map.of(), 0)))
                .toList();
    }

    private static Day day(Session session, LocalDate day, ZoneId zone) throws SQLException {
        Map<RunState, Long> runs = new EnumMap<>(RunState.class);
        List<Long> bytes = session.list(
                "select state, count(*), sum(bytes) from run where queued >= ? and queued < ? and kind = 'REAL'"
                        + " group by 1",
                row -> {
                    runs.put(RunState.valueOf(row.getString(1)), row.getLong(2));
                    return row.getLong(3);
                },
                millis(day, zone),
                millis(day.plusDays(1), zone));
        return new Day(day, runs, bytes.stream().mapToLong(Long::longValue).sum());
    }

    /// Bytes that went over between two moments, at an even pace as far as is known.
    public record Stretch(Instant from, Instant to, long bytes) {}

    /// What the runs transferred that ended at this time or later.
    public List<Stretch> transferred(Instant since) {
        return database.read(session -> session.list(
                        "select started, finished, bytes from run where finished >= ? and bytes > 0"
                                + " and kind = 'REAL' and started is not null",
                        row -> new Stretch(
                                Instant.ofEpochMilli(row.getLong(1)),
                                Instant.ofEpochMilli(row.getLong(2)),
                                row.getLong(3)),
                        since.toEpochMilli()))
                .orElse(List.of());
    }
}
