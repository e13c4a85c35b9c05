package io.skyferry.control.runs;

import io.skyferry.control.store.AppDatabase;
import io.skyferry.control.store.Session;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
        DAY("0"),
        /// Each task by itself, by day.
        TASK_AND_DAY("coalesce(task_id, 0)");

        private final String key;

        Grouping(String key) {
            this.key = key;
        }
    }

    /// What the real runs of one day came to that stand in one state.
    ///
    /// @param task 0: all together, or of tasks that were never saved
    private record Sum(LocalDate day, long task, RunState state, long runs, long files, long bytes, long deleted) {}

    private List<Sum> sums(LocalDate from, LocalDate to, ZoneId zone, Optional<Long> task, Grouping grouping) {
        return database.read(session -> {
                    List<Sum> sums = new ArrayList<>();
                    for (LocalDate day : daysWithRuns(session, from, to, zone)) {
                        sums.addAll(sums(session, day, zone, task, grouping));
                    }
                    return sums;
                })
                .orElse(List.of());
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

    private static List<Sum> sums(Session session, LocalDate day, ZoneId zone, Optional<Long> task, Grouping grouping)
            throws SQLException {
        List<Object> values = new ArrayList<>(List.of(millis(day, zone), millis(day.plusDays(1), zone)));
        task.ifPresent(values::add);
        return session.list(
                "select %s, state, count(*), sum(files), sum(bytes), sum(deleted) from run".formatted(grouping.key)
                        + " where queued >= ? and queued < ? and kind = 'REAL'"
                        + (task.isPresent() ? " and task_id = ?" : "")
                        + " group by 1, 2",
                row -> new Sum(
                        day,
                        row.getLong(1),
                        RunState.valueOf(row.getString(2)),
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5),
                        row.getLong(6)),
                values.toArray());
    }

    /// What the runs that have ended came to on each day that had some, by day and task.
    ///
    /// @param task empty: all
    public List<DayTotal> totals(LocalDate from, LocalDate to, ZoneId zone, Optional<Long> task, Grouping grouping) {
        Map<List<Object>, DayTotal> totals = new HashMap<>();
        for (Sum sum : sums(from, to, zone, task, grouping)) {
            if (sum.state().isFinal()) {
                totals.merge(List.of(sum.day(), sum.task()), total(sum), RunStatistics::both);
            }
        }
        return totals.values().stream()
                .sorted(Comparator.comparing(DayTotal::day)
                        .thenComparingLong(total -> total.task().orElse(0L)))
                .toList();
    }

    private static DayTotal total(Sum sum) {
        boolean good = sum.state().isGood();
        return new DayTotal(
                sum.day(),
                Optional.of(sum.task()).filter(number -> number > 0),
                sum.runs(),
                good ? sum.runs() : 0,
                good ? 0 : sum.runs(),
                sum.files(),
                sum.bytes(),
                sum.deleted());
    }

    private static DayTotal both(DayTotal a, DayTotal b) {
        return new DayTotal(
                a.day(),
                a.task(),
                a.runs() + b.runs(),
                a.good() + b.good(),
                a.bad() + b.bad(),
                a.files() + b.files(),
                a.bytes() + b.bytes(),
                a.deleted() + b.deleted());
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
        Map<LocalDate, Map<RunState, Long>> runs = new HashMap<>();
        Map<LocalDate, Long> bytes = new HashMap<>();
        for (Sum sum : sums(from, to, zone, Optional.empty(), Grouping.DAY)) {
            runs.computeIfAbsent(sum.day(), _ -> new HashMap<>()).put(sum.state(), sum.runs());
            bytes.merge(sum.day(), sum.bytes(), Long::sum);
        }
        return from.datesUntil(to.plusDays(1))
                .map(day -> new Day(day, runs.getOrDefault(day, Map.of()), bytes.getOrDefault(day, 0L)))
                .toList();
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
