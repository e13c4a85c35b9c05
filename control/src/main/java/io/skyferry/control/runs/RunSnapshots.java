package io.skyferry.control.runs;

import io.skyferry.control.run.RefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// The snapshot that one run reads from: told to the database before it is made, so that it never outlives the run.
final class RunSnapshots {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Run run;
    private final Snapshots snapshots;
    private final RunJob.Remnants remnants;
    private final InstantSource clock;
    private final RunLog log;

    RunSnapshots(Run run, RunJob.Parts parts, RunLog log) {
        this.run = run;
        this.snapshots = parts.snapshots();
        this.remnants = parts.remnants();
        this.clock = parts.clock();
        this.log = log;
    }

    /// Takes one of the file system that holds the folder.
    Snapshots.Planned taken(Path local) throws IOException {
        String name = "cloud_sync-%s-%s"
                .formatted(run.task().map(String::valueOf).orElse("onetime"), STAMP.format(clock.instant()));
        Snapshots.Planned planned = snapshots.plan(local, name);
        remnants.making(run.id(), planned.kind(), planned.name());
        log.info("Taking the %s snapshot '%s'".formatted(planned.kind(), planned.name()));
        try {
            snapshots.take(planned);
            return planned;
        } catch (IOException | RefusedException failure) {
            removed(planned);
            throw failure;
        }
    }

    /// Removes it; what cannot be removed now is removed with the leftovers of other runs.
    void removed(Snapshots.Planned snapshot) {
        try {
            snapshots.remove(snapshot.kind(), snapshot.name());
            remnants.gone(run.id(), snapshot.kind(), snapshot.name());
        } catch (IOException failure) {
            log.line(
                    RunLog.Level.WARN,
                    "The snapshot stays; the service removes it when it next looks for leftovers: "
                            + failure.getMessage());
        }
    }
}
