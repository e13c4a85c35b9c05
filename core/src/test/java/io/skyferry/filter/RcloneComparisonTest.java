package io.skyferry.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.skyferry.rclone.Rclone;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class RcloneComparisonTest {
    private static final int CASES = 600;

    @TempDir
    Path scratch;

    @Test
    void rcloneSelectsTheSameFiles() {
        assumeTrue(Rclone.isInstalled(), "rclone is not installed");
        try (Rclone rclone = Rclone.start()) {
            var result = new RcloneComparison(rclone, scratch).run(CASES, 1);
            assertThat(result.unexplained()).isEmpty();
            assertThat(result.agreed()).isGreaterThan(CASES / 2);
        }
    }
}
