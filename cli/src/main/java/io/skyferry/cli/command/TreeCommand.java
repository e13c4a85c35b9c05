package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.console.Output;
import io.skyferry.cli.option.GeneralOptions;
import io.skyferry.cli.option.ListingOptions;
import io.skyferry.control.run.Walk;
import io.skyferry.limits.Counted;
import io.skyferry.storage.Entry;
import io.skyferry.storage.RelPath;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `skyferry tree`: folders and files as a tree.
@Command(
        name = "tree",
        abbreviateSynopsis = true,
        description = "Show the folders and files of a place as a tree.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  skyferry tree ~/Documents",
            "  skyferry tree --level 2 --size ~/Documents",
            "  skyferry tree --dirs-only ~/Documents"
        })
public final class TreeCommand implements Action {
    private final Context context;

    @Mixin
    private final GeneralOptions general = new GeneralOptions();

    @Mixin
    private final ListingOptions options = new ListingOptions();

    @Option(names = "--level", paramLabel = "N", description = "Look no deeper than this.")
    private @Nullable Integer level;

    @Option(
            names = {"-d", "--dirs-only"},
            description = "Show folders alone.")
    private boolean directoriesOnly;

    @Option(
            names = {"-s", "--size"},
            description = "Show the sizes of files.")
    private boolean sizes;

    /// A command in this context.
    public TreeCommand(Context context) {
        this.context = context;
    }

    @Override
    public int act() {
        Output out = context.console().out();
        int depth = level == null ? Walk.ALL : level;
        return new Listing(context, general, options).run(depth, (_, walk, others) -> {
            var branch = new Branch(walk, others, out, depth);
            out.line("/");
            branch.print(RelPath.ROOT, "", 1);
            out.line("");
            out.line(Counted.of(branch.directories, "directory", "directories")
                    + (directoriesOnly ? "" : ", " + Counted.of(branch.files, "file")));
        });
    }

    /// Prints one directory after the other, and counts.
    private final class Branch {
        private final Walk walk;
        private final Listing.Others others;
        private final Output out;
        private final int depth;
        private long directories;
        private long files;

        Branch(Walk walk, Listing.Others others, Output out, int depth) {
            this.walk = walk;
            this.others = others;
            this.out = out;
            this.depth = depth;
        }

        void print(RelPath directory, String indent, int level) {
            List<Entry> shown = new ArrayList<>();
            for (Entry entry : walk.children(directory)) {
                switch (entry) {
                    case Entry.File file when !directoriesOnly -> shown.add(file);
                    case Entry.File _ -> {
                        // Left out on request.
                    }
                    case Entry.Directory below -> shown.add(below);
                    case Entry.Unusable _, Entry.Special _, Entry.Unlisted _, Entry.Leftover _ -> others.tell(entry);
                }
            }
            for (int i = 0; i < shown.size(); i++) {
                boolean last = i == shown.size() - 1;
                print(shown.get(i), indent, last ? "└── " : "├── ");
                if (shown.get(i) instanceof Entry.Directory(RelPath path, var _) && level < depth) {
                    print(path, indent + (last ? "    " : "│   "), level + 1);
                }
            }
        }

        private void print(Entry entry, String indent, String mark) {
            String name = out.name(entry.path().name());
            if (entry instanceof Entry.File file) {
                files++;
                String size = sizes ? "[%s]  ".formatted(Columns.right(Long.toString(file.size()), 11)) : "";
                out.line(indent + mark + size + name);
            } else {
                directories++;
                out.line(indent + mark + name);
            }
        }
    }
}
