package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.console.Output;
import io.skyferry.cli.option.HelpOption;
import io.skyferry.control.task.ConfigArchive;
import io.skyferry.limits.Counted;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `skyferry config import`: takes an exported file in.
@Command(
        name = "import",
        abbreviateSynopsis = true,
        description = "Take in what config export wrote. What has the same name is changed, all else is added.",
        footerHeading = "%nExamples:%n",
        footer = {"  skyferry config import skyferry.json --passphrase-file phrase.txt"})
public final class ConfigImportCommand implements Action {
    private final Context context;

    private Path file = Path.of("");

    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            description = "Holds the passphrase; one line end behind it is dropped.")
    private @Nullable Path passphraseFile;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    /// A command in this context.
    public ConfigImportCommand(Context context) {
        this.context = context;
    }

    @Parameters(paramLabel = "FILE", description = "The archive.")
    void file(Path given) {
        file = given;
    }

    @Override
    public int act() {
        ConfigArchive.Imported made = ConfigExportCommand.archive(context.services())
                .take(
                        ConfigExportCommand.text(file),
                        ConfigExportCommand.passphrase(passphraseFile),
                        TaskText.caller());
        TaskText.audit(
                context,
                "config.import",
                "configuration",
                "%s credentials, %s tasks".formatted(made.credentials(), made.tasks()));
        Output out = context.console().out();
        out.line("Took in %s, %s, %s and %s."
                .formatted(
                        Counted.of(made.settings(), "setting"),
                        Counted.of(made.credentials(), "credential"),
                        Counted.of(made.tasks(), "task"),
                        Counted.of(made.channels(), "channel")));
        made.left().forEach(line -> context.console().err().line("Left out: " + out.name(line)));
        return made.left().isEmpty() ? ExitCodes.SUCCESS : ExitCodes.FAILED;
    }
}
