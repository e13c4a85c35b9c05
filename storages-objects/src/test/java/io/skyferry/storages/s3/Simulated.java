package io.skyferry.storages.s3;

import io.skyferry.http.ChannelTransport;
import io.skyferry.http.TransportSettings;
import io.skyferry.simulators.s3.S3Rules;
import io.skyferry.simulators.s3.S3Simulator;
import io.skyferry.storage.Content;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ModTime;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageIdentity;
import io.skyferry.storages.s3.credential.Credentials;
import io.skyferry.storages.s3.sign.Access;
import io.skyferry.testkit.BytesContent;
import io.skyferry.testkit.FakeClock;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A simulated server and storages on it.
final class Simulated implements AutoCloseable {
    static final String BUCKET = "bucket";

    private final FakeClock clock = new FakeClock();
    private final S3Simulator server;

    Simulated(S3Rules rules) {
        server = new S3Simulator(rules, clock).withBucket(BUCKET);
    }

    /// Bytes as a disk of this machine has them.
    static BytesContent onDisk(byte[] bytes) {
        var file = new Entry.File(
                new RelPath("file"),
                bytes.length,
                new ModTime.NotKept(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        var disk = new StorageIdentity("local", "", "/home", "", "");
        return BytesContent.of(bytes).from(Optional.of(new Content.Origin(disk, file)));
    }

    S3Simulator server() {
        return server;
    }

    FakeClock clock() {
        return clock;
    }

    Map<String, String> settings(String path, String... more) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(S3Settings.PATH, path);
        settings.put(S3Settings.ENDPOINT, server.address().toString());
        settings.put(S3Settings.PROVIDER, "minio");
        settings.put(S3Settings.PART_SIZE, String.valueOf(S3Settings.MIN_PART));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return settings;
    }

    Storage open(String path, String... more) {
        return open(1000, S3Settings.MAX_PART, settings(path, more));
    }

    Storage open(int pageKeys, long copiedAtOnce, Map<String, String> settings) {
        return new S3Storage(api(settings), pageKeys, copiedAtOnce);
    }

    S3Api api(Map<String, String> settings) {
        return api(settings, new Credentials.Fixed(Access.lasting(S3Simulator.KEY_ID, S3Simulator.SECRET)));
    }

    S3Api api(Map<String, String> settings, Credentials credentials) {
        return api(S3Settings.of(settings), credentials);
    }

    S3Api api(S3Settings settings) {
        return api(settings, new Credentials.Fixed(Access.lasting(S3Simulator.KEY_ID, S3Simulator.SECRET)));
    }

    private S3Api api(S3Settings settings, Credentials credentials) {
        InstantSource time = clock::get;
        return new S3Api(
                settings, new ChannelTransport(TransportSettings.defaults(), System::nanoTime), credentials, time);
    }

    @Override
    public void close() {
        server.close();
    }
}
