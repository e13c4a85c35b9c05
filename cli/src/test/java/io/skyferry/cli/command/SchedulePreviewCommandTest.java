package io.skyferry.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.cli.Program;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchedulePreviewCommandTest {
    private final Program program;

    SchedulePreviewCommandTest(@TempDir Path scratch) {
        program = new Program(scratch);
    }

    @Test
    void saysWhatAScheduleMeansAndWhenItIsDue() {
        var outcome = program.run("schedule", "preview", "30 2 * * 1-5", "--zone", "Europe/Berlin", "--count", "2");
        assertThat(outcome.code()).isZero();
        assertThat(outcome.lines())
                .containsExactly(
                        "30 2 * * mon-fri",
                        "At 02:30 on Monday to Friday (Europe/Berlin)",
                        "Mon 2026-11-23 02:30 +01:00",
                        "Tue 2026-11-24 02:30 +01:00");
    }

    @Test
    void printsJson() {
        var outcome = program.run("schedule", "preview", "daily", "--zone", "UTC", "--count", "1", "--json");
        assertThat(outcome.lines())
                .containsExactly("{\"canonical\":\"0 0 * * *\",\"sentence\":\"At 00:00 every day\",\"zone\":\"UTC\","
                        + "\"next\":[{\"at\":\"2026-11-22T00:00:00Z\",\"local\":\"2026-11-22T00:00Z\"}]}");
    }

    @Test
    void showsTwentyFiveTimesUnlessToldOtherwise() {
        assertThat(program.run("schedule", "preview", "hourly", "--zone", "UTC").lines())
                .hasSize(27);
    }

    @Test
    void whatCannotBeReadOrNeverComesIsWrongUsage() {
        assertThat(program.run("schedule", "preview", "0 0 31 2 *"))
                .satisfies(outcome -> assertThat(outcome.code()).isEqualTo(2))
                .satisfies(outcome -> assertThat(outcome.err()).contains("Want a moment that comes"));
        assertThat(program.run("schedule", "preview", "daily", "--zone", "Mars/Base")
                        .code())
                .isEqualTo(2);
        assertThat(program.run("schedule", "preview", "daily", "--count", "-1").code())
                .isEqualTo(2);
    }
}
