package io.skyferry.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.Program;
import io.skyferry.cli.Program.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialCommandsTest {
    private static final String SECRET = "hunter2-hunter2";

    private final Path scratch;
    private final Program program;

    CredentialCommandsTest(@TempDir Path scratch) {
        this.scratch = scratch;
        this.program = new Program(scratch).with("SECRET", SECRET);
    }

    private Outcome run(String... args) {
        return program.run(args);
    }

    private Outcome add(String name) {
        return run(
                "credential",
                "add",
                name,
                "--provider",
                "vaulted",
                "--set",
                "user=me",
                "--secret-env",
                "password=SECRET",
                "--set",
                "path=/cloud");
    }

    @Test
    void savedCredentialIsListedAndShownWithoutItsSecrets() {
        assertThat(add("work").code()).isZero();
        assertThat(run("credential", "list").out()).isEqualTo("work: vaulted\n");
        assertThat(run("credential", "show", "work").lines())
                .startsWith("name: work", "provider: vaulted", "  password: ***", "  path: /cloud", "  user: me");
        assertThat(run("credential", "show", "work:", "--json").out())
                .startsWith("{\"id\":1,\"name\":\"work\",\"provider\":\"vaulted\",\"settings\":"
                        + "{\"password\":\"***\",\"path\":\"/cloud\",\"user\":\"me\"},");
        assertThat(run("remote", "list", "--json").out()).contains("\"name\":\"work\"");
    }

    @Test
    void everyCommandTakesANamedPlace() {
        program.folder("/cloud/docs").put("a.txt", "hello");
        program.folder("/here");
        add("work");
        assertThat(run("ls", "work:docs").out()).contains("a.txt");
        assertThat(run("sync", "work:docs", "/here").code()).isZero();
        assertThat(program.folder("/here").texts()).containsEntry("a.txt", "hello");
        assertThat(run("copy", "/here", "work:docs").code()).isZero();
        assertThat(program.opened().settings())
                .containsEntry("password", SECRET)
                .containsEntry("user", "me");
    }

    @Test
    void optionsOfLinksComeBeforeTheSavedSettingOnlyWhereTheyAreGiven() {
        program.folder("/cloud");
        add("work");
        run("credential", "edit", "work", "--set", "links=follow");
        assertThat(run("size", "work:").code()).isZero();
        assertThat(program.opened().settings()).containsEntry("links", "follow");
    }

    @Test
    void unknownPlaceSaysWhichAreKnown() {
        add("work");
        Outcome outcome = run("sync", "wrok:docs", "/here");
        assertThat(outcome.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(outcome.err()).contains("'wrok:docs'").contains("work").contains("'./wrok:docs'");
    }

    @Test
    void missingSecretsAreAskedForAtATerminal() {
        program.answering(SECRET, "");
        Outcome outcome = run("credential", "add", "work", "--provider", "vaulted", "--set", "user=me");
        assertThat(outcome.code()).isZero();
        assertThat(run("credential", "show", "work").out())
                .contains("password: ***")
                .doesNotContain("token");
    }

    @Test
    void missingSecretsWithoutATerminalAreTold() {
        Outcome outcome = run("credential", "add", "work", "--provider", "vaulted", "--set", "user=me");
        assertThat(outcome.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(outcome.err()).contains("Want 'password'");
        assertThat(run("credential", "add", "work", "--provider", "vaulted", "--ask", "password")
                        .err())
                .contains("--secret-file");
    }

    @Test
    void secretsAreReadFromFilesWithoutTheirLineEnd() throws IOException {
        Path file = scratch.resolve("password.txt");
        Files.writeString(file, SECRET + "\r\n");
        Path token = scratch.resolve("token.pem");
        Files.writeString(token, "line 1\nline 2\n");
        program.folder("");
        run(
                "credential",
                "add",
                "work",
                "--provider",
                "vaulted",
                "--set",
                "user=me",
                "--secret-file",
                "password=" + file,
                "--secret-file",
                "token=" + token);
        run("size", "work:");
        assertThat(program.opened().settings())
                .containsEntry("password", SECRET)
                .containsEntry("token", "line 1\nline 2");
    }

    @Test
    void editChangesTheNameAndSettings() {
        add("work");
        Outcome outcome =
                run("credential", "edit", "work", "--rename", "office", "--unset", "path", "--set", "user=you");
        assertThat(outcome.code()).isZero();
        assertThat(run("credential", "show", "office").out())
                .contains("user: you")
                .doesNotContain("path");
        assertThat(run("credential", "show", "work").err()).contains("Known: office");
        assertThat(run("credential", "edit", "office").code()).isEqualTo(ExitCodes.USAGE);
    }

    @Test
    void removeForgetsACredentialThatNothingUses() {
        add("work");
        run("credential", "add", "over", "--provider", "vaulted", "--set", "user=work:x", "--set", "password=p");
        Outcome refused = run("credential", "remove", "work");
        assertThat(refused.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(refused.err()).contains("'over'");
        assertThat(run("credential", "remove", "over", "--json").out()).isEqualTo("{\"removed\":\"over\"}\n");
        assertThat(run("credential", "remove", "work").code()).isZero();
        assertThat(run("credential", "list").out()).isEmpty();
    }

    @Test
    void verifySaysInWordsWhatWorks() {
        program.folder("/cloud").put("theirs.txt", "stays");
        add("work");
        Outcome outcome = run("credential", "verify", "work");
        assertThat(outcome.code()).isZero();
        assertThat(outcome.lines())
                .anyMatch(line -> line.startsWith("yes  write"))
                .last()
                .isEqualTo("All is well.");
        assertThat(run("credential", "verify", "work", "--json").out())
                .startsWith(
                        "{\"place\":\"work:\",\"right\":true,\"findings\":[{\"what\":\"list\",\"verdict\":\"right\"");
        assertThat(program.folder("/cloud").texts()).containsOnlyKeys("theirs.txt");
    }

    @Test
    void verifyTakesPlainPlacesToo() {
        program.folder("/here");
        assertThat(run("credential", "verify", "/here").code()).isZero();
    }

    @Test
    void providersTellTheirSettings() {
        assertThat(run("credential", "providers").out()).isEqualTo("vaulted\n");
        assertThat(run("credential", "providers", "vaulted").lines())
                .contains("password (needed; secret)", "links (one of skip, follow; usually skip)");
        assertThat(run("credential", "providers", "moon").code()).isEqualTo(ExitCodes.USAGE);
    }

    @Test
    void remotesOfRcloneAreTakenOver() throws IOException {
        Path file = scratch.resolve("rclone.conf");
        Files.writeString(
                file, "[work]\ntype = vaulted\nuser = me\npassword = %s\n[other]\ntype = drive\n".formatted(SECRET));
        Outcome outcome = run("credential", "import", file.toString());
        assertThat(outcome.code()).isEqualTo(ExitCodes.FAILED);
        assertThat(outcome.lines()).first().isEqualTo("work: saved");
        assertThat(run("credential", "show", "work").out()).contains("password: ***");
        Files.delete(file);
    }

    @Test
    void wrongOptionsAreToldWithoutWhatWasTyped() {
        for (String[] wrong : new String[][] {
            {"--set", SECRET},
            {"--set", "password=" + SECRET, "--set", "password=" + SECRET},
            {"--set", "colour=" + SECRET},
            {"--set", "password=" + SECRET + "\nmore"},
            {"--secret-env", "password=NOTHING"},
            {"--secret-file", "password=" + scratch.resolve("missing")},
        }) {
            List<String> args = new ArrayList<>(List.of("credential", "add", "work", "--provider", "vaulted"));
            args.addAll(List.of(wrong));
            Outcome outcome = run(args.toArray(String[]::new));
            assertThat(outcome.code()).as("%s", args).isEqualTo(ExitCodes.USAGE);
            assertThat(outcome.out() + outcome.err()).isNotEmpty().doesNotContain(SECRET);
        }
    }

    @Test
    void secretStandsInNothingThatIsPrintedOrKept() throws IOException {
        program.folder("/cloud");
        program.folder("/here").put("a.txt", "hello");
        var printed = new StringBuilder();
        Path log = scratch.resolve("log");
        Path plan = scratch.resolve("plan");
        for (Outcome outcome : List.of(
                add("work"),
                run("credential", "list", "--json"),
                run("credential", "show", "--json", "work"),
                run("credential", "edit", "work", "--secret-env", "token=SECRET", "--json"),
                run("credential", "verify", "work", "--json"),
                run("sync", "-vv", "--log-file", log.toString(), "/here", "work:"),
                run("sync", "--dry-run", "--plan-out", plan.toString(), "/here", "work:"),
                run("lsjson", "work:"),
                run("credential", "remove", "work"))) {
            assertThat(outcome.code()).as(outcome.err()).isZero();
            printed.append(outcome.out()).append(outcome.err());
        }
        assertThat(printed).doesNotContain(SECRET);
        assertThat(plan).exists();
        try (Stream<Path> files = Files.walk(scratch)) {
            assertThat(files.filter(Files::isRegularFile).toList())
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                            .doesNotContain(SECRET));
        }
    }
}
