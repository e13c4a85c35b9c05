package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.option.RunArguments;
import io.skyferry.engine.options.Mode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `skyferry copy`: new and changed files go to the target.
@Command(
        name = "copy",
        abbreviateSynopsis = true,
        description = "Copy new and changed files to the target. Nothing is deleted.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  skyferry copy ~/Documents /mnt/backup/documents",
            "  skyferry copy ~/Documents /mnt/backup/documents --dry-run    # look first",
            "  skyferry copy ~/Pictures /mnt/usb --include '*.jpg' --max-age 30d",
            "  skyferry copy ~/report.pdf /mnt/usb                          # one file",
            "  skyferry copy -c ~/Documents /mnt/backup/documents           # compare contents, not times"
        })
public final class CopyCommand implements Action {
    private final Context context;

    @Mixin
    private final RunArguments arguments = new RunArguments();

    /// A command in this context.
    public CopyCommand(Context context) {
        this.context = context;
    }

    @Override
    public int act() {
        return new OneWayCommand(context, Mode.COPY, arguments).run();
    }
}
