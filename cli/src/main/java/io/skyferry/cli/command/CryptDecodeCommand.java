package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.option.HelpOption;
import io.skyferry.cli.option.NameOptions;
import io.skyferry.control.crypt.Encryption;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `skyferry crypt decode`: stored names as they were.
@Command(
        name = "decode",
        abbreviateSynopsis = true,
        description = {
            "Print the names of files that are stored under these, one a line.",
            "What does not decrypt is told on standard error; the exit code is 1 then."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  skyferry crypt decode --password-file p.txt gu7ur447e1rcqnuuimpms8j88o",
            "  skyferry crypt decode --password-file p.txt $(ls /mnt/backup)"
        })
public final class CryptDecodeCommand implements Action {
    private final Context context;
    private List<String> paths = List.of();

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    @Mixin
    private final NameOptions options = new NameOptions();

    @Option(names = "--json", description = "Print one JSON object a line.")
    private boolean json;

    /// A command in this context.
    public CryptDecodeCommand(Context context) {
        this.context = context;
    }

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "Stored paths below the encrypted folder.")
    void paths(List<String> named) {
        paths = List.copyOf(named);
    }

    @Override
    public int act() {
        Encryption.Names names = context.services().encryption().names(options.layer());
        return NameLines.print(context, paths, json, names::decode);
    }
}
