package io.skyferry.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.cli.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserCommandsTest {
    private final Program program;
    private final Path password;
    private final Path hookKey;

    UserCommandsTest(@TempDir Path scratch) throws IOException {
        program = new Program(scratch);
        password = Files.writeString(scratch.resolve("password"), "correct horse\n");
        hookKey = Files.writeString(scratch.resolve("key"), "hook key\n");
    }

    private int add(String name, String role) {
        return program.run("user", "add", name, "--role", role, "--password-file", password.toString())
                .code();
    }

    @Test
    void usersComeAndGo() {
        assertThat(add("anna", "admin")).isZero();
        assertThat(add("bob", "reader")).isZero();
        assertThat(program.run("user", "list").lines()).containsExactly("anna  admin", "bob  reader");
        assertThat(program.run("user", "remove", "bob").code()).isZero();
        assertThat(program.run("user", "remove", "anna").err()).contains("last one");
        assertThat(add("anna", "admin")).isEqualTo(2);
        assertThat(add("carl", "king")).isEqualTo(2);
    }

    @Test
    void passwordIsAskedForTwiceAndNeverPrinted() {
        assertThat(program.run("user", "add", "anna", "--role", "admin").err()).contains("--password-file");
        Program.Outcome other =
                program.answering("correct horse", "battery staple").run("user", "add", "anna", "--role", "admin");
        assertThat(other.err()).contains("twice").doesNotContain("horse", "staple");
        assertThat(program.answering("correct horse", "correct horse")
                        .run("user", "add", "anna", "--role", "admin")
                        .code())
                .isZero();
    }

    @Test
    void keyIsPrintedOnceAndOpens() {
        add("anna", "operator");
        String key = program.run("user", "api-key", "anna").lines().getFirst();
        assertThat(key).matches("1-[A-Za-z0-9_.]{43}");
        assertThat(program.apiKeys().userOf(key)).isPresent();
        assertThat(program.run("user", "api-key", "anna", "--remove", "1").code())
                .isZero();
        assertThat(program.apiKeys().userOf(key)).isEmpty();
    }

    @Test
    void alertsGoWhereTheyAreSent() {
        assertThat(program.run("alert", "test").code()).isEqualTo(1);
        assertThat(program.run(
                                "alert",
                                "channel",
                                "add",
                                "ops",
                                "--kind",
                                "webhook",
                                "--set",
                                "url=https://ops.example/hook",
                                "--secret-file",
                                hookKey.toString())
                        .code())
                .isZero();
        assertThat(program.run("alert", "channel").out())
                .contains("ops  WEBHOOK")
                .doesNotContain("hook key");
        assertThat(program.run("alert", "test").code()).isZero();
        assertThat(program.run("alert", "dismiss", "9").code()).isEqualTo(2);
        assertThat(program.run("alert", "channel", "remove", "ops").code()).isZero();
        assertThat(program.run("alert", "channel", "make", "ops").code()).isEqualTo(2);
    }

    @Test
    void serviceSaysWhereItListensAndWhatToDoFirst() {
        Program.Outcome outcome = program.run("serve", "--listen", "[::1]:0");
        assertThat(outcome.lines()).hasSize(2).last().isEqualTo("Open this link");
        assertThat(outcome.out()).contains("host=::1");
        assertThat(outcome.err()).contains("ERROR  A request failed: java.lang.IllegalStateException: oh no");
        assertThat(program.run(
                                "serve",
                                "--log-file",
                                password.resolveSibling("log").toString())
                        .err())
                .isEmpty();
        assertThat(password.resolveSibling("log")).content().contains("A request failed");
        assertThat(program.run("serve", "--listen", "nowhere").code()).isEqualTo(2);
        assertThat(program.run("serve", "--listen", "127.0.0.1:99999").code()).isEqualTo(2);
        assertThat(program.run("serve", "--tls-cert", "a.pem").code()).isEqualTo(2);
    }

    @Test
    void runThatIsNotThereIsNotSaidToHaveEnded() {
        Program.Outcome outcome = program.run("run", "abort", "999");
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains("Run 999 does not exist");
    }

    @Test
    void whatACommandSaysOfAValueIsToldAlone() {
        Program.Outcome outcome = program.run("schedule", "preview", "*/5****");
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).startsWith("skyferry: Want five fields");
    }
}
