package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.log.LogLevel;
import io.skyferry.cli.option.GeneralOptions;
import io.skyferry.cli.option.ListingOptions;
import io.skyferry.control.run.Deletion;
import io.skyferry.control.run.EmptyDirectories;
import io.skyferry.control.run.Places;
import io.skyferry.control.run.StackWishes;
import io.skyferry.control.run.Walk;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `skyferry rmdirs`: removes folders that hold nothing.
@Command(
        name = "rmdirs",
        abbreviateSynopsis = true,
        description = "Remove the folders of a place that hold nothing, and the place itself if it holds nothing then.",
        footerHeading = "%nExamples:%n",
        footer = {"  skyferry rmdirs ~/Downloads --leave-root", "  skyferry rmdirs /mnt/backup/old"})
public final class RmdirsCommand implements Action {
    private final Context context;

    @Mixin
    private final GeneralOptions general = new GeneralOptions();

    @Mixin
    private final ListingOptions options = new ListingOptions();

    @Option(names = "--leave-root", description = "Leave the place itself.")
    private boolean leaveRoot;

    /// A command in this context.
    public RmdirsCommand(Context context) {
        this.context = context;
    }

    @Override
    public int act() {
        List<Deletion.Refusal> refusals = new ArrayList<>();
        int code = new Listing(context, general, options).run(Walk.ALL, (storage, walk, others) -> {
            refusals.addAll(new EmptyDirectories(storage, context.cancel()).removeBelow(walk));
            if (!leaveRoot) {
                refusals.addAll(removePlace());
            }
            refusals.forEach(one -> others.log().tell(LogLevel.ERROR, one.path() + ": " + one.reason()));
        });
        return refusals.isEmpty() ? code : ExitCodes.FAILED;
    }

    /// A storage never removes its own root: the folder above it does.
    private List<Deletion.Refusal> removePlace() {
        var places = new Places(context.services().storages(StackWishes.DEFAULTS));
        Optional<Places.Above> above = places.openAbove(options.spec());
        if (above.isEmpty()) {
            return List.of();
        }
        try (Places.Above open = above.orElseThrow()) {
            return new EmptyDirectories(open.storage(), context.cancel())
                    .remove(open.directory()).stream().toList();
        }
    }
}
