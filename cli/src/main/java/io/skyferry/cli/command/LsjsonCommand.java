package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.console.Output;
import io.skyferry.cli.option.GeneralOptions;
import io.skyferry.cli.option.HashNames;
import io.skyferry.cli.option.KindOptions;
import io.skyferry.cli.option.ListingOptions;
import io.skyferry.control.json.Json;
import io.skyferry.control.run.Contents;
import io.skyferry.storage.Entry;
import io.skyferry.storage.HashType;
import io.skyferry.storage.ItemId;
import io.skyferry.storage.ModTime;
import io.skyferry.storage.Storage;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `skyferry lsjson`: a JSON array of entries, member names as rclone has them.
@Command(
        name = "lsjson",
        abbreviateSynopsis = true,
        description = "List the entries of a place as a JSON array, one entry a line.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  skyferry lsjson ~/Documents",
            "  skyferry lsjson -R --files-only --hash ~/Documents",
            "  skyferry lsjson -R ~/Documents | jq -r '.[] | select(.Size > 1e6) | .Path'"
        })
public final class LsjsonCommand implements Action {
    private static final Set<HashType> USUAL_HASHES = EnumSet.of(HashType.MD5, HashType.SHA1, HashType.SHA256);

    private final Context context;

    @Mixin
    private final GeneralOptions general = new GeneralOptions();

    @Mixin
    private final ListingOptions options = new ListingOptions();

    @Mixin
    private final KindOptions kinds = new KindOptions();

    @Option(names = "--hash", description = "Show hashes too; where none is kept the file is read.")
    private boolean hash;

    @Option(
            names = "--hash-type",
            paramLabel = "NAME",
            description = "Show this hash: md5, sha1, sha256, crc32c or xxh128. May be given more than once.")
    private List<HashType> hashTypes = List.of();

    @Option(names = "--no-modtime", description = "Leave times out.")
    private boolean noModTime;

    /// A command in this context.
    public LsjsonCommand(Context context) {
        this.context = context;
    }

    @Override
    public int act() {
        Output out = context.console().out();
        ZoneId zone = ZoneId.systemDefault();
        var first = new AtomicBoolean(true);
        int code = new Listing(context, general, options)
                .run(
                        kinds.depth(),
                        file -> !noModTime && kinds.shows(file),
                        (storage, walk, others) -> walk.each(entry -> {
                            if (kinds.shows(entry)) {
                                out.text((first.getAndSet(false) ? "[\n" : ",\n") + describe(storage, entry, zone));
                            } else {
                                others.tell(entry);
                            }
                        }));
        out.text(first.get() ? "[\n]\n" : "\n]\n");
        return code;
    }

    private Json describe(Storage storage, Entry entry, ZoneId zone) {
        var json = new Json()
                .put("Path", entry.path().text())
                .put("Name", entry.path().name());
        if (!(entry instanceof Entry.File file)) {
            return json.put("Size", -1).put("IsDir", true);
        }
        json.put("Size", file.size());
        if (!noModTime && file.modTime() instanceof ModTime.Known(Instant at)) {
            // No member says that no time is known: an empty text is no time to those who read rclone's form.
            json.put(
                    "ModTime",
                    DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                            at.atZone(zone).toOffsetDateTime()));
        }
        json.put("IsDir", false);
        Set<HashType> wanted = hashTypes.isEmpty() ? (hash ? USUAL_HASHES : Set.of()) : EnumSet.copyOf(hashTypes);
        if (!wanted.isEmpty()) {
            var hashes = new Json();
            Map<HashType, String> found = new Contents(context.cancel()).hashes(storage, file, wanted);
            found.forEach((type, value) -> hashes.put(HashNames.of(type), value));
            json.put("Hashes", hashes);
        }
        Optional<ItemId> id = file.id();
        id.ifPresent(known -> json.put("ID", known.text()));
        return json;
    }
}
