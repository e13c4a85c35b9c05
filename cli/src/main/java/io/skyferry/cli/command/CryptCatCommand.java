package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.console.Names;
import io.skyferry.cli.option.HelpOption;
import io.skyferry.cli.option.NameOptions;
import io.skyferry.cli.option.Place;
import io.skyferry.control.crypt.SingleFiles;
import io.skyferry.control.run.RefusedException;
import io.skyferry.control.run.StackWishes;
import io.skyferry.storage.StorageException;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `skyferry crypt cat`: what an encrypted file holds.
@Command(
        name = "cat",
        abbreviateSynopsis = true,
        description = {
            "Print what one encrypted file holds, whatever its name.",
            "Of a damaged file everything before the damage is printed; the exit code is 1 then."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  skyferry crypt cat --password-file p.txt /mnt/backup/fg39po8aoj3jkjq21hnvlgp8s4 > a.txt",
            "  skyferry crypt cat --password-file p.txt --salt-file s.txt a.txt.bin"
        })
public final class CryptCatCommand implements Action {
    private final Context context;
    private Place file = Place.HERE;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    @Mixin
    private final NameOptions options = new NameOptions();

    @Option(names = "--json", description = "Print a JSON object with the content as base64.")
    private boolean json;

    /// A command in this context.
    public CryptCatCommand(Context context) {
        this.context = context;
    }

    @Parameters(paramLabel = "FILE", description = "An encrypted file.")
    void file(Place named) {
        file = named;
    }

    @Override
    public int act() {
        var files = new SingleFiles(
                context.services().storages(StackWishes.DEFAULTS),
                context.services().encryption().contents(options.layer()),
                context.cancel());
        return cat(context, files, file, new PlainOutput(context.console().out(), json));
    }

    /// Prints one file.
    ///
    /// @return the exit code
    static int cat(Context context, SingleFiles files, Place file, PlainOutput out) {
        out.begin(file.text());
        try {
            files.cat(file.oneFile(), out::accept);
            out.end();
            return ExitCodes.SUCCESS;
        } catch (IOException | StorageException | RefusedException failure) {
            String reason = String.valueOf(failure.getMessage());
            out.fail(reason);
            context.console().err().line("skyferry: '%s': %s".formatted(Names.shown(file.text()), Names.shown(reason)));
            return ExitCodes.FAILED;
        }
    }
}
