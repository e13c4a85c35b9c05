package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.console.Output;
import io.skyferry.cli.option.GeneralOptions;
import io.skyferry.cli.option.KindOptions;
import io.skyferry.cli.option.ListingOptions;
import io.skyferry.cli.option.UsageException;
import io.skyferry.control.run.Contents;
import io.skyferry.storage.Entry;
import io.skyferry.storage.HashType;
import io.skyferry.storage.ItemId;
import io.skyferry.storage.Storage;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `skyferry lsf`: one line for each entry, in a form of the user's choice.
@Command(
        name = "lsf",
        abbreviateSynopsis = true,
        description = "List the entries of a place in a form that scripts can read.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  skyferry lsf ~/Documents                     # files, and folders with a / behind them",
            "  skyferry lsf -R --files-only ~/Documents",
            "  skyferry lsf --format tsp ~/Documents        # time;size;path",
            "  skyferry lsf --format hp --hash sha256 --separator '  ' -R --files-only ~/Documents"
        })
public final class LsfCommand implements Action {
    private static final String FIELDS = "pstih";

    private final Context context;

    @Mixin
    private final GeneralOptions general = new GeneralOptions();

    @Mixin
    private final ListingOptions options = new ListingOptions();

    @Mixin
    private final KindOptions kinds = new KindOptions();

    @Option(
            names = {"-F", "--format"},
            paramLabel = "FIELDS",
            description = "What to print, a letter each: p path, s size, t time, h hash, i identity. Without it: p.")
    private String format = "p";

    @Option(
            names = {"-s", "--separator"},
            paramLabel = "TEXT",
            description = "What stands between fields: ; unless said otherwise.")
    private String separator = ";";

    @Option(
            names = "--hash",
            paramLabel = "NAME",
            description = "Which hash h prints: md5, sha1, sha256, crc32c or xxh128.")
    private HashType hash = HashType.MD5;

    @Option(
            names = {"-d", "--dir-slash"},
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Put a / behind folders; --no-dir-slash leaves it out.")
    private boolean dirSlash;

    @Option(names = "--absolute", description = "Put a / before paths.")
    private boolean absolute;

    @Option(names = "--csv", description = "Print comma-separated values, quoted where need be.")
    private boolean csv;

    /// A command in this context.
    public LsfCommand(Context context) {
        this.context = context;
    }

    @Override
    public int act() {
        for (int i = 0; i < format.length(); i++) {
            if (FIELDS.indexOf(format.charAt(i)) < 0) {
                throw new UsageException("Want letters of '%s' for --format but have '%s' in '%s'"
                        .formatted(FIELDS, format.charAt(i), format));
            }
        }
        Output out = context.console().out();
        ZoneId zone = ZoneId.systemDefault();
        return new Listing(context, general, options)
                .run(
                        kinds.depth(),
                        file -> format.indexOf('t') >= 0 && kinds.shows(file),
                        (storage, walk, others) -> walk.each(entry -> {
                            if (kinds.shows(entry)) {
                                out.line(line(storage, entry, zone, out));
                            } else {
                                others.tell(entry);
                            }
                        }));
    }

    private String line(Storage storage, Entry entry, ZoneId zone, Output out) {
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < format.length(); i++) {
            String field = field(format.charAt(i), storage, entry, zone, out);
            fields.add(csv ? quoted(field) : field);
        }
        return String.join(csv ? "," : separator, fields);
    }

    private String field(char letter, Storage storage, Entry entry, ZoneId zone, Output out) {
        boolean isDirectory = entry instanceof Entry.Directory;
        String path = (absolute ? "/" : "") + entry.path().text() + (isDirectory && dirSlash ? "/" : "");
        return switch (letter) {
            case 'p' -> out.name(path);
            case 's' -> entry instanceof Entry.File file ? Long.toString(file.size()) : "-1";
            case 't' -> entry instanceof Entry.File file ? Columns.toSecond(file, zone) : "";
            case 'i' ->
                switch (entry) {
                    case Entry.File file -> file.id().map(ItemId::text).orElse("");
                    case Entry.Directory directory ->
                        directory.id().map(ItemId::text).orElse("");
                    case Entry.Unusable _, Entry.Special _, Entry.Unlisted _, Entry.Leftover _ -> "";
                };
            default -> entry instanceof Entry.File file ? hashOf(storage, file) : "";
        };
    }

    private String hashOf(Storage storage, Entry.File file) {
        return new Contents(context.cancel())
                .hashes(storage, file, Set.of(hash))
                .getOrDefault(hash, "");
    }

    private static String quoted(String field) {
        boolean plain = field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
    }
}
