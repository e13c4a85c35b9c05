package io.skyferry.cli.option;

import io.skyferry.control.run.StackWishes;
import io.skyferry.engine.options.RunOptions.Cutoff;
import io.skyferry.engine.options.RunOptions.Order;
import io.skyferry.engine.options.RunOptions.Transfers;
import io.skyferry.limits.ByteSize;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// How many files go over at a time, how fast, in which order and how long.
public final class PaceOptions {
    private static final Duration AS_LONG_AS_IT_TAKES = Duration.ofDays(3650);

    @Option(names = "--transfers", paramLabel = "N", description = "Files transferred at a time: ${DEFAULT-VALUE}.")
    private int transfers = Transfers.DEFAULTS.lanes();

    @Option(
            names = "--checkers",
            paramLabel = "N",
            description = "Files compared by content, or asked for their times, at a time: ${DEFAULT-VALUE}.")
    private int checkers = Transfers.DEFAULTS.checkers();

    @Option(
            names = "--retries",
            paramLabel = "N",
            description = "Attempts for an item, the first one counted: ${DEFAULT-VALUE}.")
    private int retries = Transfers.DEFAULTS.attempts();

    @Option(names = "--max-transfer", paramLabel = "SIZE", description = "Begin no transfer after so many bytes.")
    private @Nullable ByteSize maxTransfer;

    @Option(
            names = "--cutoff-mode",
            paramLabel = "MODE",
            description = "What --max-transfer does to the file that reaches it. soft: it goes over whole, as the last "
                    + "one. hard and cautious: it is not begun. Without it: cautious.")
    private CutoffMode cutoff = CutoffMode.CAUTIOUS;

    @Option(names = "--max-duration", paramLabel = "DURATION", description = "Begin no transfer after so long.")
    private @Nullable Duration maxDuration;

    @Option(
            names = "--order-by",
            paramLabel = "ORDER",
            description = "Begin transfers by size, name or modtime; add ,desc for the largest, last or newest first, "
                    + ",mixed for both ends by turns.")
    private Order order = Order.AS_FOUND;

    @Option(names = "--fsync", description = "Have every file on the medium before it counts as done.")
    private boolean fsync;

    @Mixin
    private final RateOptions rate = new RateOptions();

    @Option(names = "--wait", description = "Wait while another run works on the same two places.")
    private boolean wait;

    /// Options as picocli fills them.
    public PaceOptions() {}

    /// How bytes go over.
    ///
    /// @throws UsageException naming the number that is too small
    public Transfers transfers() {
        return new Transfers(
                Values.atLeastOne("--transfers", transfers),
                Values.atLeastOne("--checkers", checkers),
                Values.atLeastOne("--retries", retries),
                maxTransfer == null ? OptionalLong.empty() : OptionalLong.of(maxTransfer.bytes()),
                Optional.ofNullable(maxDuration).filter(duration -> !duration.isZero()),
                order,
                fsync,
                false,
                Transfers.PARTS_FROM,
                switch (cutoff) {
                    case HARD, CAUTIOUS -> Cutoff.BEFORE;
                    case SOFT -> Cutoff.BEHIND;
                });
    }

    /// As rclone names them.
    enum CutoffMode {
        HARD,
        SOFT,
        CAUTIOUS
    }

    /// What the run wants of the layers over its storages.
    public StackWishes stack() {
        return rate.stack(Values.atLeastOne("--retries", retries));
    }

    /// How long to wait for another run.
    public Duration patience() {
        return wait ? AS_LONG_AS_IT_TAKES : Duration.ZERO;
    }
}
