package io.skyferry.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs that are to bring no more than so much, or to begin nothing after so long.
class LimitedRunTest {
    private static final int FILES = 8;
    private static final int SIZE = 10 * 1024;

    private final Path target;
    private final Path plan;
    private final Typed typed;

    LimitedRunTest(@TempDir Path folder) throws IOException {
        Path source = Files.createDirectory(folder.resolve("source"));
        for (int i = 1; i <= FILES; i++) {
            Files.write(source.resolve("f" + i), new byte[SIZE]);
        }
        target = folder.resolve("target");
        plan = folder.resolve("the.plan");
        typed = new Typed(folder);
    }

    private long arrived() throws IOException {
        return Files.exists(target) ? Trees.of(target).size() : 0;
    }

    @Test
    void filesUpToTheLimitGoOverAndTheNextRunGoesOn() throws IOException {
        for (int expected : new int[] {3, 6}) {
            Typed.Ended ended = typed.run("copy", "@source", "@target", "--max-transfer", "35k");
            assertThat(ended.exit()).isEqualTo(1);
            assertThat(ended.out()).contains("--max-transfer");
            assertThat(arrived()).isEqualTo(expected);
        }
        assertThat(typed.run("copy", "@source", "@target", "--max-transfer", "35k")
                        .exit())
                .isZero();
        assertThat(arrived()).isEqualTo(FILES);
    }

    @Test
    void softLimitIsCrossedByOneFile() throws IOException {
        typed.run("copy", "@source", "@target", "--max-transfer", "35k", "--cutoff-mode", "soft");
        assertThat(arrived()).isEqualTo(4);
    }

    @Test
    void planKeepsToTheLimitThatIsAskedForWhenItIsApplied() throws IOException {
        typed.run("copy", "@source", "@target", "--plan-out", plan.toString());
        assertThat(typed.run("apply", plan.toString(), "--max-transfer", "25k").exit())
                .isEqualTo(1);
        assertThat(arrived()).isEqualTo(2);
        assertThat(typed.run("apply", plan.toString()).exit()).isZero();
        assertThat(arrived()).isEqualTo(FILES);
    }

    @Test
    void nothingBeginsAfterTheTimeIsOver() throws IOException {
        Typed.Ended ended =
                typed.run("copy", "@source", "@target", "--max-duration", "1s", "--bwlimit", "10k", "--transfers", "1");
        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.out()).contains("--max-duration");
        assertThat(arrived()).isBetween(1L, FILES - 2L);
    }
}
