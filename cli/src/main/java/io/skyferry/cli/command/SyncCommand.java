package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.option.RunArguments;
import io.skyferry.engine.options.Mode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `skyferry sync`: the target becomes equal to the source.
@Command(
        name = "sync",
        abbreviateSynopsis = true,
        description =
                "Make the target equal to the source: copy what is new or changed, delete what the source does not have.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  skyferry sync ~/Documents /mnt/backup/documents",
            "  skyferry sync ~/Documents /mnt/backup/documents --dry-run    # look first",
            "  skyferry sync ~/Documents /mnt/backup/documents --plan-out plan && skyferry apply plan",
            "  skyferry sync ~/Documents /mnt/backup/documents --backup-dir /mnt/backup/old --suffix .bak",
            "  skyferry sync ~/Documents /mnt/backup/documents --max-delete 100 --exclude '/tmp/**'"
        })
public final class SyncCommand implements Action {
    private final Context context;

    @Mixin
    private final RunArguments arguments = new RunArguments();

    /// A command in this context.
    public SyncCommand(Context context) {
        this.context = context;
    }

    @Override
    public int act() {
        return new OneWayCommand(context, Mode.SYNC, arguments).run();
    }
}
