package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.console.Output;
import io.skyferry.cli.option.DepthOptions;
import io.skyferry.cli.option.GeneralOptions;
import io.skyferry.cli.option.ListingOptions;
import io.skyferry.storage.Entry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `skyferry ls`: sizes and paths of all files.
@Command(
        name = "ls",
        abbreviateSynopsis = true,
        description = "List the files of a place with their sizes, those in its folders too.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  skyferry ls ~/Documents",
            "  skyferry ls ~/Documents --include '*.pdf' --min-size 10M",
            "  skyferry lsf ~/Documents         # names alone, easy to use in scripts",
            "  skyferry lsl ~/Documents         # times too"
        })
public final class LsCommand implements Action {
    private final Context context;

    @Mixin
    private final GeneralOptions general = new GeneralOptions();

    @Mixin
    private final ListingOptions options = new ListingOptions();

    @Mixin
    private final DepthOptions depth = new DepthOptions();

    /// A command in this context.
    public LsCommand(Context context) {
        this.context = context;
    }

    @Override
    public int act() {
        Output out = context.console().out();
        return new Listing(context, general, options)
                .run(
                        depth.depth(),
                        (_, walk, others) -> walk.each(entry -> {
                            if (entry instanceof Entry.File file) {
                                String size = Columns.right(Long.toString(file.size()), 9);
                                out.line(size + " " + out.name(file.path().text()));
                            } else {
                                others.tell(entry);
                            }
                        }));
    }
}
