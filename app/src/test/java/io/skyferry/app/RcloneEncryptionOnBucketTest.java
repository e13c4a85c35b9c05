package io.skyferry.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.skyferry.testkit.servers.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Encrypted folders in a bucket on a real server: rclone and we write, each reads the other's.
@Tag("slow")
@Tag("rclone")
class RcloneEncryptionOnBucketTest {
    private static final int[] SIZES = {0, 1, 16, 65_519, 65_520, 65_535, 65_536, 65_537, 131_072, 131_073};

    private final Path folder;
    private final Path plain;

    RcloneEncryptionOnBucketTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.plain = folder.resolve("plain");
        Files.writeString(folder.resolve("password"), "potato");
        Files.writeString(folder.resolve("salt"), "sausage");
        var random = new Random(3);
        for (int size : SIZES) {
            Trees.put(plain.resolve("sizes/of " + size), size, random);
        }
        for (String name :
                List.of("Gr\u00FC\u00DFe \u2603.txt", "a/b/c/d", "report-v2001-02-03-040506-123.txt", ".hidden")) {
            Trees.put(plain.resolve("odd").resolve(name), 20, random);
        }
        // Large enough to go in parts, with an end inside a block.
        Trees.put(plain.resolve("large"), (66 << 20) + 12_345, random);
    }

    private String obscured(Program program, String secret) {
        return program.run("obscure", "--password-file", folder.resolve(secret).toString())
                .lastLine();
    }

    private Program.Ended rclone(RealBucket bucket, String... arguments) {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(":", -1))
                        .anyMatch(one -> Files.isExecutable(Path.of(one, "rclone"))),
                "rclone is not installed");
        Map<String, String> environment = Map.of(
                "RCLONE_CONFIG", "",
                "RCLONE_CONFIG_REAL_TYPE", "s3",
                "RCLONE_CONFIG_REAL_PROVIDER", bucket.provider().equals("ceph") ? "Ceph" : "Other",
                "RCLONE_CONFIG_REAL_ENDPOINT", bucket.endpoint(),
                "RCLONE_CONFIG_REAL_REGION", "us-east-1",
                "RCLONE_CONFIG_REAL_ACCESS_KEY_ID", bucket.server().accessKeyId(),
                "RCLONE_CONFIG_REAL_SECRET_ACCESS_KEY", bucket.server().secretAccessKey(),
                "AWS_CA_BUNDLE", "",
                "RCLONE_S3_UPLOAD_CUTOFF", "20M");
        List<String> command = new ArrayList<>(List.of("rclone"));
        command.addAll(List.of(arguments));
        Program.Ended ended = new Program(folder, environment).start(command).end();
        assertThat(ended.exit()).as(ended.out() + ended.err()).isZero();
        return ended;
    }

    @ParameterizedTest
    @CsvSource({
        "ceph, standard, on",
        "ceph, standard, off",
        "ceph, obfuscate, on",
        "ceph, off, on",
        "s3proxy, standard, on",
    })
    void eachReadsWhatTheOtherWrote(String server, String names, String directories) {
        RealBucket bucket = RealBucket.on(TestServer.of(server), server);
        var program = new Program(folder.resolve("home"), bucket.environment());
        String password = obscured(program, "password");
        String salt = obscured(program, "salt");
        String[] modes = {
            "--crypt-password-file",
            folder.resolve("password").toString(),
            "--crypt-salt-file",
            folder.resolve("salt").toString(),
            "--crypt-names",
            names,
            "--crypt-directory-names",
            directories,
        };

        assertThat(ours(program, bucket, modes, "sync", plain.toString(), "crypt:" + bucket.at("ours"))
                        .exit())
                .isZero();
        String remote = remote(bucket.name() + "/ours", names, directories, password, salt);
        rclone(bucket, "check", "--download", plain.toString(), remote);
        rclone(bucket, "cryptcheck", plain.toString(), remote);
        rclone(bucket, "copy", remote, folder.resolve("again").toString());
        assertThat(Trees.of(folder.resolve("again"))).isEqualTo(Trees.of(plain));

        String theirs = remote(bucket.name() + "/theirs", names, directories, password, salt);
        rclone(bucket, "copy", plain.toString(), theirs);
        String back = folder.resolve("back").toString();
        assertThat(ours(program, bucket, modes, "sync", "crypt:" + bucket.at("theirs"), back)
                        .exit())
                .isZero();
        assertThat(Trees.of(folder.resolve("back"))).isEqualTo(Trees.of(plain));
        assertThat(ours(program, bucket, modes, "check", plain.toString(), "crypt:" + bucket.at("theirs"))
                        .exit())
                .isZero();
        assertThat(ours(program, bucket, modes, "cat", "crypt:" + bucket.at("theirs/odd/.hidden"))
                        .exit())
                .isZero();
        Program.Ended again =
                ours(program, bucket, modes, "sync", "--json", plain.toString(), "crypt:" + bucket.at("theirs"));
        assertThat(again.lastLine()).contains("\"files\":0", "\"deleted\":0");
    }

    private static Program.Ended ours(Program program, RealBucket bucket, String[] modes, String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(1, List.of(modes));
        Program.Ended ended = program.run(bucket.command(all.toArray(String[]::new)));
        assertThat(ended.exit()).as(ended.out() + ended.err()).isZero();
        return ended;
    }

    private static String remote(String place, String names, String directories, String password, String salt) {
        return ":crypt,remote='real:%s',filename_encryption=%s,directory_name_encryption=%s,password=%s,password2=%s:"
                .formatted(place, names, directories.equals("on"), password, salt);
    }
}
