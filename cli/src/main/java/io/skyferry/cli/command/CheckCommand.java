package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.log.LogLevel;
import io.skyferry.cli.log.LogTarget;
import io.skyferry.cli.option.CheckOutputs;
import io.skyferry.cli.option.CompareOptions;
import io.skyferry.cli.option.DepthOptions;
import io.skyferry.cli.option.EncryptionOptions;
import io.skyferry.cli.option.FilterOptions;
import io.skyferry.cli.option.GeneralOptions;
import io.skyferry.cli.option.LinkOptions;
import io.skyferry.cli.option.Place;
import io.skyferry.cli.option.RateOptions;
import io.skyferry.control.run.Check;
import io.skyferry.control.run.Checks;
import io.skyferry.filter.Filter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `skyferry check`: says where two places differ.
@Command(
        name = "check",
        abbreviateSynopsis = true,
        description = {
            "Say where two places differ; neither is touched. Exit code 1: they do.",
            "Files are the same that a first sync would leave alone: same size and time, or same content."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  skyferry check ~/Documents /mnt/backup/documents",
            "  skyferry check --download ~/Documents /mnt/backup/documents        # compare all bytes",
            "  skyferry check --one-way ~/Documents /mnt/backup/documents         # more files there are fine",
            "  skyferry check --combined - ~/Documents /mnt/backup/documents      # = same, * differs, + - on one side"
        })
public final class CheckCommand implements Action {
    private final Context context;

    private Place source = Place.HERE;
    private Place target = Place.HERE;

    @Mixin
    private final GeneralOptions general = new GeneralOptions();

    @Mixin
    private final RateOptions rate = new RateOptions();

    @Mixin
    private final FilterOptions filters = new FilterOptions();

    @Mixin
    private final DepthOptions depth = new DepthOptions();

    @Mixin
    private final LinkOptions links = new LinkOptions();

    @Mixin
    private final EncryptionOptions encryption = new EncryptionOptions();

    @Mixin
    private final CompareOptions compare = new CompareOptions();

    @Mixin
    private final CheckOutputs outputs = new CheckOutputs();

    @Option(names = "--download", description = "Compare all bytes of both.")
    private boolean download;

    @Option(names = "--one-way", description = "Only what the source has must be at the target.")
    private boolean oneWay;

    @Option(names = "--checkers", paramLabel = "N", description = "Files read at a time: ${DEFAULT-VALUE}.")
    private int checkers = 8;

    @Option(names = "--json", description = "Print one JSON event a line, the report last.")
    private boolean json;

    /// A command in this context.
    public CheckCommand(Context context) {
        this.context = context;
    }

    @Parameters(index = "0", paramLabel = "SOURCE", description = "A folder or a file.")
    void source(Place named) {
        source = named;
    }

    @Parameters(index = "1", paramLabel = "TARGET", description = "A folder.")
    void target(Place named) {
        target = named;
    }

    @Override
    public int act() {
        Filter selection = filters.selection(context::now);
        var wishes = new Check.Wishes(
                depth.limit(selection),
                compare.comparison(),
                download ? Check.Depth.BYTES : Check.Depth.AS_SYNC,
                oneWay ? Check.Extras.IGNORE : Check.Extras.COUNT,
                Math.max(1, checkers));
        Checks checks = context.services().checks(context.services().storages(rate.stack()));
        encryption.expectUsed(List.of(source, target));
        var left = encryption.spec(source, links.settings());
        var right = encryption.spec(target, links.settings());
        try (Interrupts _ = Interrupts.raising(
                        context, () -> context.console().err().line("skyferry: stopped"));
                LogTarget log = LogTarget.open(general, context, "check");
                CheckReport report = CheckReport.open(context.console(), log.log(), outputs, json)) {
            try (var spill = new SpillFolder(context.services().newSpill())) {
                selection.warnings().forEach(text -> log.log().tell(LogLevel.NOTICE, text));
                log.log().tell(LogLevel.DEBUG, "comparing '%s' with '%s'".formatted(source, target));
                var watch = new Checks.Watch(report, text -> log.log().tell(LogLevel.NOTICE, text), context.cancel());
                checks.run(left, right, wishes, spill.path(), watch);
            }
            if (report.isIdle()) {
                selection.doubts().forEach(text -> log.log().tell(LogLevel.NOTICE, text));
            }
            return report.finish() ? ExitCodes.SUCCESS : ExitCodes.FAILED;
        }
    }
}
