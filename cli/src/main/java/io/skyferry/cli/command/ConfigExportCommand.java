package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.Services;
import io.skyferry.cli.option.HelpOption;
import io.skyferry.cli.option.TaskOptions;
import io.skyferry.control.store.OwnerOnly;
import io.skyferry.control.task.ConfigArchive;
import io.skyferry.limits.FileTrouble;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `skyferry config export`: everything that was set up, in one file.
@Command(
        name = "export",
        abbreviateSynopsis = true,
        description =
                "Write settings, credentials and tasks to a file. With a passphrase it is sealed and holds the secrets.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  skyferry config export skyferry.json --passphrase-file phrase.txt",
            "  skyferry config export skyferry.json    # without secrets"
        })
public final class ConfigExportCommand implements Action {
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
    public ConfigExportCommand(Context context) {
        this.context = context;
    }

    @Parameters(paramLabel = "FILE", description = "The archive.")
    void file(Path given) {
        file = given;
    }

    @Override
    public int act() {
        String text = archive(context.services()).export(passphrase(passphraseFile), TaskText.caller());
        try {
            OwnerOnly.write(file, (text + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "'%s' cannot be written: %s".formatted(file, FileTrouble.of(failure)), failure);
        }
        context.console()
                .out()
                .line("Wrote '%s'.".formatted(context.console().out().name(file.toString())));
        return ExitCodes.SUCCESS;
    }

    static Optional<String> passphrase(@Nullable Path file) {
        if (file == null) {
            return Optional.empty();
        }
        String text = text(file);
        return Optional.of(text.endsWith("\n") ? text.substring(0, text.length() - 1) : text);
    }

    static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw TaskOptions.unreadable(file, failure);
        }
    }

    static ConfigArchive archive(Services services) {
        return new ConfigArchive(services.settings(), services.credentials(), services.tasks(), services.channels());
    }
}
