package io.skyferry.control.credential;

import io.skyferry.control.run.StorageOpener;
import io.skyferry.probe.ProbeReport;
import io.skyferry.probe.StorageProbe;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageSpec;

/// Tries out what works at a place of a live account.
public final class Verification {
    private Verification() {}

    /// What was found; nothing is left at the place.
    public static ProbeReport of(StorageSpec place, StorageOpener opener, StorageProbe probe) {
        try (Storage storage = opener.open(place)) {
            return probe.run(storage);
        }
    }
}
