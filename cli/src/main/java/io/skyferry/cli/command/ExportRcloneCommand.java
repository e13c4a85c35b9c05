package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.option.HelpOption;
import io.skyferry.cli.option.Place;
import io.skyferry.cli.option.UsageException;
import io.skyferry.control.exchange.RcloneExport;
import io.skyferry.control.store.OwnerOnly;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `skyferry export rclone`: writes a configuration for rclone.
@Command(
        name = "rclone",
        abbreviateSynopsis = true,
        description = {
            "Write a configuration with which rclone reaches the same accounts and reads what encrypted tasks",
            "wrote: credentials keep their names, an encrypted task is called task-7. It holds all secrets in the",
            "open or as good as that, so it goes to a new file that its owner alone can read."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  skyferry export rclone --output rclone.conf", "  rclone --config rclone.conf lsf task-7:"})
public final class ExportRcloneCommand implements Action {
    private final Context context;

    @Option(names = "--output", paramLabel = "FILE", required = true, description = "A file that is not there yet.")
    private String output = "";

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    /// A command in this context.
    public ExportRcloneCommand(Context context) {
        this.context = context;
    }

    @Override
    public int act() {
        var services = context.services();
        String text = new RcloneExport(services.credentials(), services.tasks(), services.encryption()).text();
        try {
            Path file = Path.of(Place.absolute(output));
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new UsageException("Want a file that is not there yet but have '%s'".formatted(output));
            }
            OwnerOnly.write(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException | InvalidPathException failure) {
            throw new UsageException("'%s' cannot be written: %s".formatted(output, failure), failure);
        }
        context.console().out().line("Written to '%s'. It opens all accounts: keep it safe".formatted(output));
        return ExitCodes.SUCCESS;
    }
}
