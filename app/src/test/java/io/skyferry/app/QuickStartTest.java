package io.skyferry.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.simulators.s3.S3Rules;
import io.skyferry.simulators.s3.S3Simulator;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a command does not ask for, told by services on the class path that nobody can provide.
@Tag("slow")
class QuickStartTest {
    private static final List<String> SERVICES = List.of(
            "java.lang.System$LoggerFinder",
            "java.net.spi.URLStreamHandlerProvider",
            "java.nio.channels.spi.SelectorProvider",
            "java.security.Provider",
            "org.slf4j.spi.SLF4JServiceProvider");

    @TempDir
    Path scratch;

    private Path source;

    @BeforeEach
    void fill() throws IOException {
        source = Files.createDirectories(scratch.resolve("source"));
        Files.writeString(source.resolve("a.txt"), "hello");
        Path services = Files.createDirectories(scratch.resolve("nobody/META-INF/services"));
        for (String service : SERVICES) {
            Files.writeString(services.resolve(service), "nobody.AtAll\n");
        }
    }

    /// The classes that a command loads, if it ends well.
    private String classesOf(Map<String, String> environment, String... arguments) throws IOException {
        Path log = scratch.resolve("classes");
        var program = new Program(scratch.resolve("home"), environment).with("-Xlog:class+load:file=" + log);
        List<String> command = new ArrayList<>(program.command(arguments));
        int path = command.indexOf("-cp") + 1;
        command.set(path, command.get(path) + File.pathSeparator + scratch.resolve("nobody"));
        Program.Ended ended = program.start(command).end();
        assertThat(ended.exit()).as(ended.err()).isZero();
        assertThat(ended.err()).doesNotContain("nobody");
        return Files.readString(log);
    }

    @Test
    void runBetweenFoldersAsksForNoService() throws IOException {
        assertThat(classesOf(Map.of(), "sync", source.toString(), scratch.resolve("target") + "/"))
                .contains("org.sqlite.");
    }

    @Test
    void runOnABucketAsksForNoServiceAndNeedsNoCipher() throws IOException {
        try (var server = new S3Simulator(S3Rules.AMAZON, Instant::now).withBucket("bucket")) {
            var account = Map.of(
                    "AWS_ACCESS_KEY_ID",
                    S3Simulator.KEY_ID,
                    "AWS_SECRET_ACCESS_KEY",
                    S3Simulator.SECRET,
                    "AWS_CA_BUNDLE",
                    "",
                    "AWS_ENDPOINT_URL_S3",
                    server.address().toString());
            String bucket = "s3:bucket/photos";

            assertThat(classesOf(account, "sync", "--s3-provider=minio", source.toString(), bucket))
                    .contains("sun.nio.ch.SocketChannelImpl")
                    .doesNotContain("javax.crypto.JceSecurity ");
            assertThat(classesOf(account, "copy", "--s3-provider=minio", bucket, scratch.resolve("back") + "/"))
                    .contains("sun.nio.ch.SocketChannelImpl")
                    .doesNotContain("javax.crypto.JceSecurity ");
        }
    }

    @Test
    void encryptedRunAsksForNoService() throws IOException {
        Path password = Files.writeString(scratch.resolve("password"), "potato");
        String vault = "crypt:" + scratch.resolve("vault");

        assertThat(classesOf(Map.of(), "sync", "--crypt-password-file=" + password, source.toString(), vault))
                .contains("javax.crypto.JceSecurity ");
    }
}
