package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.option.HelpOption;
import io.skyferry.cli.option.ImportOptions;
import io.skyferry.cli.option.Place;
import io.skyferry.cli.option.SecretOptions;
import io.skyferry.cli.option.UsageException;
import io.skyferry.control.exchange.ImportWishes;
import io.skyferry.control.exchange.RcloneRemotes;
import io.skyferry.control.exchange.RcloneSecret;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `skyferry import rclone`: takes over the remotes of rclone.
@Command(
        name = "rclone",
        abbreviateSynopsis = true,
        description = {
            "Take over the remotes of an rclone.conf: accounts become credentials, aliases credentials that begin",
            "at a path, encrypted remotes encrypted credentials, or with --local disabled tasks.",
            "The password of an encrypted file is in RCLONE_CONFIG_PASS, or asked for.",
            "Makes everything whose kind of storage is known here, or, where something is wrong, nothing: see --partial.",
            "A second import updates what the first one made. Exit code 1: something could not be made."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  skyferry import rclone --dry-run ~/.config/rclone/rclone.conf",
            "  skyferry import rclone --local /srv ~/.config/rclone/rclone.conf"
        })
public final class ImportRcloneCommand implements Action {
    private static final String PASSWORD = "RCLONE_CONFIG_PASS";

    private final Context context;

    private String file = "";

    @Mixin
    private final ImportOptions options = new ImportOptions();

    @Option(
            names = "--local",
            paramLabel = "FOLDER",
            description = "Below which tasks for encrypted remotes work: FOLDER/NAME.")
    private @Nullable String local;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    /// A command in this context.
    public ImportRcloneCommand(Context context) {
        this.context = context;
    }

    @Parameters(paramLabel = "FILE", description = "An rclone.conf, encrypted or not.")
    void file(String given) {
        file = given;
    }

    @Override
    public int act() {
        String text = SecretOptions.content(file);
        String plain = RcloneSecret.isEncrypted(text) ? RcloneSecret.opened(text, password()) : text;
        var wishes = new ImportWishes(
                options.doing(),
                options.keeping(),
                Map.of(),
                Optional.ofNullable(local).map(Place::absolute));
        var remotes = RcloneRemotes.read(plain, context.services().encryption());
        return options.print(context.services().imports().rclone(remotes, wishes, TaskText.caller()), context);
    }

    private String password() {
        Optional<String> given = context.console().variable(PASSWORD);
        if (given.isEmpty() && context.services().prompt().canAsk()) {
            given = context.services().prompt().ask("Password of the configuration: ");
        }
        return given.orElseThrow(
                () -> new UsageException("Want the file's password in %s but it is not set".formatted(PASSWORD)));
    }
}
