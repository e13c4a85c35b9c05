package io.skyferry.cli.option;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How a run is shown.
public final class ShowOptions {
    @Option(names = "--json", description = "Print one JSON event a line, the report last.")
    private boolean json;

    @Option(
            names = {"-P", "--progress"},
            description = "Show how far the run is each second where standard error is no terminal, too.")
    private boolean progress;

    @Option(
            names = "--stats",
            paramLabel = "DURATION",
            description =
                    "How often to say how far the run is; 0: never. Without it: live on a terminal, else each minute.")
    private @Nullable Duration stats;

    /// Options as picocli fills them.
    public ShowOptions() {}

    /// Whether programs read along.
    public boolean isJson() {
        return json;
    }

    /// How often to show how far the run is; empty: never.
    ///
    /// @param live how often a terminal is drawn
    /// @param kept how often output that is kept gets a line
    public Optional<Duration> pace(boolean isTerminal, Duration live, Duration kept) {
        Duration chosen = stats != null ? stats : isTerminal ? live : progress ? Duration.ofSeconds(1) : kept;
        return chosen.isZero() ? Optional.empty() : Optional.of(chosen);
    }
}
