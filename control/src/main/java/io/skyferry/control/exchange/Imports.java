package io.skyferry.control.exchange;

import io.skyferry.control.audit.AuditLog;
import io.skyferry.control.audit.Caller;
import io.skyferry.control.credential.Credentials;
import io.skyferry.control.exchange.ImportWishes.Doing;
import io.skyferry.control.store.AppDatabase;
import io.skyferry.control.store.OneTransaction;
import io.skyferry.control.task.Tasks;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/// Takes over from other products: first everything is found out, then it is kept in one change of the
/// database, or nothing is.
public final class Imports {
    private final AppDatabase database;
    private final Function<AppDatabase, Desk> desks;
    private final InstantSource clock;

    /// Imports to this database.
    ///
    /// @param desks the use cases over a database
    public Imports(AppDatabase database, Function<AppDatabase, Desk> desks, InstantSource clock) {
        this.database = database;
        this.desks = desks;
        this.clock = clock;
    }

    /// The use cases that an import works through.
    public record Desk(Credentials credentials, Tasks tasks) {}

    /// What is imported, with all secrets found.
    @FunctionalInterface
    interface Taking {
        ImportReport by(Desk desk);
    }

    /// Takes over what was written out of a TrueNAS.
    ///
    /// @throws io.skyferry.control.run.RefusedException if it is nothing of the kind
    public ImportReport trueNas(TrueNasExport export, ImportWishes wishes, SecretSource secrets, Caller caller) {
        TrueNasImport prepared = TrueNasImport.prepared(export, wishes, secrets, desks.apply(database));
        return take("import.truenas", wishes, caller, desk -> prepared.into(desk, caller));
    }

    /// Takes over the remotes of an rclone configuration.
    ///
    /// @param remotes as [RcloneRemotes] reads them
    public ImportReport rclone(RcloneRemotes remotes, ImportWishes wishes, Caller caller) {
        return take("import.rclone", wishes, caller, desk -> remotes.into(desk, wishes, caller));
    }

    private ImportReport take(String action, ImportWishes wishes, Caller caller, Taking taking) {
        try {
            return database.write(session -> {
                ImportReport report = taking.by(desks.apply(new OneTransaction(session, database.displayName())));
                if (wishes.doing() == Doing.TELL || !report.satisfies(wishes.keeping())) {
                    throw new TakenBackException(report);
                }
                AuditLog.add(
                        session,
                        caller,
                        clock.instant(),
                        action,
                        "",
                        report.lines().size() + " things");
                return report.kept();
            });
        } catch (TakenBackException told) {
            return told.report().orElseThrow();
        }
    }

    /// Takes a change back that was made to see what comes of it.
    private static final class TakenBackException extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient Optional<ImportReport> report;

        TakenBackException(ImportReport report) {
            super("Nothing was to be kept");
            this.report = Optional.of(report);
        }

        Optional<ImportReport> report() {
            return report;
        }
    }
}
