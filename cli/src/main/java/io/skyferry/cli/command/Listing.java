package io.skyferry.cli.command;

import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.log.Log;
import io.skyferry.cli.log.LogLevel;
import io.skyferry.cli.log.LogTarget;
import io.skyferry.cli.option.GeneralOptions;
import io.skyferry.cli.option.ListingOptions;
import io.skyferry.control.run.Places;
import io.skyferry.control.run.Walk;
import io.skyferry.engine.work.Lanes;
import io.skyferry.filter.Filter;
import io.skyferry.storage.Entry;
import io.skyferry.storage.Storage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/// What all listing commands do alike: open the place, go through it, and tell what could not be listed.
final class Listing {
    private final Context context;
    private final GeneralOptions general;
    private final ListingOptions options;

    Listing(Context context, GeneralOptions general, ListingOptions options) {
        this.context = context;
        this.general = general;
        this.options = options;
    }

    /// Does something with an open place.
    @FunctionalInterface
    interface Work {
        /// Goes through the place by this walk.
        void on(Storage storage, Walk walk, Others others);
    }

    /// Hears of entries that are neither file nor directory.
    static final class Others {
        private final Log log;
        private final AtomicLong unlisted = new AtomicLong();

        private Others(Log log) {
            this.log = log;
        }

        Log log() {
            return log;
        }

        /// Tells the user of it, if it matters.
        void tell(Entry entry) {
            switch (entry) {
                case Entry.Unusable unusable -> {
                    unlisted.incrementAndGet();
                    log.tell(LogLevel.ERROR, unnamed(unusable));
                }
                case Entry.Special(var path, var kind) ->
                    log.tell(LogLevel.INFO, "%s: left out, it is a %s".formatted(path, kind));
                case Entry.Unlisted(var path, var _, String reason) -> {
                    unlisted.incrementAndGet();
                    log.tell(LogLevel.ERROR, "%s: %s".formatted(path, reason));
                }
                case Entry.File _, Entry.Directory _, Entry.Leftover _ -> {
                    // Files and directories are the command's own matter; our temporary files are nobody's.
                }
            }
        }
    }

    /// What is told of an entry that is there and has no path: a listing without it is not whole.
    static String unnamed(Entry.Unusable entry) {
        return "'%s' in '%s' cannot be named: %s".formatted(entry.rawName(), entry.path(), entry.reason());
    }

    /// Opens the place, does the work and closes it. Times are looked up only where the filters ask for an age.
    ///
    /// @return the exit code
    int run(int depth, Work work) {
        return run(depth, _ -> false, work);
    }

    /// The same for a listing with times.
    ///
    /// @param timed whether a file is shown with its time, which is looked up where the place does not list it
    int run(int depth, Predicate<Entry.File> timed, Work work) {
        try (LogTarget target = LogTarget.open(general, context, "list")) {
            var others = new Others(target.log());
            Filter selection = options.selection(context);
            selection.warnings().forEach(text -> others.log.tell(LogLevel.NOTICE, text));
            var opener = context.services().storages(options.stack());
            try (Places.Opened opened = new Places(opener).open(options.spec(), selection);
                    Lanes checkers = options.checkers(context)) {
                Walk walk = new Walk(opened.storage(), opened.selection(), depth, context.cancel())
                        .lookingUpTimes(checkers, timed);
                work.on(opened.storage(), walk, others);
                if (!walk.hasMetFiles()) {
                    selection.doubts().forEach(text -> others.log.tell(LogLevel.NOTICE, text));
                }
            }
            return others.unlisted.get() == 0 ? ExitCodes.SUCCESS : ExitCodes.FAILED;
        }
    }
}
