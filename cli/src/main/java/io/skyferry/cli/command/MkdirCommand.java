package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.log.LogTarget;
import io.skyferry.cli.option.GeneralOptions;
import io.skyferry.cli.option.PlaceOptions;
import io.skyferry.control.run.StackWishes;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `skyferry mkdir`: makes a folder.
@Command(
        name = "mkdir",
        abbreviateSynopsis = true,
        description = "Make a folder, and those above it. One that is there already is fine.",
        footerHeading = "%nExamples:%n",
        footer = "  skyferry mkdir /mnt/backup/2026/documents")
public final class MkdirCommand implements Action {
    private final Context context;

    @Mixin
    private final GeneralOptions general = new GeneralOptions();

    @Mixin
    private final PlaceOptions place = new PlaceOptions();

    /// A command in this context.
    public MkdirCommand(Context context) {
        this.context = context;
    }

    @Override
    public int act() {
        try (LogTarget _ = LogTarget.open(general, context, "mkdir");
                Storage storage =
                        context.services().storages(StackWishes.DEFAULTS).open(place.spec())) {
            storage.makeDirectory(RelPath.ROOT);
            return ExitCodes.SUCCESS;
        }
    }
}
