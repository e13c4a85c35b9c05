package io.skyferry.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A large file on its way into an encrypted folder on a disk: a process that is killed loses nothing of it.
@Tag("slow")
class EncryptedKillTest {
    private static final long SIZE = (192L << 20) + 4_321;

    private final Path folder;
    private final Path source;
    private final Path target;

    EncryptedKillTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.source = folder.resolve("source");
        this.target = folder.resolve("target");
        Files.writeString(folder.resolve("password"), "potato");
        Trees.put(source.resolve("large"), (int) SIZE, new Random(5));
    }

    private String[] command(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(
                1, List.of("--crypt-password-file", folder.resolve("password").toString()));
        return all.toArray(String[]::new);
    }

    /// How much of the unfinished file is on the disk.
    private long arrived() throws IOException {
        if (!Files.exists(target)) {
            return 0;
        }
        long bytes = 0;
        try (var files = Files.walk(target)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Process stat = new ProcessBuilder("stat", "-c", "%b", file.toString()).start();
                bytes += 512
                        * Long.parseLong(
                                new String(stat.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip());
            }
        }
        return bytes;
    }

    @Test
    void runThatWasKilledGoesOnWhereItWas() throws IOException, InterruptedException {
        var program = new Program(folder.resolve("home"));
        String[] slowly = command("sync", "--bwlimit", "30M", source.toString(), "crypt:" + target);
        Program.Running running = program.start(slowly);
        while (arrived() < SIZE / 2 && !running.process().waitFor(100, TimeUnit.MILLISECONDS)) {
            assertThat(running.process().isAlive()).isTrue();
        }
        running.process().destroyForcibly();
        running.end();

        Program.Ended ended = program.run(command("sync", "--json", source.toString(), "crypt:" + target));

        assertThat(ended.exit()).as(ended.out() + ended.err()).isZero();
        assertThat(ended.lastLine()).contains("\"files\":1").doesNotContain("beginUpload");
        Path back = folder.resolve("back");
        assertThat(program.run(command("copy", "crypt:" + target, back.toString()))
                        .exit())
                .isZero();
        assertThat(Trees.of(back)).isEqualTo(Trees.of(source));
        try (var left = Files.list(target)) {
            assertThat(left).as("the file and the key check").hasSize(2);
        }
    }
}
