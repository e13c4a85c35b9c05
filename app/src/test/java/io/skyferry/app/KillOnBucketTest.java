package io.skyferry.app;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.testkit.servers.TestServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real processes that are killed in the middle of uploads in parts and of downloads by ranges, with a real server.
@Tag("slow")
class KillOnBucketTest {
    private static final int KILLS = 40;
    private static final int KILLED = 128 + 9;
    private static final int LARGE = 80 << 20;
    private static final Pattern PART = Pattern.compile("partNumber=([0-9]+)");

    private final Path folder;
    private final Path source;
    private final Path back;
    private final Random random = new Random(23);
    private int kills;

    KillOnBucketTest(@TempDir Path folder) {
        this.folder = folder;
        this.source = folder.resolve("source");
        this.back = folder.resolve("back");
    }

    @Test
    void whatIsKilledAnywhereGoesOnSendsNoPartTwiceAndEndsByteIdentical() throws IOException, InterruptedException {
        RealBucket bucket = RealBucket.on(TestServer.of("ceph"), "ceph");
        try (Toll toll = new Toll(URI.create(bucket.server().endpoint()), Toll.OPEN)) {
            RealBucket counted = bucket.through(toll.address());
            var program = new Program(folder.resolve("home"), counted.environment());
            for (int round = 0; kills < KILLS; round++) {
                Trees.put(source.resolve("large/image"), LARGE + round, random);
                Trees.put(source.resolve("large/other"), (LARGE - (12 << 20)) + round, random);
                for (int i = 0; i < 20; i++) {
                    Trees.put(source.resolve("small/file" + i), random.nextInt(20_000), random);
                }
                toll.forget();
                runKilled(program, toll, counted.command("sync", source.toString(), counted.at("kept")));
                assertThat(partsByTimesSent(toll))
                        .as("parts, in round %s", round)
                        .containsOnlyKeys(1L);
                assertNothingUnfinished(bucket);
                runKilled(program, toll, counted.command("sync", counted.at("kept"), back.toString()));
                assertThat(Trees.of(back)).isEqualTo(Trees.of(source));
            }
        }
    }

    /// Runs it until it ends by itself.
    private void runKilled(Program program, Toll toll, String... command) throws InterruptedException {
        while (true) {
            Program.Running running = program.start(command);
            boolean byBytes = random.nextInt(4) > 0;
            if (byBytes) {
                toll.after(1 + random.nextLong(LARGE / 2), running.process()::destroyForcibly);
            } else {
                running.process().waitFor(300 + random.nextInt(2500), TimeUnit.MILLISECONDS);
                running.process().destroyForcibly();
            }
            Program.Ended ended = running.end();
            if (ended.exit() != KILLED) {
                assertThat(ended.exit()).as(ended.out() + ended.err()).isZero();
                return;
            }
            toll.awaitQuiet();
            kills++;
        }
    }

    /// How many parts arrived once, twice and so on.
    private static Map<Long, Long> partsByTimesSent(Toll toll) {
        return toll.passed().stream()
                .filter(one -> one.method().equals("PUT") && one.isSuccess())
                .filter(one -> PART.matcher(one.query()).find())
                .collect(groupingBy(one -> one.path() + number(one.query()), counting()))
                .values()
                .stream()
                .collect(groupingBy(times -> times, counting()));
    }

    private static String number(String query) {
        var matcher = PART.matcher(query);
        return matcher.find() ? " " + matcher.group(1) : "";
    }

    private void assertNothingUnfinished(RealBucket bucket) {
        try (Storage storage = bucket.open()) {
            for (String file : Trees.of(source).keySet()) {
                assertThat(storage.listUploads(new RelPath("kept/" + file))).isEmpty();
            }
        }
    }
}
