package io.skyferry.storages.s3;

import io.skyferry.http.ChannelTransport;
import io.skyferry.http.TransportSettings;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException.Where;
import io.skyferry.storage.Verb;
import io.skyferry.storages.s3.credential.Credentials;
import io.skyferry.storages.s3.sign.Access;
import io.skyferry.testkit.servers.TestServer;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// Buckets on a real server, a new one for each test.
final class RealBuckets {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final TestServer server;
    private final String provider;

    /// @param provider as users would name this kind of server
    RealBuckets(TestServer server, String provider) {
        this.server = server;
        this.provider = provider;
    }

    /// Makes a bucket and gives its name.
    String make() {
        String bucket = "bucket-" + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet();
        try (S3Api api = api(settings(bucket))) {
            api.headers(Ask.ofBucket("PUT", new Where(bucket, Verb.WRITE, RelPath.ROOT)));
        }
        return bucket;
    }

    /// A storage on a bucket, or below a prefix in one.
    Storage open(String path, String... more) {
        return new S3Storage(api(settings(path, more)));
    }

    Map<String, String> settings(String path, String... more) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(S3Settings.PATH, path);
        settings.put(S3Settings.ENDPOINT, server.endpoint());
        settings.put(S3Settings.PROVIDER, provider);
        settings.put(S3Settings.PART_SIZE, String.valueOf(S3Settings.MIN_PART));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return settings;
    }

    S3Api api(Map<String, String> settings) {
        return new S3Api(
                S3Settings.of(settings),
                new ChannelTransport(TransportSettings.defaults(), System::nanoTime),
                new Credentials.Fixed(Access.lasting(server.accessKeyId(), server.secretAccessKey())),
                InstantSource.system());
    }
}
