package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.console.Amounts;
import io.skyferry.cli.console.Output;
import io.skyferry.cli.option.DepthOptions;
import io.skyferry.cli.option.GeneralOptions;
import io.skyferry.cli.option.ListingOptions;
import io.skyferry.control.json.Json;
import io.skyferry.storage.Entry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `skyferry size`: how many files there are, and how large they are together.
@Command(
        name = "size",
        abbreviateSynopsis = true,
        description = "Count the files of a place and add up their sizes.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  skyferry size ~/Documents",
            "  skyferry size ~/Pictures --include '*.{jpg,raw}'",
            "  skyferry size --json /mnt/backup    # {\"count\":3,\"bytes\":120,\"sizeless\":0}"
        })
public final class SizeCommand implements Action {
    private final Context context;

    @Mixin
    private final GeneralOptions general = new GeneralOptions();

    @Mixin
    private final ListingOptions options = new ListingOptions();

    @Mixin
    private final DepthOptions depth = new DepthOptions();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    /// A command in this context.
    public SizeCommand(Context context) {
        this.context = context;
    }

    /// Sums, by one thread.
    private static final class Total {
        private long count;
        private long bytes;
        private long sizeless;

        void add(Entry.File file) {
            count++;
            if (file.size() == Entry.File.UNKNOWN_SIZE) {
                sizeless++;
            } else {
                bytes += file.size();
            }
        }
    }

    @Override
    public int act() {
        var total = new Total();
        int code = new Listing(context, general, options)
                .run(
                        depth.depth(),
                        (_, walk, others) -> walk.each(entry -> {
                            if (entry instanceof Entry.File file) {
                                total.add(file);
                            } else {
                                others.tell(entry);
                            }
                        }));
        print(total);
        return code;
    }

    private void print(Total total) {
        Output out = context.console().out();
        if (json) {
            out.line(new Json()
                    .put("count", total.count)
                    .put("bytes", total.bytes)
                    .put("sizeless", total.sizeless)
                    .toString());
            return;
        }
        out.line("Total objects: %s".formatted(total.count));
        out.line("Total size: %s (%s Byte)".formatted(Amounts.bytes(total.bytes), total.bytes));
        if (total.sizeless > 0) {
            out.line("Files of unknown size: %s".formatted(total.sizeless));
        }
    }
}
