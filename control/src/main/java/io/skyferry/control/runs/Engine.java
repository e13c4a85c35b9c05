package io.skyferry.control.runs;

import io.skyferry.control.run.OneWayRuns;
import io.skyferry.control.run.StackWishes;
import io.skyferry.control.run.StorageOpener;
import java.util.concurrent.ThreadFactory;

/// Who does what a run asks for: supplied by the composition of the product.
public interface Engine {
    /// Opens storages for one run.
    StorageOpener storages(StackWishes wishes);

    /// Runs on storages opened so.
    ///
    /// @param threads makes the threads of this run
    OneWayRuns runs(StorageOpener storages, ThreadFactory threads);
}
