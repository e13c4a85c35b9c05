package io.skyferry.control.run;

import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageSpec;
import io.skyferry.storage.Verb;
import java.util.Map;
import java.util.Set;

/// Opens the storages of one run with all their layers, and counts what reaches them.
public interface StorageOpener {
    /// A ready stack; nothing was asked of the place yet. To be closed.
    ///
    /// @throws IllegalArgumentException naming the setting that is wrong, what was wanted and what was found
    Storage open(StorageSpec spec);

    /// The calls that reached the storages opened here, all together, up to now.
    Map<Verb, Long> requests();

    /// Each kind of failure that the storages opened here met up to now; an opener that keeps no record has none.
    default Set<ErrorKind> failures() {
        return Set.of();
    }
}
