package io.skyferry.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.skyferry.control.json.JsonValue;
import io.skyferry.testkit.servers.TestServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// One bucket on a real server, two programs: what one writes the other reads, and does not write again.
@Tag("slow")
class RcloneOnRealBucketTest {
    private static final int FILES = 17;

    private final Path folder;
    private final Path source;
    private final Path back;

    RcloneOnRealBucketTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.source = folder.resolve("source");
        this.back = folder.resolve("back");
        var random = new Random(9);
        for (String name : List.of(
                "plain",
                "empty",
                "folder/only/folders/here",
                "folder/odd + % # ? & ' \" ; = @ name",
                "folder/back\\slash",
                " leading and trailing ",
                "folder/control\u0001\tnew\nline",
                "folder/e\u0301 and \u00E9",
                "\uFF0E/\u2400/full\uFF1Awidth\uFF0F",
                // A lone U+201B rclone 1.60 cannot read from a disk.
                "folder/quoted\u201B\uFF0Fslash",
                "folder/Photo.JPG",
                "folder/page.html",
                "folder/film.mkv",
                "emoji\uD83D\uDE00/~tilde",
                "folder/per%20cent%2Fslash",
                "..hidden/...")) {
            Trees.put(source.resolve(name), name.equals("empty") ? 0 : 40 + name.length(), random);
        }
        Trees.put(source.resolve("large"), 70 << 20, random);
        Files.setLastModifiedTime(
                source.resolve("large"), FileTime.from(Instant.parse("2024-02-03T04:05:06.123456789Z")));
    }

    private Program.Ended rclone(RealBucket bucket, String... arguments) {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(":", -1))
                        .anyMatch(one -> Files.isExecutable(Path.of(one, "rclone"))),
                "rclone is not installed");
        Map<String, String> environment = new HashMap<>(Map.of(
                "RCLONE_CONFIG_REAL_TYPE", "s3",
                "RCLONE_CONFIG_REAL_PROVIDER", bucket.provider().equals("ceph") ? "Ceph" : "Other",
                "RCLONE_CONFIG_REAL_ENDPOINT", bucket.endpoint(),
                "RCLONE_CONFIG_REAL_REGION", "us-east-1",
                "RCLONE_CONFIG_REAL_ACCESS_KEY_ID", bucket.server().accessKeyId(),
                "RCLONE_CONFIG_REAL_SECRET_ACCESS_KEY", bucket.server().secretAccessKey(),
                "RCLONE_CONFIG_REAL_LIST_URL_ENCODE", "true",
                // With one that is set it starts no such place.
                "AWS_CA_BUNDLE", "",
                "RCLONE_S3_UPLOAD_CUTOFF", "20M"));
        environment.put("RCLONE_CONFIG", "");
        List<String> command = new ArrayList<>(List.of("rclone"));
        command.addAll(List.of(arguments));
        Program.Ended ended = new Program(folder, environment).start(command).end();
        assertThat(ended.exit()).as(ended.out() + ended.err()).isZero();
        return ended;
    }

    /// What rclone says each file is.
    private Map<String, String> types(RealBucket bucket, String place) {
        String json =
                rclone(bucket, "lsjson", "--recursive", "--files-only", place).out();
        Map<String, String> types = new HashMap<>();
        for (JsonValue one : ((JsonValue.Array) JsonValue.parse(json)).values()) {
            var file = (JsonValue.Members) one;
            types.put(text(file, "Path"), text(file, "MimeType"));
        }
        return types;
    }

    private static String text(JsonValue.Members file, String name) {
        return ((JsonValue.Text) file.get(name).orElseThrow()).value();
    }

    private static void assertNothingWritten(Toll toll) {
        assertThat(toll.passed())
                .filteredOn(one -> !one.method().equals("GET") && !one.method().equals("HEAD"))
                .isEmpty();
        toll.forget();
    }

    @ParameterizedTest
    @CsvSource({"ceph, ceph", "s3proxy, s3proxy"})
    void whatEitherWritesTheOtherReadsAndDoesNotWriteAgain(String server, String provider) {
        RealBucket bucket = RealBucket.on(TestServer.of(server), provider);
        try (Toll toll = new Toll(URI.create(bucket.endpoint()), Toll.OPEN)) {
            RealBucket counted = bucket.through(toll.address());
            var program = new Program(folder.resolve("home"), counted.environment());
            String ours = "real:" + bucket.name() + "/ours";
            String theirs = "real:" + bucket.name() + "/theirs";

            Program.Ended up = program.run(counted.command("sync", "--json", source.toString(), counted.at("ours")));
            assertThat(up.exit()).as(up.err()).isZero();
            toll.forget();
            rclone(counted, "check", "--download", source.toString(), ours);
            rclone(counted, "sync", source.toString(), ours);
            rclone(counted, "sync", "--checksum", source.toString(), ours);
            assertNothingWritten(toll);
            rclone(counted, "copy", ours, back.resolve("ours").toString());
            assertThat(Trees.of(back.resolve("ours"))).isEqualTo(Trees.of(source));

            rclone(counted, "copy", source.toString(), theirs);
            assertThat(types(counted, ours))
                    .isEqualTo(types(counted, theirs))
                    .containsEntry("folder/Photo.JPG", "image/jpeg")
                    .hasSize(FILES);
            toll.forget();
            Program.Ended again =
                    program.run(counted.command("sync", "--json", source.toString(), counted.at("theirs")));
            assertThat(again.exit()).as(again.err()).isZero();
            assertThat(again.lastLine()).contains("\"files\":0", "\"unchanged\":" + FILES);
            assertNothingWritten(toll);
            String there = back.resolve("theirs").toString();
            assertThat(program.run(counted.command("sync", counted.at("theirs"), there))
                            .exit())
                    .isZero();
            assertThat(Trees.of(back.resolve("theirs"))).isEqualTo(Trees.of(source));
        }
    }
}
