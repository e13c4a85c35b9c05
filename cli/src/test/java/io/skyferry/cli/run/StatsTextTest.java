package io.skyferry.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.cli.run.StatsText.Look;
import io.skyferry.engine.report.Progress;
import io.skyferry.storage.RelPath;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatsTextTest {
    private final Progress progress = new Progress();

    private Look look(double rate) {
        return new Look(progress.snapshot(), rate, Duration.ofSeconds(75));
    }

    private void halfway() {
        progress.wanted(3 << 20);
        progress.wanted(1 << 20);
        progress.done(progress.begin(new RelPath("small"), 1 << 20));
        progress.begin(new RelPath("x/large\nfile"), 3 << 20).add(2 << 20);
        progress.checked();
        progress.deleted();
        progress.failed();
        progress.scanned();
    }

    @Test
    void lineSaysHowFarItIs() {
        halfway();

        assertThat(StatsText.line(look(1 << 20)))
                .isEqualTo("1 of 2 files, 3.000 MiB of 4.000 MiB, 1.000 MiB/s, ETA 1.0s, 1 checked, 1 deleted,"
                        + " 1 failed, 1m15s elapsed");
    }

    @Test
    void nothingToDoTakesNoTime() {
        assertThat(StatsText.line(look(0))).startsWith("0 of 0+ files, 0 B of 0 B, 0 B/s, ETA 0.0s");
    }

    @Test
    void standstillHasNoEnd() {
        halfway();

        assertThat(StatsText.line(look(0))).contains("ETA -");
    }

    @Test
    void blockFitsTheTerminal() {
        halfway();
        progress.begin(new RelPath("a/very/long/path/that/does/not/fit/" + "\uD83D\uDE00".repeat(60)), 10);

        for (int width : List.of(1, 20, 40, 80, 200)) {
            assertThat(StatsText.block(look(1), width, 4))
                    .hasSizeLessThanOrEqualTo(4)
                    .allSatisfy(line -> assertThat(line.codePointCount(0, line.length()))
                            .isLessThanOrEqualTo(Math.max(1, width - 1)))
                    .noneMatch(line -> line.contains("\n"));
        }
        assertThat(StatsText.block(look(1), 80, 10))
                .anyMatch(line -> line.contains("x/large\\nfile  67% of 3.000 MiB"))
                .first()
                .asString()
                .startsWith("[###############-----] 75%");
    }
}
