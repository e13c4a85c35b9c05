package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.console.Output;
import io.skyferry.cli.log.LogLevel;
import io.skyferry.cli.log.LogTarget;
import io.skyferry.cli.option.GeneralOptions;
import io.skyferry.cli.option.Place;
import io.skyferry.cli.option.PlaceOptions;
import io.skyferry.cli.option.UsageException;
import io.skyferry.control.json.Json;
import io.skyferry.control.run.StackWishes;
import io.skyferry.storage.PendingUpload;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.StorageSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `skyferry cleanup`: removes unfinished uploads that nobody will finish.
@Command(
        name = "cleanup",
        abbreviateSynopsis = true,
        description = {
            "Tell the unfinished uploads of a bucket, or of what lies below a path in one, and remove the old ones.",
            "They are of any program, and cost money until they are gone. Files are left alone. What a stopped run of"
                    + " Skyferry would go on with is removed too once it is older than the age: that run then begins"
                    + " the file anew. Below a folder there is nothing to do: a run removes its own leftovers there."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  skyferry cleanup s3:bucket --dry-run             # look first",
            "  skyferry cleanup s3:bucket/photos --older-than 7d",
            "  skyferry cleanup s3:bucket --json"
        })
public final class CleanupCommand implements Action {
    private static final Duration USUAL_AGE = Duration.ofHours(24);

    private final Context context;

    @Mixin
    private final GeneralOptions general = new GeneralOptions();

    @Mixin
    private final PlaceOptions place = new PlaceOptions();

    @Option(
            names = "--older-than",
            paramLabel = "AGE",
            description = "Remove only what was begun longer ago than this; 24h unless told.")
    private @Nullable Duration olderThan;

    @Option(
            names = {"-n", "--dry-run"},
            description = "Print what would be removed, and remove nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    /// A command in this context.
    public CleanupCommand(Context context) {
        this.context = context;
    }

    /// What becomes of an upload.
    private enum Fate {
        REMOVED("remove"),
        KEPT("keep"),
        FAILED("failed");

        private final String word;

        Fate(String word) {
            this.word = word;
        }
    }

    /// An upload and what became of it.
    private record Told(PendingUpload upload, Fate fate) {}

    @Override
    public int act() {
        StorageSpec spec = place.spec();
        if (!spec.provider().equals(Place.S3) || !spec.layers().isEmpty()) {
            throw new UsageException(
                    "Want a bucket such as 's3:bucket/path', without layers, as only there unfinished uploads are kept");
        }
        try (LogTarget target = LogTarget.open(general, context, "cleanup");
                Storage storage =
                        context.services().storages(StackWishes.DEFAULTS).open(spec)) {
            Instant now = context.now().toInstant();
            List<Told> told = new ArrayList<>();
            for (PendingUpload upload : storage.listUploads(RelPath.ROOT)) {
                Fate fate = Fate.KEPT;
                if (isOld(upload, now)) {
                    fate = dryRun ? Fate.REMOVED : remove(storage, upload, target);
                }
                told.add(new Told(upload, fate));
            }
            print(told);
            return count(told, Fate.FAILED) == 0 ? ExitCodes.SUCCESS : ExitCodes.FAILED;
        }
    }

    private boolean isOld(PendingUpload upload, Instant now) {
        Duration age = olderThan == null ? USUAL_AGE : olderThan;
        // One whose age nobody knows says that it begins at the end of time.
        return !upload.begun().isAfter(now)
                && Duration.between(upload.begun(), now).compareTo(age) >= 0;
    }

    private static Fate remove(Storage storage, PendingUpload upload, LogTarget target) {
        try {
            storage.abandonPending(upload);
            return Fate.REMOVED;
        } catch (StorageException failure) {
            target.log().tell(LogLevel.ERROR, upload.file() + ": " + failure.getMessage());
            return Fate.FAILED;
        }
    }

    private static long count(List<Told> told, Fate fate) {
        return told.stream().filter(one -> one.fate == fate).count();
    }

    private void print(List<Told> told) {
        Output out = context.console().out();
        if (json) {
            out.line(new Json()
                    .put("uploads", told.stream().map(CleanupCommand::json).toList())
                    .put("dryRun", dryRun)
                    .put("removed", count(told, Fate.REMOVED))
                    .put("kept", count(told, Fate.KEPT))
                    .put("failed", count(told, Fate.FAILED))
                    .toString());
            return;
        }
        told.forEach(one -> out.line("%-10s %s %s %s"
                .formatted(
                        one.fate.word,
                        begun(one.upload),
                        out.name(one.upload.file().text()),
                        out.name(one.upload.id()))));
    }

    private static String begun(PendingUpload upload) {
        return upload.begun().equals(Instant.MAX) ? "unknown" : upload.begun().toString();
    }

    private static Json json(Told one) {
        return new Json()
                .put("path", one.upload.file().text())
                .put("id", one.upload.id())
                .put("begun", begun(one.upload))
                .put("fate", one.fate.word);
    }
}
