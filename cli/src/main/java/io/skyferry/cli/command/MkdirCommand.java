package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.log.LogTarget;
import io.skyferry.cli.option.GeneralOptions;
import io.skyferry.cli.option.PlaceOptions;
import io.skyferry.control.run.NewDirectories;
import io.skyferry.control.run.StackWishes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `skyferry mkdir`: makes a folder.
@Command(
        name = "mkdir",
        abbreviateSynopsis = true,
        description = {
            "Make a folder, and those above it, or a bucket. One that is there already is fine.",
            "In a bucket there are no folders to make: they come with the files in them."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  skyferry mkdir /mnt/backup/2026/documents",
            "  skyferry mkdir s3:new-bucket --s3-region eu-central-1"
        })
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
        try (LogTarget _ = LogTarget.open(general, context, "mkdir")) {
            var directories = new NewDirectories(context.services().storages(StackWishes.DEFAULTS));
            if (directories.make(place.spec()) == NewDirectories.Made.WITH_ITS_FIRST_FILE) {
                context.console().err().line("Nothing to make: such a folder is there with its first file.");
            }
            return ExitCodes.SUCCESS;
        }
    }
}
