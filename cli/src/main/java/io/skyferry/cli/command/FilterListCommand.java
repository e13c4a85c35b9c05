package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.console.Output;
import io.skyferry.cli.log.Log;
import io.skyferry.cli.log.LogLevel;
import io.skyferry.cli.log.LogTarget;
import io.skyferry.cli.option.GeneralOptions;
import io.skyferry.cli.option.ListingOptions;
import io.skyferry.control.json.Json;
import io.skyferry.control.run.Places;
import io.skyferry.control.run.SortedWalk;
import io.skyferry.control.run.StackWishes;
import io.skyferry.engine.work.Lanes;
import io.skyferry.filter.Filter;
import io.skyferry.storage.Entry;
import io.skyferry.storage.RelPath;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `skyferry filter list`: the files that pass.
@Command(
        name = "list",
        abbreviateSynopsis = true,
        description = "Print the files that pass, one a line, sorted by the bytes of their paths.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  skyferry filter list --include '*.jpg' --max-age 30d ~/Pictures",
            "  skyferry filter list --filter-from rules.txt --json ~/Documents"
        })
public final class FilterListCommand implements Action {
    private final Context context;

    @Mixin
    private final GeneralOptions general = new GeneralOptions();

    @Mixin
    private final ListingOptions options = new ListingOptions();

    @Option(names = "--json", description = "Print one JSON object a line.")
    private boolean json;

    /// A command in this context.
    public FilterListCommand(Context context) {
        this.context = context;
    }

    @Override
    public int act() {
        try (LogTarget log = LogTarget.open(general, context, "filter")) {
            Filter filter = options.selection(context);
            filter.warnings().forEach(text -> log.log().tell(LogLevel.NOTICE, text));
            filter.doubts().forEach(text -> log.log().tell(LogLevel.NOTICE, text));
            var opener = context.services().storages(StackWishes.DEFAULTS);
            try (Places.Opened place = new Places(opener).open(options.spec(), filter);
                    Lanes checkers = options.checkers(context);
                    var spill = new SpillFolder(context.services().newSpill())) {
                long unlisted = new SortedWalk(place.storage(), place.selection(), checkers, context.cancel())
                        .each(spill.path(), entry -> show(entry, filter, log.log()));
                return unlisted == 0 ? ExitCodes.SUCCESS : ExitCodes.FAILED;
            }
        }
    }

    private void show(Entry entry, Filter filter, Log log) {
        Output out = context.console().out();
        switch (entry) {
            case Entry.File file -> {
                String path = file.path().text();
                out.line(
                        json
                                ? new Json()
                                        .put("path", path)
                                        .put("bytes", file.size())
                                        .toString()
                                : out.name(path));
            }
            case Entry.Directory(RelPath path, var _) ->
                filter.warningFor(path).ifPresent(text -> log.tell(LogLevel.NOTICE, text));
            case Entry.Unlisted(var path, var _, String reason) -> log.tell(LogLevel.ERROR, path + ": " + reason);
            case Entry.Unusable unusable -> log.tell(LogLevel.ERROR, Listing.unnamed(unusable));
            case Entry.Special _, Entry.Leftover _ -> {
                // No filter decides over what can never be transferred.
            }
        }
    }
}
