package io.skyferry.storages.s3;

import io.skyferry.storage.Storage;
import io.skyferry.testkit.StorageContract;
import io.skyferry.testkit.servers.TestServer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/// S3Proxy, over a folder.
@Tag("slow")
class S3ProxyContractTest extends StorageContract {
    @BeforeAll
    static void start() {
        TestServer.of("s3proxy");
    }

    @Override
    protected Storage openEmpty() {
        var buckets = new RealBuckets(TestServer.of("s3proxy"), "s3proxy");
        return buckets.open(buckets.make());
    }

    @Override
    protected OneName oneName() {
        return OneName.REFUSED;
    }
}
