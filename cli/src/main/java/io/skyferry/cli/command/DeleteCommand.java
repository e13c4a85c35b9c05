package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.console.Output;
import io.skyferry.cli.log.Log;
import io.skyferry.cli.log.LogLevel;
import io.skyferry.cli.option.DepthOptions;
import io.skyferry.cli.option.GeneralOptions;
import io.skyferry.cli.option.ListingOptions;
import io.skyferry.control.run.Deletion;
import io.skyferry.control.run.EmptyDirectories;
import io.skyferry.storage.Entry;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `skyferry delete`: deletes the files that the filters select.
@Command(
        name = "delete",
        abbreviateSynopsis = true,
        description = "Delete a file, or the files of a folder that the filters select. Folders stay.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  skyferry delete ~/Downloads --min-age 90d --dry-run   # look first",
            "  skyferry delete ~/Downloads --min-age 90d",
            "  skyferry delete ~/Downloads --include '*.tmp' --rmdirs"
        })
public final class DeleteCommand implements Action {
    private static final int BATCH = 1_000;

    private final Context context;

    @Mixin
    private final GeneralOptions general = new GeneralOptions();

    @Mixin
    private final ListingOptions options = new ListingOptions();

    @Mixin
    private final DepthOptions depth = new DepthOptions();

    @Option(
            names = {"-n", "--dry-run"},
            description = "Print what would be deleted, and delete nothing.")
    private boolean dryRun;

    @Option(names = "--rmdirs", description = "Remove folders too that hold nothing then; the place itself stays.")
    private boolean removeDirectories;

    /// A command in this context.
    public DeleteCommand(Context context) {
        this.context = context;
    }

    @Override
    public int act() {
        Output out = context.console().out();
        List<Deletion.Refusal> refusals = new ArrayList<>();
        int code = new Listing(context, general, options).run(depth.depth(), (storage, walk, others) -> {
            Log log = others.log();
            var deletion =
                    new Deletion(storage, context.cancel(), file -> log.tell(LogLevel.INFO, file.path() + ": deleted"));
            List<Entry.File> batch = new ArrayList<>();
            walk.each(entry -> {
                if (!(entry instanceof Entry.File file)) {
                    others.tell(entry);
                } else if (dryRun) {
                    out.line("delete     " + out.name(file.path().text()));
                } else if (batch.add(file) && batch.size() == BATCH) {
                    refusals.addAll(deletion.delete(batch));
                    batch.clear();
                }
            });
            refusals.addAll(deletion.delete(batch));
            if (removeDirectories && !dryRun) {
                refusals.addAll(new EmptyDirectories(storage, context.cancel()).removeBelow(walk));
            }
            refusals.forEach(one -> log.tell(LogLevel.ERROR, one.path() + ": " + one.reason()));
        });
        return refusals.isEmpty() ? code : ExitCodes.FAILED;
    }
}
