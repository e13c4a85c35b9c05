package io.skyferry.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogFinderTest {
    private final List<String> lines = new ArrayList<>();

    private void choose(LogLevel threshold) {
        Logs.choose(new Log(lines::add, threshold, () -> Instant.parse("2026-11-21T16:40:01.5Z")));
    }

    @Test
    void loggersOfAllModulesSpeakToTheChosenLog() {
        choose(LogLevel.INFO);
        System.Logger logger = System.getLogger("io.skyferry.somewhere");

        logger.log(Level.DEBUG, "unheard");
        logger.log(Level.INFO, "{0} files\n", 3);
        logger.log(Level.WARNING, "odd {braces}");
        logger.log(Level.ERROR, "failed", new IllegalStateException("why"));

        assertThat(lines)
                .containsExactly(
                        "2026-11-21T16:40:01.500Z INFO   3 files\\n",
                        "2026-11-21T16:40:01.500Z NOTICE odd {braces}",
                        "2026-11-21T16:40:01.500Z ERROR  failed: java.lang.IllegalStateException: why");
    }

    @Test
    void othersAreHeardOnlyWhereTheyComplain() {
        choose(LogLevel.DEBUG);
        System.Logger logger = System.getLogger("org.elsewhere");

        logger.log(Level.INFO, "chatter");
        logger.log(Level.WARNING, "trouble");

        assertThat(lines).singleElement().asString().endsWith("NOTICE trouble");
    }
}
