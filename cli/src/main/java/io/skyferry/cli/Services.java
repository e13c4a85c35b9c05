package io.skyferry.cli;

import io.skyferry.control.crypt.Encryption;
import io.skyferry.control.run.Checks;
import io.skyferry.control.run.OneWayRuns;
import io.skyferry.control.run.StackWishes;
import io.skyferry.control.run.StorageOpener;
import io.skyferry.engine.work.Workers;
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

    /// Threads for a run.
    Workers workers();

    /// A new folder for what does not fit into memory; the caller removes it.
    Path newSpill();

    /// The clock on the wall.
    InstantSource clock();
}
