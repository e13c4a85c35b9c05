package io.skyferry.cli;

import io.skyferry.cli.console.SecretPrompt;
import io.skyferry.control.alert.AlertWatch;
import io.skyferry.control.alert.Alerts;
import io.skyferry.control.alert.Channels;
import io.skyferry.control.credential.Credentials;
import io.skyferry.control.crypt.Encryption;
import io.skyferry.control.exchange.Imports;
import io.skyferry.control.run.Checks;
import io.skyferry.control.run.OneWayRuns;
import io.skyferry.control.run.StackWishes;
import io.skyferry.control.run.StorageOpener;
import io.skyferry.control.runs.Locks;
import io.skyferry.control.runs.Outcomes;
import io.skyferry.control.runs.Runs;
import io.skyferry.control.runs.Service;
import io.skyferry.control.setting.Settings;
import io.skyferry.control.store.AppDatabase;
import io.skyferry.control.task.NextRuns;
import io.skyferry.control.task.Tasks;
import io.skyferry.control.user.ApiKeys;
import io.skyferry.control.user.Users;
import io.skyferry.control.vault.Vault;
import io.skyferry.engine.work.Workers;
import io.skyferry.probe.StorageProbe;
import java.nio.file.Path;
import java.time.InstantSource;

/// What the commands need of the rest of the product. Each part is made when it is first asked for, so that a small
/// command loads little.
public interface Services {
    /// Opens storages for one run.
    StorageOpener storages(StackWishes wishes);

    /// Runs tasks on storages opened so.
    OneWayRuns oneWayRuns(StorageOpener storages);

    /// Compares places opened so.
    Checks checks(StorageOpener storages);

    /// Encrypts and decrypts single names, files and passwords.
    Encryption encryption();

    /// What is known of accounts.
    Credentials credentials();

    /// Where everything is kept that users set up.
    AppDatabase database();

    /// Seals and opens secrets.
    Vault vault();

    /// What is set for the whole product.
    Settings settings();

    /// Saved tasks.
    Tasks tasks();

    /// When tasks are due.
    NextRuns schedules();

    /// Runs of tasks, and their history.
    Runs runs();

    /// What has to be unlocked before tasks can run.
    Locks locks();

    /// Does runs in this process, once it is told to begin.
    ///
    /// @param outcomes hears of each run that has ended
    Service service(Outcomes outcomes);

    /// Takes over from other products.
    Imports imports();

    /// Who may log in to the service.
    Users users();

    /// Keys for scripts.
    ApiKeys apiKeys();

    /// What somebody should look at.
    Alerts alerts();

    /// Raises and clears alerts by what becomes of runs.
    AlertWatch alertWatch();

    /// Where alerts go.
    Channels channels();

    /// Starts the service.
    Serving serving();

    /// Whom a secret can be asked of.
    SecretPrompt prompt();

    /// Tries storages out.
    StorageProbe probe();

    /// The same with everything kept in another folder, which is made when it is needed.
    Services at(Path home);

    /// Threads for a run.
    Workers workers();

    /// A new folder for what does not fit into memory; the caller removes it.
    Path newSpill();

    /// The clock on the wall.
    InstantSource clock();
}
