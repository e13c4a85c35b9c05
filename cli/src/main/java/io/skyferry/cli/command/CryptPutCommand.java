package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.option.HelpOption;
import io.skyferry.cli.option.NameOptions;
import io.skyferry.cli.option.Place;
import io.skyferry.control.crypt.SingleFiles;
import io.skyferry.control.json.Json;
import io.skyferry.control.run.StackWishes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `skyferry crypt put`: encrypts one file.
@Command(
        name = "put",
        abbreviateSynopsis = true,
        description = {
            "Encrypt one file into another, under the very name that is given.",
            "'skyferry crypt encode' tells which name a file has in an encrypted folder."
        },
        footerHeading = "%nExamples:%n",
        footer = "  skyferry crypt put --password-file p.txt a.txt /mnt/backup/fg39po8aoj3jkjq21hnvlgp8s4")
public final class CryptPutCommand implements Action {
    private final Context context;
    private Place source = Place.HERE;
    private Place file = Place.HERE;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    @Mixin
    private final NameOptions options = new NameOptions();

    @Option(names = "--nonce", paramLabel = "HEX", hidden = true, description = "24 bytes, for tests.")
    private @Nullable String nonce;

    @Option(names = "--json", description = "Print a JSON object when it is done.")
    private boolean json;

    /// A command in this context.
    public CryptPutCommand(Context context) {
        this.context = context;
    }

    @Parameters(index = "0", paramLabel = "SOURCE", description = "A file.")
    void source(Place named) {
        source = named;
    }

    @Parameters(index = "1", paramLabel = "FILE", description = "The encrypted file; one that is there is replaced.")
    void file(Place named) {
        file = named;
    }

    @Override
    public int act() {
        var files = new SingleFiles(
                context.services().storages(StackWishes.DEFAULTS),
                context.services().encryption().contents(options.layer()),
                context.cancel());
        long bytes = files.put(source.oneFile(), file.oneFile(), Optional.ofNullable(nonce));
        if (json) {
            context.console()
                    .out()
                    .line(new Json()
                            .put("path", source.text())
                            .put("file", file.text())
                            .put("bytes", bytes)
                            .toString());
        }
        return ExitCodes.SUCCESS;
    }
}
