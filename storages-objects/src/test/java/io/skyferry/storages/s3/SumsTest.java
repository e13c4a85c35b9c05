package io.skyferry.storages.s3;

import io.skyferry.simulators.s3.S3Rules;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;

/// Servers, and storages on them, for tests of checksums.
abstract class SumsTest {
    static final RelPath FILE = new RelPath("file");
    static final String KEPT = "x-amz-checksum-crc32c";

    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    final void stop() throws Exception {
        for (AutoCloseable one : opened.reversed()) {
            one.close();
        }
    }

    static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }

    final Simulated server(S3Rules rules) {
        var simulated = new Simulated(rules);
        opened.add(simulated);
        return simulated;
    }

    final Storage open(Simulated server, String... more) {
        Map<String, String> settings = server.settings(Simulated.BUCKET, more);
        settings.put(S3Settings.PATH_STYLE, "on");
        Storage storage = server.open(1000, S3Settings.MAX_PART, settings);
        opened.add(storage);
        return storage;
    }
}
