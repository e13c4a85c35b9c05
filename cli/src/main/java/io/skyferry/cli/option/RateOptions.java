package io.skyferry.cli.option;

import io.skyferry.control.run.StackWishes;
import io.skyferry.limits.BandwidthSchedule;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// How fast bytes may go.
public final class RateOptions {
    @Option(
            names = "--bwlimit",
            paramLabel = "RATE",
            description = "Bytes a second, such as 10M, or up and down such as 10M:2M, or by time of day such as "
                    + "'08:00,512 23:00,off'.")
    private @Nullable BandwidthSchedule bandwidth;

    @Option(
            names = "--tpslimit",
            paramLabel = "N",
            description = "Calls a second to remote places, such as 10 or 0.5, all of them together.")
    private @Nullable Double callsPerSecond;

    @Option(
            names = "--tpslimit-burst",
            paramLabel = "N",
            description = "Calls that may begin at once after a rest, with --tpslimit: ${DEFAULT-VALUE}.")
    private int burst = 1;

    @Option(
            names = "--low-level-retries",
            paramLabel = "N",
            description = "Attempts for one call to a place. Without it: as --retries says, four times that over a "
                    + "network.")
    private @Nullable Integer callAttempts;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final AcceptedOptions accepted = new AcceptedOptions();

    /// Options as picocli fills them.
    public RateOptions() {}

    /// What a command wants of the layers over its storages.
    public StackWishes stack() {
        return stack(StackWishes.DEFAULTS.attempts());
    }

    /// The same with so many attempts for a call.
    StackWishes stack(int attempts) {
        return new StackWishes(
                attempts,
                callAttempts(),
                bandwidth == null ? BandwidthSchedule.UNLIMITED : bandwidth,
                calls(),
                StackWishes.Patience.USUAL);
    }

    private OptionalInt callAttempts() {
        if (callAttempts == null) {
            return OptionalInt.empty();
        }
        if (callAttempts < 1) {
            throw new UsageException("Want 1 or more for --low-level-retries but have %s".formatted(callAttempts));
        }
        return OptionalInt.of(callAttempts);
    }

    private Optional<StackWishes.Calls> calls() {
        // 0 stands for no limit, as it does for rclone.
        if (callsPerSecond == null || callsPerSecond == 0) {
            return Optional.empty();
        }
        if (!(callsPerSecond > 0) || burst < 1) {
            throw new UsageException(
                    "Want 0 or more for --tpslimit and 1 or more for --tpslimit-burst but have %s and %s"
                            .formatted(callsPerSecond, burst));
        }
        return Optional.of(new StackWishes.Calls(callsPerSecond, burst));
    }
}
