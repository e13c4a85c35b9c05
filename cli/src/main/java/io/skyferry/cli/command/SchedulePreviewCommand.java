package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.console.Output;
import io.skyferry.cli.option.HelpOption;
import io.skyferry.cli.option.UsageException;
import io.skyferry.cli.option.Zones;
import io.skyferry.control.json.Json;
import io.skyferry.control.schedule.Cron;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `skyferry schedule preview`: what a schedule means and when it is due.
@Command(
        name = "preview",
        abbreviateSynopsis = true,
        description = "Say what a schedule means and when it is due next.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  skyferry schedule preview daily",
            "  skyferry schedule preview '30 2 * * mon-fri' --zone Europe/Berlin --count 5",
            "  skyferry schedule preview '*/15 8-18 * * *' --json"
        })
public final class SchedulePreviewCommand implements Action {
    private static final int MOST = 1000;
    private static final DateTimeFormatter SHOWN =
            DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm xxx", Locale.ENGLISH);

    private final Context context;

    private Cron cron = Cron.Preset.DAILY.cron();

    @Option(names = "--zone", paramLabel = "ZONE", description = "Another time zone than this machine's.")
    private @Nullable String zone;

    @Option(names = "--count", paramLabel = "N", description = "How many times to show; 25 unless said otherwise.")
    private int count = 25;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    /// A command in this context.
    public SchedulePreviewCommand(Context context) {
        this.context = context;
    }

    @Parameters(
            paramLabel = "CRON",
            description = "Minute, hour, day of the month, month and weekday in one argument, or hourly, daily, "
                    + "weekly or monthly.")
    void cron(String typed) {
        try {
            cron = Cron.parse(typed);
        } catch (IllegalArgumentException unreadable) {
            var refused = new UsageException(String.valueOf(unreadable.getMessage()));
            refused.initCause(unreadable);
            throw refused;
        }
    }

    @Override
    public int act() {
        if (count < 0 || count > MOST) {
            throw new UsageException("Want a --count from 0 to %s but have '%s'".formatted(MOST, count));
        }
        ZoneId place = Zones.of(zone);
        List<Instant> times = cron.next(context.services().clock().instant(), place, count);
        Output out = context.console().out();
        if (json) {
            out.line(new Json()
                    .put("canonical", cron.toString())
                    .put("sentence", cron.sentence())
                    .put("zone", place.getId())
                    .put(
                            "next",
                            times.stream()
                                    .map(at -> new Json()
                                            .put("at", at.toString())
                                            .put(
                                                    "local",
                                                    local(at, place)
                                                            .toOffsetDateTime()
                                                            .toString()))
                                    .toList())
                    .toString());
        } else {
            out.line(cron.toString());
            out.line("%s (%s)".formatted(cron.sentence(), place.getId()));
            times.forEach(at -> out.line(SHOWN.format(local(at, place))));
        }
        return ExitCodes.SUCCESS;
    }

    private static ZonedDateTime local(Instant at, ZoneId place) {
        return at.atZone(place);
    }
}
