package io.skyferry.control.runs;

/// What is kept of a run at its end.
record RunOutcome(String message, String excerpt, RunProgress progress, RunTotals totals) {}
