package io.skyferry.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.simulators.s3.S3Rules;
import io.skyferry.simulators.s3.S3Simulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A limit of one direction, so low that nothing in that direction would ever end.
@Tag("slow")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class BandwidthDirectionTest {
    private static final String NOTHING_DOWN = "off:1b";
    private static final String NOTHING_UP = "1b:off";

    private final Path folder;
    private final Path source;
    private final S3Simulator server = new S3Simulator(S3Rules.AMAZON, Instant::now).withBucket("bucket");
    private final Program program;

    BandwidthDirectionTest(@TempDir Path folder) {
        this.folder = folder;
        this.source = folder.resolve("source");
        this.program = new Program(
                folder.resolve("home"),
                Map.of(
                        "AWS_ACCESS_KEY_ID", S3Simulator.KEY_ID,
                        "AWS_SECRET_ACCESS_KEY", S3Simulator.SECRET,
                        "AWS_ENDPOINT_URL_S3", server.address().toString()));
    }

    @BeforeEach
    void fill() throws IOException {
        var random = new Random(5);
        Trees.put(source.resolve("small"), 20_000, random);
        Trees.put(source.resolve("large"), 9 << 20, random);
    }

    @AfterEach
    void stop() {
        assertThat(server.complaints()).isEmpty();
        server.close();
    }

    private void copied(String limit, String from, String to, String want) {
        Program.Ended ended = program.run("copy", "--json", "--s3-provider", "minio", "--bwlimit", limit, from, to);
        assertThat(ended.exit()).as(ended.err()).isZero();
        assertThat(ended.lastLine()).contains(want);
    }

    @Test
    void uploadIsNoDownloadAndADownloadIsNoUpload() throws IOException {
        copied(NOTHING_DOWN, source.toString(), "s3:bucket/a", "\"files\":2");
        copied(NOTHING_UP, "s3:bucket/a", folder.resolve("back").toString(), "\"files\":2");
        assertThat(Trees.of(folder.resolve("back"))).isEqualTo(Trees.of(source));
    }

    @Test
    void readingADiskToCompareIsNoTransfer() throws IOException {
        copied("off", source.toString(), "s3:bucket/b", "\"files\":2");
        for (String name : new String[] {"small", "large"}) {
            Files.setLastModifiedTime(source.resolve(name), FileTime.from(Instant.parse("2024-02-03T04:05:06Z")));
        }
        copied("1b", source.toString(), "s3:bucket/b", "\"unchanged\":2");
    }
}
