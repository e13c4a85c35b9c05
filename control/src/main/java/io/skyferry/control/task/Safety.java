package io.skyferry.control.task;

/// What keeps a task from harm, and what it keeps of what it replaces.
///
/// @param maxDelete as `100` or `25%`; empty: what the engine takes for safe; `off`: any number
/// @param maxReplace the same for replaced files; empty: any number
/// @param allowEmptySource whether a source without files may empty the target
/// @param backupFolder at the target, beside what is kept in step: what is replaced or deleted goes there, into a
///     folder for each run; empty: it is lost
/// @param backupKeepDays after so many days the folder of a run is removed; 0: never
/// @param resume whether a run that a crash ended is begun again
public record Safety(
        String maxDelete,
        String maxReplace,
        boolean allowEmptySource,
        String backupFolder,
        int backupKeepDays,
        boolean resume) {
    /// What holds where nothing is said.
    public static final Safety USUAL = new Safety("", "", false, "", 0, true);
}
