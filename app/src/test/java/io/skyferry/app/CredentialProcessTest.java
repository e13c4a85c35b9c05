package io.skyferry.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.app.Program.Ended;
import io.skyferry.app.Program.Running;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class CredentialProcessTest {
    private final Path home;
    private final Path disk;
    private final Program program;

    CredentialProcessTest(@TempDir Path folder) {
        this.home = folder.resolve("home");
        this.disk = folder.resolve("disk");
        this.program = new Program(home);
    }

    private String[] add(String name) {
        return new String[] {"credential", "add", name, "--provider", "local", "--set", "path=" + disk};
    }

    @Test
    void nameOfACredentialIsAPlaceInLaterProcesses() throws IOException {
        Files.createDirectories(disk.resolve("docs"));
        Files.writeString(disk.resolve("docs/a.txt"), "hello");
        assertThat(program.run(add("nas")).exit()).isZero();
        assertThat(program.run("ls", "nas:docs").out()).contains("a.txt");
        assertThat(program.run("copy", "nas:docs", "nas:copy").exit()).isZero();
        assertThat(disk.resolve("copy/a.txt")).hasContent("hello");
        assertThat(program.run("cat", "nas:copy/a.txt").out()).isEqualTo("hello");
        Ended unknown = program.run("ls", "nsa:docs");
        assertThat(unknown.exit()).isEqualTo(2);
        assertThat(unknown.err()).contains("Known: nas").contains("local");
        Ended verified = program.run("credential", "verify", "nas");
        assertThat(verified.exit()).as(verified.out()).isZero();
        assertThat(verified.lastLine()).isEqualTo("All is well.");
        try (Stream<Path> left = Files.list(disk)) {
            assertThat(left).containsExactlyInAnyOrder(disk.resolve("docs"), disk.resolve("copy"));
        }
    }

    @Test
    void encryptionStandsOverACredential() throws IOException {
        Files.createDirectories(disk.resolve("plain"));
        Files.writeString(disk.resolve("plain/a.txt"), "hello");
        Path password = Files.writeString(disk.resolve("password"), "sesame");
        String option = "--crypt-password-file=" + password;
        assertThat(program.run(add("nas")).exit()).isZero();
        Ended copied = program.run("copy", option, "nas:plain", "crypt:nas:sealed");
        assertThat(copied.exit()).as(copied.err()).isZero();
        assertThat(disk.resolve("sealed/a.txt")).doesNotExist();
        assertThat(program.run("cat", option, "crypt:nas:sealed").out()).isEqualTo("hello");
        assertThat(program.run("credential", "verify", option, "crypt:nas:sealed")
                        .lastLine())
                .isEqualTo("All is well.");
    }

    @Test
    void secretsOfAnAccountStandInNoFileAndNoText() throws IOException {
        var withKey = new Program(home, Map.of("KEY", "wJalrXUtnFEMI-K7MDENG"));
        Ended added = withKey.run(
                "credential",
                "add",
                "work",
                "--provider",
                "s3",
                "--set",
                "access-key-id=AKIAEXAMPLE",
                "--set",
                "endpoint=http://127.0.0.1:1",
                "--secret-env",
                "secret-access-key=KEY");
        assertThat(added.exit()).as(added.err()).isZero();
        Ended shown = program.run("credential", "show", "work");
        assertThat(shown.out()).contains("secret-access-key: ***");
        Ended refused = program.run("credential", "verify", "work:bucket");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(added.out() + shown.out() + refused.out() + refused.err()).doesNotContain("wJalrXUtnFEMI");
        try (Stream<Path> files = Files.walk(home)) {
            assertThat(files.filter(Files::isRegularFile).toList())
                    .hasSizeGreaterThan(1)
                    .allSatisfy(file -> assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                            .doesNotContain("wJalrXUtnFEMI"));
        }
    }

    @Test
    void placesWithoutANameNeedNoDatabase() throws IOException {
        Files.createDirectories(disk);
        assertThat(program.run("ls", disk.toString()).exit()).isZero();
        assertThat(program.run("credential", "list").exit()).isZero();
        assertThat(home.resolve("app.db")).doesNotExist();
    }

    @Test
    void processesThatAddAtOnceAllSucceedAndLeaveOneFile() throws IOException {
        List<Running> running = IntStream.range(0, 4)
                .mapToObj(i -> program.start(add("nas-" + i)))
                .toList();
        running.forEach(one -> assertThat(one.end().exit()).isZero());
        assertThat(program.run("credential", "list").out().lines()).hasSize(4);
        try (Stream<Path> files = Files.list(home)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.startsWith("app.db")))
                    .containsExactly("app.db");
        }
    }
}
