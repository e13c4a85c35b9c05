package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.console.Output;
import io.skyferry.cli.log.LogLevel;
import io.skyferry.cli.log.LogTarget;
import io.skyferry.cli.option.GeneralOptions;
import io.skyferry.cli.option.ListingOptions;
import io.skyferry.cli.option.UsageException;
import io.skyferry.control.json.Json;
import io.skyferry.control.run.StackWishes;
import io.skyferry.filter.Filter;
import io.skyferry.filter.Rule;
import io.skyferry.filter.Verdict;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.ModTime;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `skyferry filter test`: which rule decides for a path, and why.
@Command(
        name = "test",
        abbreviateSynopsis = true,
        description = {
            "Say for each path whether it passes, and which rule decides.",
            "A path that is not there is judged by its name alone; one that ends in / is a folder."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  skyferry filter test --exclude '/tmp/**' ~/Documents tmp/a.txt letters/b.txt",
            "  skyferry filter test --filter '- *.bak' --filter '+ *.txt' --filter '- *' --json ~/Documents a.bak"
        })
public final class FilterTestCommand implements Action {
    private final Context context;
    private List<String> paths = List.of();

    @Mixin
    private final GeneralOptions general = new GeneralOptions();

    @Mixin
    private final ListingOptions options = new ListingOptions();

    @Option(names = "--json", description = "Print one JSON object a line.")
    private boolean json;

    /// A command in this context.
    public FilterTestCommand(Context context) {
        this.context = context;
    }

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "PATH", description = "Paths below the folder.")
    void paths(List<String> named) {
        paths = List.copyOf(named);
    }

    @Override
    public int act() {
        try (LogTarget log = LogTarget.open(general, context, "filter")) {
            Filter filter = options.selection(context);
            filter.warnings().forEach(text -> log.log().tell(LogLevel.NOTICE, text));
            filter.doubts().forEach(text -> log.log().tell(LogLevel.NOTICE, text));
            try (Storage storage =
                    context.services().storages(StackWishes.DEFAULTS).open(options.spec())) {
                for (String path : paths) {
                    Entry entry = entryAt(storage, path);
                    if (entry instanceof Entry.Directory(RelPath directory, var _)) {
                        filter.warningFor(directory).ifPresent(text -> log.log().tell(LogLevel.NOTICE, text));
                    }
                    print(path, verdict(storage, filter, entry));
                }
            }
            return ExitCodes.SUCCESS;
        }
    }

    private static Entry entryAt(Storage storage, String text) {
        String trimmed = text.replaceAll("^(\\./|/)+|/+$", "");
        Optional<String> fault = RelPath.faultOf(trimmed);
        if (fault.isPresent() || trimmed.isEmpty()) {
            throw new UsageException(
                    "Want a path below the folder but have '%s': %s".formatted(text, fault.orElse("it is empty")));
        }
        var path = new RelPath(trimmed);
        Optional<Entry> there = lookedUp(storage, path);
        if (there.isPresent()) {
            return there.orElseThrow();
        }
        return text.endsWith("/")
                ? new Entry.Directory(path, Optional.empty())
                : new Entry.File(
                        path, 0, new ModTime.NotKept(), Map.of(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static Optional<Entry> lookedUp(Storage storage, RelPath path) {
        try {
            return storage.stat(path);
        } catch (StorageException failure) {
            if (failure.kind() == ErrorKind.NOT_FOUND || failure.kind() == ErrorKind.NOT_A_DIRECTORY) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    private static Verdict verdict(Storage storage, Filter filter, Entry entry) {
        Optional<Verdict> marked = marked(storage, filter, entry.path());
        if (marked.isPresent()) {
            return marked.orElseThrow();
        }
        return switch (entry) {
            case Entry.File file -> filter.explain(file);
            case Entry.Directory directory -> filter.explain(directory);
            case Entry.Unusable _, Entry.Special _, Entry.Unlisted _, Entry.Leftover _ ->
                throw new UsageException("Want a file or folder but '%s' is neither".formatted(entry.path()));
        };
    }

    private static Optional<Verdict> marked(Storage storage, Filter filter, RelPath path) {
        RelPath above = path;
        while (!above.isRoot()) {
            above = above.parent();
            for (String marker : filter.markers()) {
                RelPath file = above.resolve(marker);
                if (lookedUp(storage, file).orElse(null) instanceof Entry.File) {
                    return Optional.of(Verdict.byMarker(file.text()));
                }
            }
        }
        return Optional.empty();
    }

    private void print(String path, Verdict verdict) {
        Output out = context.console().out();
        if (!json) {
            out.line("%s %s: %s".formatted(verdict.selected() ? "+" : "-", out.name(path), verdict.why()));
            return;
        }
        Json object = new Json()
                .put("path", path)
                .put("selected", verdict.selected())
                .put("cause", verdict.cause().name().toLowerCase(Locale.ROOT));
        Optional<Rule> rule = verdict.rule();
        rule.ifPresent(one -> object.put("rule", one.toString()));
        out.line(object.put("why", verdict.why()).toString());
    }
}
