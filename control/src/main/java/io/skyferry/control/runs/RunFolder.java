package io.skyferry.control.runs;

import java.nio.file.Path;

/// Where the files of runs are.
///
/// @param folder may not be there yet
public record RunFolder(Path folder) {
    /// What a run told.
    public Path log(long run) {
        return folder.resolve(run + ".log");
    }

    /// What became of each file, one JSON object a line.
    public Path events(long run) {
        return folder.resolve(run + ".events");
    }

    /// What a run would do, as [io.skyferry.control.run.PlanFile] keeps it.
    public Path plan(long run) {
        return folder.resolve(run + ".plan");
    }

    /// What a run needs while it goes on; nothing of it is left.
    public Path scratch(long run) {
        return folder.resolve("run-" + run);
    }
}
