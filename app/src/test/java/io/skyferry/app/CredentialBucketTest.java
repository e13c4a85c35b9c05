package io.skyferry.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.app.Program.Ended;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A bucket's account under a name, in whole processes.
@Tag("slow")
class CredentialBucketTest {
    private final Path folder;
    private final Path home;
    private final S3Simulator server = new S3Simulator(S3Rules.AMAZON, Instant::now).withBucket("bucket");
    private final Program program;

    CredentialBucketTest(@TempDir Path folder) {
        this.folder = folder;
        this.home = folder.resolve("home");
        this.program = new Program(home, Map.of("KEY", S3Simulator.SECRET));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Ended add(String name, String... more) {
        List<String> all = new ArrayList<>(List.of(
                "credential",
                "add",
                name,
                "--provider",
                "s3",
                "--set",
                "provider=minio",
                "--set",
                "endpoint=" + server.address(),
                "--set",
                "access-key-id=" + S3Simulator.KEY_ID));
        all.addAll(List.of(more));
        return program.run(all.toArray(String[]::new));
    }

    @Test
    void savedAccountReachesItsBucketAndItsKeyStandsNowhere() throws IOException {
        Path source = Files.createDirectories(folder.resolve("source"));
        Files.writeString(source.resolve("a.txt"), "hello");
        List<Ended> ended = List.of(
                add("work", "--secret-env", "secret-access-key=KEY"),
                program.run("sync", "-vv", source.toString(), "work:bucket/photos"),
                program.run("ls", "work:bucket"),
                program.run(
                        "sync", "--plan-out", folder.resolve("plan").toString(), source.toString(), "work:bucket/x"),
                program.run("apply", folder.resolve("plan").toString()),
                program.run("credential", "show", "--json", "work"));
        assertThat(ended).allSatisfy(one -> assertThat(one.exit()).as(one.err()).isZero());
        assertThat(ended.get(2).out()).contains("photos/a.txt");
        assertThat(server.keys("bucket")).containsExactlyInAnyOrder("photos/a.txt", "x/a.txt");
        assertThat(ended).allSatisfy(one -> assertThat(one.out() + one.err()).doesNotContain(S3Simulator.SECRET));
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile).toList())
                    .contains(folder.resolve("plan"), home.resolve("app.db"))
                    .allSatisfy(file -> assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                            .doesNotContain(S3Simulator.SECRET));
        }
        assertThat(server.complaints()).isEmpty();
    }

    @Test
    void verifySaysInWordsWhatTheBucketCanDoAndLeavesNothing() {
        add("work", "--secret-env", "secret-access-key=KEY", "--set", "path=bucket");
        Ended verified = program.run("credential", "verify", "work:");
        assertThat(verified.exit()).as(verified.out()).isZero();
        assertThat(verified.out().lines())
                .contains("yes  write: works", "yes  modification times: kept to 1 ns")
                .anyMatch(line -> line.startsWith("yes  upload in parts: works"));
        assertThat(server.keys("bucket")).isEmpty();
        assertThat(server.unfinishedUploads("bucket")).isZero();
    }

    @Test
    void wrongKeyIsToldAsSuch() {
        add("work", "--set", "secret-access-key=not-the-right-one");
        Ended verified = program.run("credential", "verify", "work:bucket");
        assertThat(verified.exit()).isEqualTo(1);
        assertThat(verified.out()).contains("NO   list").doesNotContain("not-the-right-one");
    }

    @Test
    void halfAKeyIsToldWhenThePlaceIsOpened() {
        add("work");
        Ended refused = program.run("ls", "work:bucket");
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("secret-access-key");
    }
}
