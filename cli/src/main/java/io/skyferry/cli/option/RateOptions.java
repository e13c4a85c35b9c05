package io.skyferry.cli.option;

import io.skyferry.control.run.StackWishes;
import io.skyferry.limits.BandwidthSchedule;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How fast bytes may go.
public final class RateOptions {
    @Option(
            names = "--bwlimit",
            paramLabel = "RATE",
            description = "Bytes a second, such as 10M, or up and down such as 10M:2M, or by time of day such as "
                    + "'08:00,512 23:00,off'.")
    private @Nullable BandwidthSchedule bandwidth;

    /// Options as picocli fills them.
    public RateOptions() {}

    /// What a command wants of the layers over its storages.
    public StackWishes stack() {
        return stack(StackWishes.DEFAULTS.attempts());
    }

    /// The same with so many attempts for a call.
    StackWishes stack(int attempts) {
        return new StackWishes(attempts, bandwidth == null ? BandwidthSchedule.UNLIMITED : bandwidth);
    }
}
