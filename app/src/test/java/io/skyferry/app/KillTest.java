package io.skyferry.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real process that is killed at random moments, with no chance to clear up.
@Tag("slow")
class KillTest {
    private static final int KILLS = 50;

    private final Path folder;

    KillTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void runThatWasKilledAnywhereIsContinuedAndEndsByteIdentical() throws IOException, InterruptedException {
        Path source = folder.resolve("source");
        Path target = folder.resolve("target");
        var program = new Program(folder.resolve("home"));
        var random = new Random(11);
        Trees.put(source.resolve("large/image"), 150 << 20, random);
        for (int kill = 0; kill < KILLS; kill++) {
            for (int i = 0; i < 60; i++) {
                Trees.put(source.resolve("round" + kill % 7 + "/file" + i), random.nextInt(20_000), random);
            }
            if (kill % 10 == 9) {
                Trees.put(source.resolve("large/image"), (150 << 20) + kill, random);
            }
            Program.Running running = program.start("sync", source.toString(), target.toString());
            running.process().waitFor(150 + random.nextInt(900), TimeUnit.MILLISECONDS);
            running.process().destroyForcibly();
            running.end();
        }

        Program.Ended ended = program.run("sync", "--json", source.toString(), target.toString());

        assertThat(ended.exit()).as(ended.out() + ended.err()).isZero();
        // What is compared includes every name: nothing of ours may be left.
        assertThat(Trees.of(target)).isEqualTo(Trees.of(source));
        assertThat(program.run("sync", "--json", source.toString(), target.toString())
                        .lastLine())
                .contains("\"files\":0");
        try (var left = Files.list(folder.resolve("home"))) {
            assertThat(left.map(file -> file.getFileName().toString())).doesNotContain("spill");
        }
    }
}
