package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.option.HelpOption;
import io.skyferry.cli.option.ImportOptions;
import io.skyferry.cli.option.Place;
import io.skyferry.cli.option.SecretOptions;
import io.skyferry.cli.option.UsageException;
import io.skyferry.control.exchange.ImportWishes;
import io.skyferry.control.exchange.SecretSource;
import io.skyferry.control.exchange.TrueNasBackup;
import io.skyferry.control.exchange.TrueNasExport;
import io.skyferry.control.exchange.TrueNasSeed;
import io.skyferry.control.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `skyferry import truenas`: takes over the cloud sync tasks of a TrueNAS.
@Command(
        name = "truenas",
        abbreviateSynopsis = true,
        description = {
            "Take over cloud sync tasks and their accounts: what 'midclt call cloudsync.query' and 'midclt call",
            "cloudsync.credentials.query' print, or the REST interface answers, of any release; or a saved",
            "configuration: freenas-v1.db, or the archive that has it and pwenc_secret.",
            "Makes everything whose kind of storage is known here, or, where something is wrong, nothing: see --partial.",
            "A second import updates what the first one made. Exit code 1: something could not be made."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  skyferry import truenas --dry-run tasks.json credentials.json",
            "  skyferry import truenas --path /mnt/tank=/srv/tank tasks.json",
            "  skyferry import truenas --dry-run TrueNAS-config.tar",
            "  ssh nas midclt call cloudsync.query | skyferry import truenas -"
        })
public final class ImportTrueNasCommand implements Action {
    private static final int MOST_BYTES = 64 << 20;

    private final Context context;

    private List<String> files = List.of();

    @Mixin
    private final ImportOptions options = new ImportOptions();

    @Option(
            names = "--path",
            paramLabel = "THERE=HERE",
            description = "A folder of the other machine, and what it is on this one.")
    private @Nullable List<String> paths;

    @Option(
            names = "--secrets",
            paramLabel = "FILE",
            description = {
                "Secrets that the export hides, as JSON: the name of the account or the description of the task,",
                "and in it the fields, as {\"work\": {\"secret_access_key\": \"...\"}}."
            })
    private @Nullable String secrets;

    @Option(
            names = "--pwenc-secret",
            paramLabel = "FILE",
            description = {
                "The file under which a configuration database keeps its secrets; an archive may have it with it.",
                "Without it they are looked for in --secrets, or asked for."
            })
    private @Nullable String seed;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    /// A command in this context.
    public ImportTrueNasCommand(Context context) {
        this.context = context;
    }

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "Files with JSON or a saved configuration; '-' for standard input.")
    void files(List<String> given) {
        files = List.copyOf(given);
    }

    @Override
    public int act() {
        TrueNasExport export = TrueNasBackup.read(
                files.stream().map(ImportTrueNasCommand::content).toList(),
                Optional.ofNullable(seed).map(ImportTrueNasCommand::content).map(TrueNasSeed::of));
        var wishes = new ImportWishes(options.doing(), options.keeping(), folders(), Optional.empty());
        return options.print(
                context.services().imports().trueNas(export, wishes, source(), TaskText.caller()), context);
    }

    private static byte[] content(String file) {
        try (InputStream in = file.equals("-") ? System.in : Files.newInputStream(Path.of(Place.absolute(file)))) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new UsageException("Want at most 64 MiB but '%s' has more".formatted(file));
            }
            return bytes;
        } catch (IOException | InvalidPathException failure) {
            throw new UsageException("'%s' cannot be read".formatted(file), failure);
        }
    }

    private Map<String, String> folders() {
        Map<String, String> folders = new LinkedHashMap<>();
        for (String one : paths == null ? List.<String>of() : paths) {
            int equals = one.indexOf('=');
            if (equals < 1 || !one.startsWith("/")) {
                throw new UsageException("Want '--path /there=/here' but have '%s'".formatted(one));
            }
            folders.put(one.substring(0, equals), one.substring(equals + 1));
        }
        return folders;
    }

    /// The file first, then whoever sits at the terminal; nobody is asked about a dry run.
    private SecretSource source() {
        JsonValue.Members known = secrets == null ? JsonValue.Members.EMPTY : known(secrets);
        return (owner, field) -> {
            if (known.get(owner).orElse(JsonValue.Members.EMPTY) instanceof JsonValue.Members of
                    && of.get(field).orElse(new JsonValue.Null()) instanceof JsonValue.Text(String secret)) {
                return Optional.of(secret);
            }
            boolean ask = options.doing() == ImportWishes.Doing.KEEP
                    && context.services().prompt().canAsk()
                    && !files.contains("-");
            return ask
                    ? context.services().prompt().ask("%s of '%s' (empty for none): ".formatted(field, owner))
                    : Optional.empty();
        };
    }

    private static JsonValue.Members known(String file) {
        try {
            if (JsonValue.parse(SecretOptions.content(file)) instanceof JsonValue.Members members) {
                return members;
            }
        } catch (IllegalArgumentException unreadable) {
            throw new UsageException("Want JSON in '%s' but have something else".formatted(file), unreadable);
        }
        throw new UsageException("Want a JSON object in '%s' but have something else".formatted(file));
    }
}
