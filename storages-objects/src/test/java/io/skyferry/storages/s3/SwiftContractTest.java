package io.skyferry.storages.s3;

import io.skyferry.storage.Storage;
import io.skyferry.testkit.StorageContract;
import io.skyferry.testkit.servers.TestServer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/// The S3 interface of OpenStack Swift.
@Tag("slow")
class SwiftContractTest extends StorageContract {
    @BeforeAll
    static void start() {
        TestServer.of("swift");
    }

    @Override
    protected Storage openEmpty() {
        var buckets = new RealBuckets(TestServer.of("swift"), "other");
        return buckets.open(buckets.make());
    }
}
