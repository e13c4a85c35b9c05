package io.skyferry.control.runs;

import java.time.LocalDate;
import java.util.Optional;

/// What the runs of one task came to on one day, for charts.
///
/// @param task empty: tasks that were never saved
public record DayTotal(
        LocalDate day, Optional<Long> task, long runs, long good, long bad, long files, long bytes, long deleted) {}
