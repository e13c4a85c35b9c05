package io.skyferry.storages.s3;

import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.StorageException;
import io.skyferry.storages.s3.S3Family.Lists;
import io.skyferry.storages.s3.wire.Listing.By;
import java.util.concurrent.atomic.AtomicInteger;

/// Of which version the listings of one bucket are.
///
/// A server of which nothing is known may refuse version 2, or fail at it whenever there is more than one page: then
/// version 1 is asked for, and if that works it stays. One failure says nothing, as every server fails now and then.
final class ListVersion {
    private static final System.Logger LOG = System.getLogger(ListVersion.class.getName());
    /// In a row.
    private static final int DOUBTFUL_FAILURES = 2;

    private final boolean isOpen;
    private final AtomicInteger failures = new AtomicInteger();
    private volatile By by;

    ListVersion(Lists lists) {
        isOpen = lists == Lists.V2_OR_V1;
        by = lists == Lists.V1 ? By.MARKER : By.TOKEN;
    }

    /// How the next listing begins.
    By now() {
        return by;
    }

    /// A first page failed.
    ///
    /// @return whether its version may be why
    boolean sawFailure(By asked, StorageException failure) {
        if (!isOpen || asked != By.TOKEN) {
            return false;
        }
        return failure.kind() == ErrorKind.UNSUPPORTED
                || (failure.kind() == ErrorKind.UNAVAILABLE && failures.incrementAndGet() >= DOUBTFUL_FAILURES);
    }

    /// A first page came.
    void sawWork(By asked) {
        failures.set(0);
        if (asked != by) {
            LOG.log(System.Logger.Level.DEBUG, "Listings are of version 1 from now on: version 2 failed");
            by = asked;
        }
    }
}
