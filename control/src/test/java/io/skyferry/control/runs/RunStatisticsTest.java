package io.skyferry.control.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.control.runs.RunStatistics.Grouping;
import io.skyferry.control.store.AppDatabase;
import io.skyferry.control.store.SqliteDatabase;
import io.skyferry.testkit.FakeClock;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunStatisticsTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final LocalDate FIRST = LocalDate.parse("2026-10-24");

    /// The clocks go back in its night: it has 25 hours.
    private static final LocalDate LONG = LocalDate.parse("2026-10-25");

    private static final LocalDate LAST = LocalDate.parse("2026-10-26");

    private final AppDatabase database;
    private final RunStatistics statistics;
    private long runs;

    RunStatisticsTest(@TempDir Path folder) {
        this.database =
                new SqliteDatabase(folder.resolve("app.db"), new FakeClock(Instant.parse("2026-10-26T12:00:00Z"))::get);
        this.statistics = new RunStatistics(database);
    }

    @BeforeEach
    void history() {
        add(1L, RunState.SUCCESS, RunKind.REAL, "2026-10-24T21:59:59Z", 3);
        add(1L, RunState.WARNINGS, RunKind.REAL, "2026-10-24T22:00:00Z", 5);
        add(2L, RunState.FAILED, RunKind.REAL, "2026-10-25T22:59:59Z", 7);
        add(1L, RunState.SUCCESS, RunKind.DRY_RUN, "2026-10-25T12:00:00Z", 11);
        add(1L, RunState.ABORTED, RunKind.REAL, "2026-10-25T23:00:00Z", 13);
        add(2L, RunState.RUNNING, RunKind.REAL, "2026-10-26T08:00:00Z", 17);
        add(null, RunState.SUCCESS, RunKind.REAL, "2026-10-26T09:00:00Z", 19);
    }

    @AfterEach
    void end() {
        database.close();
    }

    private void add(@Nullable Long task, RunState state, RunKind kind, String queued, long bytes) {
        runs++;
        database.write(session -> session.change(
                "insert into run(id, task_id, description, kind, cause, caller, state, queued, local_writes, remote_writes,"
                        + " message, excerpt, progress, fields, files, bytes, copied, renamed, deleted, unchanged, skipped,"
                        + " failed, warnings) values (?, ?, '', ?, 'USER', 'anna', ?, ?, 0, 0, '', '', '', '', 1, ?, 0, 0, 2,"
                        + " 0, 0, 0, 0)",
                runs,
                task,
                kind.name(),
                state.name(),
                Instant.parse(queued).toEpochMilli(),
                bytes));
    }

    private static DayTotal total(LocalDate day, @Nullable Long task, long good, long bad, long bytes) {
        long all = good + bad;
        return new DayTotal(day, Optional.ofNullable(task), all, good, bad, all, bytes, 2 * all);
    }

    @Test
    void daysAreThoseOfTheZoneAndRunsThatGoOnAreNoTotal() {
        assertThat(statistics.totals(FIRST, LAST, BERLIN, Optional.empty(), Grouping.DAY))
                .containsExactly(total(FIRST, null, 1, 0, 3), total(LONG, null, 1, 1, 12), total(LAST, null, 1, 1, 32));
    }

    @Test
    void eachTaskIsByItselfAndSoAreRunsOfNone() {
        assertThat(statistics.totals(FIRST, LAST, BERLIN, Optional.empty(), Grouping.TASK_AND_DAY))
                .containsExactly(
                        total(FIRST, 1L, 1, 0, 3),
                        total(LONG, 1L, 1, 0, 5),
                        total(LONG, 2L, 0, 1, 7),
                        total(LAST, null, 1, 0, 19),
                        total(LAST, 1L, 0, 1, 13));
    }

    @Test
    void oneTaskIsAddedUpAlone() {
        assertThat(statistics.totals(FIRST, LAST, BERLIN, Optional.of(2L), Grouping.DAY))
                .isEqualTo(List.of(total(LONG, null, 0, 1, 7)));
        assertThat(statistics.totals(LAST, LAST, BERLIN, Optional.of(7L), Grouping.TASK_AND_DAY))
                .isEmpty();
    }

    @Test
    void everyDayOfAStretchIsShownWithWhatGoesOn() {
        assertThat(statistics.days(FIRST.minusDays(1), LAST, BERLIN))
                .containsExactly(
                        new RunStatistics.Day(FIRST.minusDays(1), Map.of(), 0),
                        new RunStatistics.Day(FIRST, Map.of(RunState.SUCCESS, 1L), 3),
                        new RunStatistics.Day(LONG, Map.of(RunState.WARNINGS, 1L, RunState.FAILED, 1L), 12),
                        new RunStatistics.Day(
                                LAST, Map.of(RunState.ABORTED, 1L, RunState.RUNNING, 1L, RunState.SUCCESS, 1L), 49));
    }
}
