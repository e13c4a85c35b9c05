package io.skyferry.app;

import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageProvider;
import io.skyferry.testkit.servers.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicInteger;

/// A new bucket on a real server, as programs are told of it.
///
/// @param provider as users would name this kind of server
/// @param endpoint the server's, or that of whoever stands before it
record RealBucket(TestServer server, String provider, String endpoint, String name) {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    /// One that is made by the first file.
    static RealBucket on(TestServer server, String provider) {
        String name = "app-" + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet();
        return new RealBucket(server, provider, server.endpoint(), name);
    }

    /// The same, asked through somebody else.
    RealBucket through(String address) {
        return new RealBucket(server, provider, address, name);
    }

    /// `s3:bucket/path`.
    String at(String path) {
        return "s3:" + name + "/" + path;
    }

    /// What the environment of our program holds.
    Map<String, String> environment() {
        return Map.of(
                "AWS_ACCESS_KEY_ID", server.accessKeyId(),
                "AWS_SECRET_ACCESS_KEY", server.secretAccessKey(),
                "AWS_ENDPOINT_URL_S3", endpoint);
    }

    /// A command of ours, with parts as small as they may be.
    String[] command(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of(
                "--s3-provider", provider, "--s3-option", "part-size=5242880", "--s3-option", "create-bucket=on"));
        return all.toArray(String[]::new);
    }

    /// The storage itself, without any layer.
    Storage open() {
        for (StorageProvider one : ServiceLoader.load(StorageProvider.class)) {
            if (one.key().equals("s3")) {
                return one.open(Map.of(
                        "path", name,
                        "provider", provider,
                        "endpoint", server.endpoint(),
                        "access-key-id", server.accessKeyId(),
                        "secret-access-key", server.secretAccessKey()));
            }
        }
        throw new IllegalStateException("Want the provider 's3'");
    }
}
