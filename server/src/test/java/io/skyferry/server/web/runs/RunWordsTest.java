package io.skyferry.server.web.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.control.runs.RunProgress;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunWordsTest {
    @Test
    void runThatOnlyLooksSaysHowFarItsLookIsAndNoZerosOfFilesAndBytes() {
        var looking = new RunProgress(0, "0 / 0 files, 0 / 0 bytes, checks: 0", 10, 1, 0, 0, 0, 0, 0, 0, List.of());
        assertThat(RunWords.looking(looking))
                .isEqualTo("Looking at both sides: 10\u00a0entries listed, 1\u00a0file compared");
        assertThat(RunWords.looking(RunProgress.NONE)).startsWith("Waiting for its turn");
    }
}
