package io.skyferry.control.alert;

import io.skyferry.control.credential.Credential;
import io.skyferry.control.credential.Credentials;
import io.skyferry.control.runs.Outcomes;
import io.skyferry.control.runs.Run;
import io.skyferry.control.runs.RunKind;
import io.skyferry.control.runs.RunState;
import io.skyferry.control.store.StoreException;
import io.skyferry.control.task.NextRuns;
import io.skyferry.control.task.Task;
import io.skyferry.control.task.Tasks;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/// Raises and clears alerts by what becomes of runs, and by looking around once in a while.
public final class AlertWatch implements Outcomes {
    private static final System.Logger LOG = System.getLogger(AlertWatch.class.getName());
    private static final int STALE_PERIODS = 3;
    private static final long LITTLE_SPACE = 64L * 1024 * 1024;
    private static final String TASK = "task ";
    private static final String CREDENTIAL = "credential ";

    private final Alerts alerts;
    private final Tasks tasks;
    private final Credentials credentials;
    private final NextRuns schedules;
    private final InstantSource clock;
    private final ZoneId zone;
    private final LongSupplier space;

    /// A watch that has not looked yet.
    ///
    /// @param space how many bytes can still be written where Skyferry keeps what it knows
    public AlertWatch(
            Alerts alerts,
            Tasks tasks,
            Credentials credentials,
            NextRuns schedules,
            InstantSource clock,
            ZoneId zone,
            LongSupplier space) {
        this.alerts = alerts;
        this.tasks = tasks;
        this.credentials = credentials;
        this.schedules = schedules;
        this.clock = clock;
        this.zone = zone;
        this.space = space;
    }

    /// A failure is an alert, a success ends it. Who stops a run by hand knows: that is no alert. A dry run fails
    /// before the eyes of whoever asked for it.
    @Override
    public void finished(Run run) {
        if (run.task().isEmpty() || run.kind() == RunKind.DRY_RUN) {
            return;
        }
        String object = TASK + run.task().orElseThrow();
        try {
            if (run.state().isGood()) {
                alerts.clear(AlertRule.TASK_FAILED, object);
                alerts.clear(AlertRule.TASK_STALE, object);
            } else if (run.state() != RunState.ABORTED) {
                alerts.raise(
                        AlertRule.TASK_FAILED,
                        object,
                        "the task '%s' failed%s"
                                .formatted(run.description(), run.message().isEmpty() ? "" : ": " + run.message()));
            }
        } catch (StoreException trouble) {
            LOG.log(System.Logger.Level.WARNING, "An alert could not be kept", trouble);
        }
    }

    /// Looks at everything that no run tells.
    public void look() {
        Set<String> known = new HashSet<>();
        for (Task task : tasks.list()) {
            String object = TASK + task.id();
            known.add(object);
            if (isStale(task)) {
                alerts.raise(
                        AlertRule.TASK_STALE,
                        object,
                        "the task '%s' had no success for %s of its times".formatted(task.name(), STALE_PERIODS));
            } else {
                alerts.clear(AlertRule.TASK_STALE, object);
            }
        }
        for (Credential credential : credentials.list()) {
            String object = CREDENTIAL + credential.name();
            known.add(object);
            if (!credentials.kinds().keys().contains(credential.provider())) {
                alerts.raise(
                        AlertRule.PROVIDER_RETIRED,
                        object,
                        "the credential '%s' is for '%s', which this version does not know"
                                .formatted(credential.name(), credential.provider()));
            }
        }
        lookAtSpace();
        alerts.list().stream()
                .map(Alert::object)
                .filter(object -> object.startsWith(TASK) || object.startsWith(CREDENTIAL))
                .filter(object -> !known.contains(object))
                .distinct()
                .forEach(alerts::forget);
    }

    private void lookAtSpace() {
        long left = space.getAsLong();
        if (left < LITTLE_SPACE) {
            alerts.raise(
                    AlertRule.DISK_FULL,
                    "home",
                    "only %s MiB are left where Skyferry keeps what it knows".formatted(left / (1024 * 1024)));
        } else {
            alerts.clear(AlertRule.DISK_FULL, "home");
        }
    }

    /// Whether so many times have passed since the last success, or since the task was last changed.
    private boolean isStale(Task task) {
        if (!task.fields().timing().enabled()) {
            return false;
        }
        Instant last = task.lastSuccess()
                .filter(success -> success.isAfter(task.changed()))
                .orElse(task.changed());
        Optional<Instant> due = Optional.of(last);
        for (int i = 0; i < STALE_PERIODS; i++) {
            due = due.flatMap(time -> schedules.next(task.fields().timing(), task.id(), time, zone));
        }
        return due.filter(time -> time.isBefore(clock.instant())).isPresent();
    }
}
