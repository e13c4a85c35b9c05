package io.skyferry.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Memory does not grow with the number of entries: real processes with a heap of 128 MiB.
@Tag("slow")
class SmallHeapTest {
    private final Path folder;

    SmallHeapTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @ParameterizedTest
    @CsvSource({"0", "10000"})
    void millionEntriesFit(int directories) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ManyEntries.class.getName(),
                        folder.resolve("home").toString(),
                        Integer.toString(directories),
                        "1000000")
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();

        assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();

        assertThat(Files.readString(out, StandardCharsets.UTF_8))
                .contains("first: transferred 1000000 unchanged 0 deleted 0 failed 0")
                .contains("again: transferred 0 unchanged 1000000 deleted 0 failed 0")
                .containsPattern("deletes: transferred [01] unchanged [01] deleted 0 failed 0 REFUSED");
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void hundredThousandRealFilesFit() throws IOException {
        Path source = folder.resolve("source");
        byte[] content = {1, 2, 3};
        for (int directory = 0; directory < 100; directory++) {
            Path inside = Files.createDirectories(source.resolve("dir" + directory));
            for (int file = 0; file < 1_000; file++) {
                Files.write(inside.resolve("file" + file), content);
            }
        }
        Program program = new Program(folder.resolve("home")).with("-Xmx128m");

        Program.Ended first = program.run("sync", "--json", source.toString(), folder + "/target");
        Program.Ended second = program.run("sync", "--json", source.toString(), folder + "/target");

        assertThat(first.exit()).as(first.err()).isZero();
        assertThat(first.lastLine()).contains("\"files\":100000,\"bytes\":300000");
        assertThat(second.lastLine()).contains("\"files\":0", "\"unchanged\":100000");
    }
}
