package io.skyferry.engine.execute;

import io.skyferry.engine.compare.Judgement;
import io.skyferry.engine.compare.Tags;
import io.skyferry.engine.plan.Step;
import io.skyferry.engine.report.Progress;
import io.skyferry.engine.report.Tally;
import io.skyferry.engine.report.Tally.Holds;
import io.skyferry.engine.work.Lanes;
import io.skyferry.storage.Capabilities;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.WriteOptions;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Brings one file over, and deals with all that may come between.
final class Transfers {
    private final Scope scope;
    private final PartTransfer parts;
    private final Looks looks;
    private final Backups backups;
    private final BiConsumer<Step.Transfer, StorageException> obstructed;
    private final Arrivals arrivals;
    private final News news;

    /// What is done when a side has changed since it was listed.
    enum News {
        /// The item is looked at again and decided anew.
        TAKEN,
        /// It is refused: this run may do only what was planned.
        REFUSED
    }

    /// Hears of files that are in step now.
    interface Arrivals {
        /// The target's file holds what the source's does.
        ///
        /// @param hash in our own kind, of the bytes as they went over; empty where none was computed
        void arrived(Entry.File source, Entry.File target, Optional<String> hash, Came came);

        /// How it came to be there.
        enum Came {
            /// This run wrote it.
            WRITTEN,
            /// It was there already.
            FOUND
        }
    }

    /// @param obstructed takes transfers in whose way something stands that may be deleted later
    Transfers(
            Scope scope,
            Lanes partLanes,
            Backups backups,
            BiConsumer<Step.Transfer, StorageException> obstructed,
            Arrivals arrivals,
            News news) {
        this.scope = scope;
        this.parts = new PartTransfer(scope, partLanes);
        this.looks = new Looks(scope);
        this.backups = backups;
        this.obstructed = obstructed;
        this.arrivals = arrivals;
        this.news = news;
    }

    private Tally tally() {
        return scope.tally();
    }

    /// Transfers a file; every way this may end is told to the tally.
    void run(Step.Transfer step) {
        Step.Transfer now = step;
        int attempts = news == News.TAKEN ? scope.run().options().transfers().attempts() : 1;
        for (int attempt = 1; now != null; attempt++) {
            scope.checkCancelled();
            Progress.Flight flight =
                    scope.run().progress().begin(now.path(), now.source().size());
            var room = new Room(backups, now.replaced());
            Entry.File source = now.source();
            Entry.File written;
            try (SourceContent content = content(source, flight)) {
                source = content.file();
                written = bring(new Step.Transfer(source, now.path(), now.replaced()), content, flight, room);
                source = source.withSeal(content.seal());
            } catch (StorageException failure) {
                scope.run().progress().failed(flight);
                var standing = new Step.Transfer(now.source(), now.path(), room.giveBack(now.path()));
                now = after(standing, failure, attempt < attempts && !tally().isStopped());
                continue;
            }
            scope.run().progress().done(flight);
            scope.agreeWritten(source, written, Scope.hashOf(written));
            tally().transferred(now, Math.max(0, written.size()));
            arrivals.arrived(source, written, Scope.hashOf(written), Arrivals.Came.WRITTEN);
            now = null;
        }
    }

    /// The place of a file that is to be replaced.
    private static final class Room {
        private final Backups backups;
        private final Optional<Entry.File> replaced;
        private Optional<Backups.Aside> aside = Optional.empty();

        Room(Backups backups, Optional<Entry.File> replaced) {
            this.backups = backups;
            this.replaced = replaced;
        }

        /// Makes room.
        ///
        /// @return what still stands there
        Optional<Entry.File> make() {
            Backups.Aside taken = backups.aside(replaced);
            aside = Optional.of(taken);
            return taken.stands();
        }

        /// What stands there after a failure.
        Optional<Entry.File> giveBack(RelPath path) {
            return aside.map(taken -> backups.back(taken, path)).orElse(replaced);
        }
    }

    /// What is to be brought, with its time. A look that only tells the time is saved where the bytes tell it too.
    private SourceContent content(Entry.File listed, Progress.Flight flight) {
        if (!goesInParts(listed) && looks.wantsTimeOfRead(listed)) {
            SourceContent ahead = new SourceContent(
                    scope.source(), listed, flight, scope.run().cancel());
            if (ahead.openAhead()) {
                return ahead;
            }
            ahead.close();
        }
        return new SourceContent(
                scope.source(),
                looks.sourceWithTime(listed),
                flight,
                scope.run().cancel());
    }

    private boolean goesInParts(Entry.File source) {
        return source.size() >= scope.run().options().transfers().partsFrom()
                && scope.target().capabilities().uploads().parts() != Capabilities.Parts.NONE;
    }

    private Entry.File bring(Step.Transfer step, SourceContent content, Progress.Flight flight, Room room) {
        tally().began(step);
        Entry.File source = step.source();
        WriteOptions options = scope.writing(source, backups.willStand(step.replaced()));
        if (goesInParts(source)) {
            // Parts are checked one by one: what the source says of the whole is checked when they are put together.
            Runnable beforeEffect = () -> scope.checkReplaced(room.make());
            return parts.store(step.path(), content, options.of(source.hashes()), flight, beforeEffect);
        }
        scope.checkReplaced(room.make());
        return scope.target().write(step.path(), content, options);
    }

    /// What comes after a failure: the same item anew, or nothing as its end was told.
    private Step.@Nullable Transfer after(Step.Transfer step, StorageException failure, boolean again) {
        if (failure.kind() == ErrorKind.SOURCE_FAILED) {
            return afterSource(step, sourceFailure(failure), again);
        }
        return switch (failure.kind()) {
            case NOT_A_FILE, NOT_A_DIRECTORY -> {
                obstructed.accept(step, failure);
                yield null;
            }
            case PRECONDITION_FAILED, ALREADY_EXISTS -> afterTargetNews(step, failure, again);
            case NAME_REJECTED -> {
                tally().failed(step.path(), reason(failure), Holds.NOTHING);
                yield null;
            }
            default -> {
                if (again && failure.kind().retry() == ErrorKind.Retry.WITH_BACKOFF) {
                    yield step;
                }
                fail(step.path(), failure);
                yield null;
            }
        };
    }

    private void fail(RelPath path, StorageException failure) {
        if (failure.kind().reach() == ErrorKind.Reach.STORAGE) {
            tally().stop(path, reason(failure));
        } else {
            tally().failed(path, reason(failure), Holds.DELETES);
        }
    }

    static String reason(StorageException failure) {
        return String.valueOf(failure.getMessage());
    }

    /// The storage's own failure behind a source that failed.
    private static StorageException sourceFailure(StorageException failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof StorageException ours && ours.kind() != ErrorKind.SOURCE_FAILED) {
                return ours;
            }
        }
        return failure;
    }

    private Step.@Nullable Transfer afterSource(Step.Transfer step, StorageException failure, boolean again) {
        boolean changed = failure.kind() == ErrorKind.PRECONDITION_FAILED || failure.kind() == ErrorKind.NOT_FOUND;
        if (changed && news == News.TAKEN) {
            Optional<Entry> now = look(scope.source(), step.source().path());
            if (now.isEmpty()) {
                tally().warn("'%s' went away while the run was on its way"
                        .formatted(step.source().path()));
                return null;
            }
            if (again && now.orElseThrow() instanceof Entry.File file) {
                return new Step.Transfer(file, step.path(), step.replaced());
            }
        } else if (again && failure.kind().retry() == ErrorKind.Retry.WITH_BACKOFF) {
            return step;
        }
        fail(step.path(), failure);
        return null;
    }

    private Optional<Entry> look(Storage storage, RelPath path) {
        try {
            return storage.stat(path);
        } catch (StorageException failure) {
            scope.tally().warn("Could not look at '%s' again: %s".formatted(path, reason(failure)));
            return Optional.empty();
        }
    }

    /// The target is not what the listing said. If it is what this step makes, all is well; if the listing may lag
    /// behind, the look decides; else somebody else works there, and what they wrote is not replaced.
    private Step.@Nullable Transfer afterTargetNews(Step.Transfer step, StorageException failure, boolean again) {
        Optional<Entry> now = look(scope.target(), step.path());
        if (now.isPresent() && now.orElseThrow() instanceof Entry.File target) {
            Judgement judgement = judged(step.source(), target);
            if (judgement instanceof Judgement.Same(Judgement.By by)) {
                scope.agreeFound(step.source(), target, Optional.empty());
                tally().unchanged(step.source().path(), by.words());
                arrivals.arrived(step.source(), target, Optional.empty(), Arrivals.Came.FOUND);
                return null;
            }
            boolean lags = !scope.target().capabilities().listing().consistent();
            boolean asPlanned = step.replaced().map(Tags::of).equals(Optional.of(Tags.of(target)));
            if (again && news == News.TAKEN && (lags || asPlanned)) {
                return new Step.Transfer(step.source(), step.path(), Optional.of(target));
            }
        } else if (now.isPresent() && scope.hasDirectories()) {
            obstructed.accept(step, failure);
            return null;
        } else if (again && news == News.TAKEN) {
            return new Step.Transfer(step.source(), step.path(), Optional.empty());
        }
        fail(step.path(), failure);
        return null;
    }

    /// What is there came as a surprise, so nothing less than its content tells whether it is what the source has.
    private Judgement judged(Entry.File source, Entry.File target) {
        try {
            return source.size() == target.size()
                    ? looks.compare(source, target).judgement()
                    : new Judgement.Different("the sizes differ");
        } catch (StorageException failure) {
            return new Judgement.Different(reason(failure));
        }
    }
}
