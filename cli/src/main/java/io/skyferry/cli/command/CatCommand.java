package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.console.Output;
import io.skyferry.cli.option.GeneralOptions;
import io.skyferry.cli.option.ListingOptions;
import io.skyferry.cli.option.UsageException;
import io.skyferry.control.run.Contents;
import io.skyferry.control.run.Walk;
import io.skyferry.storage.ByteRange;
import io.skyferry.storage.Entry;
import io.skyferry.storage.Storage;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `skyferry cat`: what files hold.
@Command(
        name = "cat",
        abbreviateSynopsis = true,
        description = "Print what a file holds, or all files of a folder one after another.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  skyferry cat ~/notes.txt",
            "  skyferry cat ~/disk.img --offset 512 --count 64 | xxd",
            "  skyferry cat ~/access.log --tail 1000",
            "  skyferry cat ~/logs --include '*.log' --head 80"
        })
public final class CatCommand implements Action {
    private final Context context;

    @Mixin
    private final GeneralOptions general = new GeneralOptions();

    @Mixin
    private final ListingOptions options = new ListingOptions();

    @Option(names = "--offset", paramLabel = "N", description = "Begin at this byte; below 0: so many before the end.")
    private long offset;

    @Option(names = "--count", paramLabel = "N", description = "Print so many bytes at most.")
    private @Nullable Long count;

    @Option(names = "--head", paramLabel = "N", description = "Print the first N bytes.")
    private @Nullable Long head;

    @Option(names = "--tail", paramLabel = "N", description = "Print the last N bytes.")
    private @Nullable Long tail;

    /// A command in this context.
    public CatCommand(Context context) {
        this.context = context;
    }

    @Override
    public int act() {
        refuseContradictions();
        return new Listing(context, general, options)
                .run(
                        Walk.ALL,
                        (storage, walk, others) -> walk.each(entry -> {
                            if (entry instanceof Entry.File file) {
                                print(storage, file);
                            } else {
                                others.tell(entry);
                            }
                        }));
    }

    private void refuseContradictions() {
        boolean range = offset != 0 || count != null;
        if ((range && (head != null || tail != null)) || (head != null && tail != null)) {
            throw new UsageException("Want one of --head, --tail and --offset with --count but have several");
        }
        refuseBelowZero("--count", count);
        refuseBelowZero("--head", head);
        refuseBelowZero("--tail", tail);
    }

    private static void refuseBelowZero(String option, @Nullable Long number) {
        if (number != null && number < 0) {
            throw new UsageException("Want 0 or more for %s but have %s".formatted(option, number));
        }
    }

    private void print(Storage storage, Entry.File file) {
        Output out = context.console().out();
        ByteRange range = rangeOf(file.size());
        if (range.length() > 0) {
            new Contents(context.cancel()).read(storage, file, range, out::bytes);
        }
    }

    private ByteRange rangeOf(long size) {
        if (head != null) {
            return new ByteRange(0, head);
        }
        boolean unknown = size == Entry.File.UNKNOWN_SIZE;
        if (unknown && (tail != null || offset < 0)) {
            throw new UsageException(
                    "Want --head or an --offset from 0 up for files whose size is not known before their"
                            + " end but have --tail or an --offset below 0");
        }
        if (unknown) {
            return new ByteRange(offset, count == null ? ByteRange.TO_END : count);
        }
        if (tail != null) {
            return new ByteRange(Math.max(0, size - tail), ByteRange.TO_END);
        }
        long start = offset < 0 ? Math.max(0, size + offset) : offset;
        return new ByteRange(start, start >= size ? 0 : count == null ? ByteRange.TO_END : count);
    }
}
