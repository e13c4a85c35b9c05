package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.console.Output;
import io.skyferry.cli.option.HelpOption;
import io.skyferry.cli.option.UsageException;
import io.skyferry.cli.option.Zones;
import io.skyferry.control.json.Json;
import io.skyferry.limits.BandwidthLimit;
import io.skyferry.limits.BandwidthSchedule;
import io.skyferry.limits.ByteSize;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `skyferry bwlimit`: explains a bandwidth limit.
@Command(
        name = "bwlimit",
        abbreviateSynopsis = true,
        description = "Show how a bandwidth limit is understood, and which limit is in force.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  skyferry bwlimit 10M",
            "  skyferry bwlimit 10M:2M                                   # up and down",
            "  skyferry bwlimit '08:00,512 12:00,10M 23:00,off'          # by time of day",
            "  skyferry bwlimit 'Mon-08:00,1M Sat-00:00,off' --at 2026-11-22T19:59 --zone Europe/Berlin --json"
        })
public final class BwlimitCommand implements Action {
    private final Context context;

    private BandwidthSchedule schedule = BandwidthSchedule.UNLIMITED;

    @Option(names = "--at", paramLabel = "TIME", description = "Another moment than now, by the clock on the wall.")
    private @Nullable String at;

    @Option(names = "--zone", paramLabel = "ZONE", description = "Another time zone than this machine's.")
    private @Nullable String zone;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    /// A command in this context.
    public BwlimitCommand(Context context) {
        this.context = context;
    }

    @Parameters(paramLabel = "SPEC", description = "A rate, two rates, or a timetable.")
    void schedule(BandwidthSchedule read) {
        schedule = read;
    }

    @Override
    public int act() {
        BandwidthLimit limit = schedule.limitAt(moment());
        Output out = context.console().out();
        if (json) {
            var object = new Json().put("canonical", schedule.toString());
            put(object, "upload", limit.upload());
            put(object, "download", limit.download());
            out.line(object.toString());
        } else {
            out.line(schedule.toString());
            out.line("upload: " + words(limit.upload()));
            out.line("download: " + words(limit.download()));
        }
        return ExitCodes.SUCCESS;
    }

    private ZonedDateTime moment() {
        ZoneId place = Zones.of(zone);
        if (at == null) {
            return context.services().clock().instant().atZone(place);
        }
        try {
            return LocalDateTime.parse(at).atZone(place);
        } catch (DateTimeParseException unreadable) {
            var refused =
                    new UsageException("Want a time such as '2026-11-22T19:59' for --at but have '%s'".formatted(at));
            refused.initCause(unreadable);
            throw refused;
        }
    }

    private static void put(Json object, String name, OptionalLong rate) {
        if (rate.isPresent()) {
            object.put(name, rate.orElseThrow());
        } else {
            object.putNull(name);
        }
    }

    private static String words(OptionalLong rate) {
        return rate.isPresent() ? new ByteSize(rate.orElseThrow()) + " a second" : "no limit";
    }
}
