package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.console.Names;
import io.skyferry.cli.console.Output;
import io.skyferry.cli.option.HelpOption;
import io.skyferry.cli.option.Place;
import io.skyferry.cli.option.UsageException;
import io.skyferry.control.crypt.SingleFiles;
import io.skyferry.control.json.Json;
import io.skyferry.control.run.RefusedException;
import io.skyferry.control.run.StackWishes;
import io.skyferry.control.run.StorageOpener;
import io.skyferry.storage.Entry;
import io.skyferry.storage.LayerSpec;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `skyferry decrypt`: files that Synology Cloud Sync encrypted.
@Command(
        name = "decrypt",
        abbreviateSynopsis = true,
        description = {
            "Decrypt files that Synology Cloud Sync encrypted, with the password or the exported key.",
            "Whole folders are places of every command that reads: 'synology:PLACE'."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  skyferry decrypt --password-file p.txt photo.jpg >plain.jpg",
            "  skyferry decrypt --key-file private.pem --to ~/restored *.jpg",
            "  skyferry copy --synology-password-file p.txt synology:/mnt/cloud ~/restored"
        })
public final class DecryptCommand implements Action {
    private final Context context;
    private List<Place> files = List.of();

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    @Option(names = "--password-file", paramLabel = "FILE", description = "Holds the password as it is.")
    private @Nullable String passwordFile;

    @Option(names = "--key-file", paramLabel = "FILE", description = "The exported private.pem, in place of it.")
    private @Nullable String keyFile;

    @Option(
            names = "--to",
            paramLabel = "FOLDER",
            description = "Write files there under their own names, each when it proved to be whole, and replace none. "
                    + "Without it contents are printed one after another.")
    private @Nullable Place folder;

    @Option(names = "--json", description = "Print one JSON object a line.")
    private boolean json;

    /// A command in this context.
    public DecryptCommand(Context context) {
        this.context = context;
    }

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Encrypted files.")
    void files(List<Place> named) {
        files = List.copyOf(named);
    }

    @Override
    public int act() {
        StorageOpener opener = context.services().storages(StackWishes.DEFAULTS);
        var single = new SingleFiles(opener, context.services().encryption().contents(layer()), context.cancel());
        if (folder == null) {
            int code = ExitCodes.SUCCESS;
            for (Place file : files) {
                int one = CryptCatCommand.cat(
                        context, single, file, new PlainOutput(context.console().out(), json));
                code = Math.max(code, one);
            }
            return code;
        }
        try (Storage target = opener.open(folder.spec(Map.of()))) {
            int code = ExitCodes.SUCCESS;
            for (Place file : files) {
                code = Math.max(code, decrypt(single, file, target));
            }
            return code;
        }
    }

    private LayerSpec layer() {
        if ((passwordFile == null) == (keyFile == null)) {
            throw new UsageException("Want one of --password-file and --key-file but have %s"
                    .formatted(passwordFile == null ? "none" : "both"));
        }
        return new LayerSpec(
                Place.SYNOLOGY,
                passwordFile == null
                        ? Map.of("key-file", Place.absolute(String.valueOf(keyFile)))
                        : Map.of("password-file", Place.absolute(passwordFile)));
    }

    private int decrypt(SingleFiles single, Place file, Storage target) {
        Output out = context.console().out();
        try {
            Entry.File made = single.decrypt(file.oneFile(), target);
            if (json) {
                out.line(new Json()
                        .put("path", file.text())
                        .put("file", made.path().text())
                        .put("bytes", made.size())
                        .toString());
            }
            return ExitCodes.SUCCESS;
        } catch (StorageException | RefusedException failure) {
            String reason = String.valueOf(failure.getMessage());
            if (json) {
                out.line(
                        new Json().put("path", file.text()).put("error", reason).toString());
            }
            context.console().err().line("skyferry: '%s': %s".formatted(Names.shown(file.text()), Names.shown(reason)));
            return ExitCodes.FAILED;
        }
    }
}
