package io.skyferry.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.cli.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionCommandTest {
    @TempDir
    Path scratch;

    @Test
    void bashUnderstandsItsScript() throws IOException, InterruptedException {
        String script = new Program(scratch).run("completion", "bash").out();
        Path file = Files.writeString(scratch.resolve("skyferry.bash"), script);
        Process check = new ProcessBuilder(
                        "bash",
                        "-c",
                        "source \"$0\"; COMP_WORDS=(skyferry sync --max-d); COMP_CWORD=2; COMP_LINE='skyferry sync --max-d';"
                                + " _complete_skyferry; echo \"${COMPREPLY[@]}\"",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String completed = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(check.waitFor()).isZero();
        assertThat(completed).contains("--max-delete", "--max-duration").doesNotContain("--min-size");
    }

    @Test
    void fishKnowsEveryCommand() {
        String script = new Program(scratch).run("completion", "fish").out();

        assertThat(script)
                .contains("-a sync -d 'Make the target equal", "__fish_seen_subcommand_from lsf' -s F -l format -r")
                .doesNotContain("%%");
    }
}
