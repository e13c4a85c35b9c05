package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.option.RunArguments;
import io.skyferry.engine.options.Mode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `skyferry move`: files go to the target and from the source.
@Command(
        name = "move",
        abbreviateSynopsis = true,
        description =
                "Move files to the target: a file goes from the source when its copy is verified and on the medium.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  skyferry move ~/Camera /mnt/nas/photos",
            "  skyferry move ~/Camera /mnt/nas/photos --min-age 1d          # leave what is still written to",
            "  skyferry move ~/Camera /mnt/nas/photos --dry-run"
        })
public final class MoveCommand implements Action {
    private final Context context;

    @Mixin
    private final RunArguments arguments = new RunArguments();

    /// A command in this context.
    public MoveCommand(Context context) {
        this.context = context;
    }

    @Override
    public int act() {
        return new OneWayCommand(context, Mode.MOVE, arguments).run();
    }
}
