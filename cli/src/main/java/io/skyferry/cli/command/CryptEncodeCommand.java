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

/// `skyferry crypt encode`: names as they are stored.
@Command(
        name = "encode",
        abbreviateSynopsis = true,
        description = "Print the names under which files are stored, one a line.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  skyferry crypt encode --password-file p.txt letters/a.txt",
            "  skyferry crypt encode --password-file p.txt --names off letters/a.txt",
            "  skyferry crypt encode --password-file p.txt --salt-file s.txt --encoding base64 --json a.txt"
        })
public final class CryptEncodeCommand implements Action {
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
    public CryptEncodeCommand(Context context) {
        this.context = context;
    }

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "Paths of files below the encrypted folder.")
    void paths(List<String> named) {
        paths = List.copyOf(named);
    }

    @Override
    public int act() {
        Encryption.Names names = context.services().encryption().names(options.layer());
        return NameLines.print(context, paths, json, names::encode);
    }
}
