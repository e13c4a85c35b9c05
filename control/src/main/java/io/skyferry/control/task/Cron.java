package io.skyferry.control.task;

/// The five fields of a schedule, each as text.
///
/// @param dom day of the month
/// @param dow day of the week: 0 or 7 is Sunday
public record Cron(String minute, String hour, String dom, String month, String dow) {
    /// At the start of each hour: what holds where nothing is said.
    public static final Cron HOURLY = new Cron("00", "*", "*", "*", "*");

    /// All five with a blank between.
    @Override
    public String toString() {
        return String.join(" ", minute, hour, dom, month, dow);
    }
}
