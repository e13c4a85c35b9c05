package io.skyferry.control.alert;

import io.skyferry.control.credential.Credential;
import io.skyferry.control.credential.Credentials;
import io.skyferry.control.runs.Locks;
import io.skyferry.control.runs.Outcomes;
import io.skyferry.control.runs.Run;
import io.skyferry.control.runs.RunKind;
import io.skyferry.control.runs.RunState;
import io.skyferry.control.runs.Trouble;
import io.skyferry.control.store.StoreException;
import io.skyferry.control.task.NextRuns;
import io.skyferry.control.task.Task;
import io.skyferry.control.task.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/// Raises and clears alerts by what becomes of runs, and by looking around once in a while.
public final class AlertWatch implements Outcomes {
    private static final System.Logger LOG = System.getLogger(AlertWatch.class.getName());
    private static final int STALE_PERIODS = 3;
    private static final long LITTLE_SPACE = 64L * 1024 * 1024;
    private static final Duration SOON = Duration.ofDays(14);
    private static final String TASK = "task ";
    private static final String CREDENTIAL = "credential ";

    private final Alerts alerts;
    private final Tasks tasks;
    private final Credentials credentials;
    private final NextRuns schedules;
    private final Locks locks;
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
            Locks locks,
            InstantSource clock,
            ZoneId zone,
            LongSupplier space) {
        this.alerts = alerts;
        this.tasks = tasks;
        this.credentials = credentials;
        this.schedules = schedules;
        this.locks = locks;
        this.clock = clock;
        this.zone = zone;
        this.space = space;
    }

    /// A failure is an alert, a success ends it. Who stops a run by hand knows: that is no alert. A dry run fails
    /// before the eyes of whoever asked for it.
    @Override
    public void finished(Run run, Trouble trouble) {
        if (run.task().isEmpty()) {
            return;
        }
        String object = TASK + run.task().orElseThrow();
        try {
            if (run.state().isGood() || trouble == Trouble.REFUSED) {
                tellOfCredential(run, trouble);
            }
            if (run.kind() == RunKind.DRY_RUN) {
                return;
            }
            if (trouble == Trouble.FULL) {
                alerts.raise(
                        AlertRule.DISK_FULL,
                        object,
                        "there was no room for what the task '%s' had to write".formatted(run.description()));
            }
            if (trouble == Trouble.LOCKED) {
                alerts.raise(AlertRule.TASK_LOCKED, object, locked(run.description(), run.message()));
            } else if (run.state().isGood()) {
                alerts.clear(AlertRule.DISK_FULL, object);
                alerts.clear(AlertRule.TASK_LOCKED, object);
                alerts.clear(AlertRule.TASK_FAILED, object);
                alerts.clear(AlertRule.TASK_STALE, object);
            } else if (run.state() != RunState.ABORTED) {
                alerts.raise(
                        AlertRule.TASK_FAILED,
                        object,
                        "the task '%s' failed%s"
                                .formatted(run.description(), run.message().isEmpty() ? "" : ": " + run.message()));
            }
        } catch (StoreException lost) {
            LOG.log(System.Logger.Level.WARNING, "An alert could not be kept", lost);
        }
    }

    private static String locked(String task, String why) {
        return "the task '%s' cannot run: %s".formatted(task, why);
    }

    /// The account took the credential, or did not.
    private void tellOfCredential(Run run, Trouble trouble) {
        run.task()
                .flatMap(tasks::find)
                .flatMap(task -> credentials.find(task.fields().credential()))
                .ifPresent(credential -> {
                    if (trouble == Trouble.REFUSED) {
                        refused(credential.name());
                    } else {
                        taken(credential.name());
                    }
                });
    }

    /// An account refused this credential.
    public void refused(String credential) {
        alerts.raise(
                AlertRule.CREDENTIAL_REFUSED,
                CREDENTIAL + credential,
                "the account refused the credential '%s'".formatted(credential));
    }

    /// An account took this credential.
    public void taken(String credential) {
        alerts.clear(AlertRule.CREDENTIAL_REFUSED, CREDENTIAL + credential);
    }

    /// Looks at everything that no run tells.
    public void look() {
        Set<String> known = new HashSet<>();
        Map<Long, String> closed = locks.why(tasks.list());
        for (Task task : tasks.list()) {
            String object = TASK + task.id();
            known.add(object);
            String why = closed.getOrDefault(task.id(), "");
            if (why.isEmpty()) {
                alerts.clear(AlertRule.TASK_LOCKED, object);
            } else if (task.fields().timing().enabled()) {
                alerts.raise(AlertRule.TASK_LOCKED, object, locked(task.name(), why));
            }
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
            } else {
                alerts.clear(AlertRule.PROVIDER_RETIRED, object);
                lookAtExpiry(credential);
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

    private void lookAtExpiry(Credential credential) {
        String object = CREDENTIAL + credential.name();
        Optional<Instant> expiry = credentials.expiry(credential);
        boolean soon =
                expiry.filter(time -> time.isBefore(clock.instant().plus(SOON))).isPresent();
        if (soon) {
            boolean over = expiry.orElseThrow().isBefore(clock.instant());
            alerts.raise(
                    AlertRule.CREDENTIAL_EXPIRING,
                    object,
                    "the credential '%s' %s on %s"
                            .formatted(
                                    credential.name(),
                                    over ? "expired" : "expires",
                                    LocalDate.ofInstant(expiry.orElseThrow(), zone)));
        } else {
            alerts.clear(AlertRule.CREDENTIAL_EXPIRING, object);
        }
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
