package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.console.Output;
import io.skyferry.cli.option.DepthOptions;
import io.skyferry.cli.option.GeneralOptions;
import io.skyferry.cli.option.ListingOptions;
import io.skyferry.storage.Entry;
import java.time.ZoneId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `skyferry lsl`: sizes, times and paths of all files.
@Command(
        name = "lsl",
        abbreviateSynopsis = true,
        description = "List the files of a place with sizes and times, those in its folders too.",
        footerHeading = "%nExamples:%n",
        footer = {"  skyferry lsl ~/Documents", "  skyferry lsl ~/Documents --max-age 7d"})
public final class LslCommand implements Action {
    private final Context context;

    @Mixin
    private final GeneralOptions general = new GeneralOptions();

    @Mixin
    private final ListingOptions options = new ListingOptions();

    @Mixin
    private final DepthOptions depth = new DepthOptions();

    /// A command in this context.
    public LslCommand(Context context) {
        this.context = context;
    }

    @Override
    public int act() {
        Output out = context.console().out();
        ZoneId zone = ZoneId.systemDefault();
        return new Listing(context, general, options)
                .run(
                        depth.depth(),
                        _ -> true,
                        (_, walk, others) -> walk.each(entry -> {
                            if (entry instanceof Entry.File file) {
                                String size = Columns.right(Long.toString(file.size()), 9);
                                String path = out.name(file.path().text());
                                out.line("%s %s %s".formatted(size, Columns.toNano(file, zone), path));
                            } else {
                                others.tell(entry);
                            }
                        }));
    }
}
