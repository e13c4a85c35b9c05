package io.skyferry.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.skyferry.simulators.s3.S3Rules;
import io.skyferry.simulators.s3.S3Simulator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One bucket, two programs: what rclone writes we read and do not write again, and the other way round.
@Tag("slow")
class RcloneBucketTest {
    private static final long LARGE = 66L << 20;

    private final Path folder;
    private final Path source;
    private final S3Simulator server = new S3Simulator(S3Rules.AMAZON, Instant::now).withBucket("bucket");
    private final Program program;

    RcloneBucketTest(@TempDir Path folder) {
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
        assumeTrue(
                Stream.of(System.getenv("PATH").split(":")).anyMatch(one -> Files.isExecutable(Path.of(one, "rclone"))),
                "rclone is not installed");
        var random = new Random(9);
        Trees.put(source.resolve("plain"), 1000, random);
        Trees.put(source.resolve("empty"), 0, random);
        Trees.put(source.resolve("folder/odd + % # ? & name \u00E9 \uFF0F"), 50, random);
        Trees.put(source.resolve("folder/control\u0001\tnew\nline"), 60, random);
        Trees.put(source.resolve("\uFF0E/\u2400/full\uFF1Awidth"), 70, random);
        Trees.put(source.resolve("large"), (int) LARGE, random);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String rclone(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("rclone", "--config="));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "RCLONE_CONFIG_SIM_TYPE", "s3",
                        "RCLONE_CONFIG_SIM_PROVIDER", "Other",
                        "RCLONE_CONFIG_SIM_ENDPOINT", server.address().toString(),
                        "RCLONE_CONFIG_SIM_REGION", "us-east-1",
                        "RCLONE_CONFIG_SIM_ACCESS_KEY_ID", S3Simulator.KEY_ID,
                        "RCLONE_CONFIG_SIM_SECRET_ACCESS_KEY", S3Simulator.SECRET,
                        "RCLONE_CONFIG_SIM_LIST_URL_ENCODE", "true",
                        "RCLONE_S3_UPLOAD_CUTOFF", "20M"));
        builder.environment().remove("AWS_CA_BUNDLE");
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        }
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }

    private Program.Ended sync(String from, String to) {
        return program.run("sync", "--json", "--s3-provider", "minio", from, to);
    }

    @Test
    void whatWeWriteRcloneReadsAndDoesNotWriteAgain() throws IOException {
        Program.Ended up = sync(source.toString(), "s3:bucket/ours");
        assertThat(up.exit()).as(up.err()).isZero();
        assertThat(server.headers("bucket", "ours/large")).containsKey("x-amz-meta-md5chksum");
        rclone("check", source.toString(), "sim:bucket/ours");
        rclone("check", "--download", source.toString(), "sim:bucket/ours");
        server.resetCounts();
        rclone("sync", source.toString(), "sim:bucket/ours");
        rclone("sync", "--checksum", source.toString(), "sim:bucket/ours");
        assertThat(server.counts())
                .doesNotContainKeys("PutObject", "CreateMultipartUpload", "CopyObject", "DeleteObject");
        Path back = folder.resolve("back");
        rclone("copy", "sim:bucket/ours", back.toString());
        assertThat(Trees.of(back)).isEqualTo(Trees.of(source));
    }

    @Test
    void whatRcloneWritesWeReadAndDoNotWriteAgain() throws IOException {
        rclone("copy", source.toString(), "sim:bucket/theirs");
        server.resetCounts();
        Program.Ended again = sync(source.toString(), "s3:bucket/theirs");
        assertThat(again.exit()).as(again.err()).isZero();
        assertThat(again.lastLine()).contains("\"files\":0", "\"unchanged\":6");
        assertThat(server.counts())
                .doesNotContainKeys("PutObject", "CreateMultipartUpload", "CopyObject", "DeleteObject");
        Path back = folder.resolve("back");
        assertThat(sync("s3:bucket/theirs", back.toString()).exit()).isZero();
        assertThat(Trees.of(back)).isEqualTo(Trees.of(source));
        for (String name : List.of("plain", "large", "empty")) {
            assertThat(Files.getLastModifiedTime(back.resolve(name)))
                    .isEqualTo(Files.getLastModifiedTime(source.resolve(name)));
        }
    }
}
