package io.skyferry.storages.s3;

import io.skyferry.storage.Storage;
import io.skyferry.testkit.StorageContract;
import io.skyferry.testkit.servers.TestServer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/// Ceph's RADOS Gateway, of the Debian packages.
@Tag("slow")
class CephContractTest extends StorageContract {
    @BeforeAll
    static void start() {
        TestServer.of("ceph");
    }

    @Override
    protected Storage openEmpty() {
        var buckets = new RealBuckets(TestServer.of("ceph"), "ceph");
        return buckets.open(buckets.make());
    }
}
