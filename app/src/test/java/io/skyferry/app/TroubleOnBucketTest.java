package io.skyferry.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.testkit.servers.TestServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real server behind somebody who answers 503 to a third of all requests and cuts every fiftieth connection.
@Tag("slow")
class TroubleOnBucketTest {
    private static final Toll.Rules TROUBLE = new Toll.Rules() {
        @Override
        public Optional<Long> cutsAfter(int connection) {
            return connection % 50 == 0
                    ? Optional.of(1 + new SplittableRandom(connection).nextLong(400))
                    : Optional.empty();
        }

        @Override
        public boolean refuses(int request) {
            return new SplittableRandom(request).nextInt(3) == 0;
        }
    };

    private final Path folder;

    TroubleOnBucketTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void syncEndsRightAndTellsWhatHappened() throws IOException {
        RealBucket bucket = RealBucket.on(TestServer.of("ceph"), "ceph");
        Path source = folder.resolve("source");
        Path back = folder.resolve("back");
        var random = new Random(3);
        for (int i = 0; i < 300; i++) {
            Trees.put(source.resolve("folder" + i % 7 + "/file" + i), random.nextInt(30_000), random);
        }
        Trees.put(source.resolve("large"), 64 << 20, random);
        try (Toll toll = new Toll(URI.create(bucket.server().endpoint()), TROUBLE)) {
            RealBucket troubled = bucket.through(toll.address());
            var program = new Program(folder.resolve("home"), troubled.environment());

            Program.Ended up = program.run(troubled.command("sync", "--json", source.toString(), troubled.at("x")));
            assertThat(up.exit()).as(up.err()).isZero();
            assertThat(up.lastLine()).contains("\"verdict\":\"success\"", "\"files\":301", "\"failed\":0");
            assertThat(toll.refused()).isGreaterThan(100);
            assertThat(toll.cut()).isPositive();

            Program.Ended down = program.run(troubled.command("sync", "--json", troubled.at("x"), back.toString()));
            assertThat(down.exit()).as(down.err()).isZero();
            assertThat(Trees.of(back)).isEqualTo(Trees.of(source));
        }
    }
}
