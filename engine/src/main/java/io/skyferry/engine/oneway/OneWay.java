package io.skyferry.engine.oneway;

import io.skyferry.engine.compare.Join;
import io.skyferry.engine.compare.Pair;
import io.skyferry.engine.compare.Sameness;
import io.skyferry.engine.execute.Crew;
import io.skyferry.engine.execute.Doubts;
import io.skyferry.engine.execute.Execution;
import io.skyferry.engine.execute.Scope;
import io.skyferry.engine.options.Mode;
import io.skyferry.engine.pair.Agreed;
import io.skyferry.engine.pair.PairMemory;
import io.skyferry.engine.pair.PairMemoryException;
import io.skyferry.engine.pair.Roots;
import io.skyferry.engine.pair.Side;
import io.skyferry.engine.plan.Decision;
import io.skyferry.engine.plan.Guard;
import io.skyferry.engine.plan.OneWayPlanner;
import io.skyferry.engine.plan.OneWayPlanner.EmptyDirectories;
import io.skyferry.engine.plan.Step;
import io.skyferry.engine.report.Report;
import io.skyferry.engine.report.Tally;
import io.skyferry.engine.report.Tally.Holds;
import io.skyferry.engine.run.OneWayRun;
import io.skyferry.engine.scan.Keyed;
import io.skyferry.engine.scan.PairKeys;
import io.skyferry.engine.scan.Scan;
import io.skyferry.engine.scan.ScanNotices;
import io.skyferry.filter.Selection;
import io.skyferry.hash.Hasher;
import io.skyferry.storage.CancelledException;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.HashType;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Copies, syncs and moves: scan, compare, plan, execute, report.
public final class OneWay {
    private final OneWayRun run;
    private final Tally tally;
    private final Scope scope;
    private final String pairMark;
    private final OneWayPlanner planner;
    private long sourceFiles;
    private long targetFiles;

    private OneWay(OneWayRun run) {
        this.run = run;
        this.tally = new Tally(run.listener(), run.progress());
        this.pairMark = markOf(run);
        this.planner = new OneWayPlanner(
                run.mode(), run.options().emptyDirectories() ? EmptyDirectories.MADE : EmptyDirectories.LEFT_OUT);
        var doubts = new Doubts(run);
        this.scope = new Scope(
                run,
                tally,
                new Sameness(
                        run.options().comparison(),
                        run.source().capabilities(),
                        run.target().capabilities(),
                        looksOf(run),
                        run.clock().boot(),
                        doubts.mayBeTorn() ? Sameness.Unknown.MAY_BE_TORN : Sameness.Unknown.WHOLE),
                PairKeys.of(
                        run.source().capabilities().names(),
                        run.target().capabilities().names()),
                pairMark + Long.toString(run.clock().now().toEpochMilli(), 36),
                doubts);
    }

    /// Content that lies on this machine can be read for no more than disk time.
    private static Sameness.Looks looksOf(OneWayRun run) {
        boolean target = run.target().identity().isHere();
        return run.source().identity().isHere()
                ? (target ? Sameness.Looks.CHEAP : Sameness.Looks.CHEAP_AT_SOURCE)
                : (target ? Sameness.Looks.CHEAP_AT_TARGET : Sameness.Looks.COSTLY);
    }

    /// How the temporary names of this pair's runs begin: eight letters and digits.
    private static String markOf(OneWayRun run) {
        String pair = run.source().identity().canonical() + "\n"
                + run.target().identity().canonical();
        return Hasher.hex(HashType.XXH128, pair.getBytes(StandardCharsets.UTF_8))
                .substring(0, 8);
    }

    /// Does a run.
    ///
    /// Trouble with items, storages and the memory is in the report; nothing is thrown for it.
    public static Report run(OneWayRun run) {
        var oneWay = new OneWay(run);
        return oneWay.reported(() -> oneWay.pass(Crew.doing(oneWay.scope, oneWay.pairMark), Passing.DOING));
    }

    /// Tells what a run would do, and does nothing.
    ///
    /// @param sink takes the steps in the order in which they would be done, one at a time
    public static Report plan(OneWayRun run, Consumer<Step> sink) {
        var oneWay = new OneWay(run);
        return oneWay.reported(() -> oneWay.pass(Crew.telling(oneWay.scope, oneWay.pairMark, sink), Passing.TELLING));
    }

    /// Does the steps of a saved plan and nothing else; what has changed since the plan was made is refused.
    ///
    /// @param steps in the order in which the plan told them
    public static Report apply(OneWayRun run, Iterator<Step> steps) {
        var oneWay = new OneWay(run);
        return oneWay.reported(() -> {
            if (oneWay.mayBegin(Passing.DOING)) {
                try (var crew = Crew.applying(oneWay.scope, oneWay.pairMark)) {
                    crew.application().apply(steps);
                    oneWay.end(false);
                }
            }
        });
    }

    private enum Passing {
        DOING,
        TELLING
    }

    private Report reported(Runnable pass) {
        try {
            pass.run();
            run.memory().settle();
        } catch (CancelledException cancelled) {
            tally.abort();
        } catch (StorageException failure) {
            tally.failed(failure.where().path(), String.valueOf(failure.getMessage()), Holds.DELETES);
        } catch (PairMemoryException failure) {
            tally.failed(RelPath.ROOT, String.valueOf(failure.getMessage()), Holds.DELETES);
        }
        return tally.report(run.requests().get());
    }

    private void pass(Crew crew, Passing passing) {
        try (crew) {
            if (mayBegin(passing)) {
                boolean complete = decideAll(crew);
                crew.execution().finish(new Execution.Census(sourceFiles, targetFiles), complete);
                if (passing == Passing.DOING) {
                    end(complete && run.selection().isEverything());
                }
            }
        }
    }

    private void end(boolean complete) {
        scope.doubts()
                .end(tally.isClean() ? (complete ? Doubts.Ended.COMPLETE : Doubts.Ended.PARTLY) : Doubts.Ended.BADLY);
    }

    /// Whether the roots are those of the runs before. Nothing was done yet.
    private boolean mayBegin(Passing passing) {
        PairMemory.Standing standing = run.memory().standing();
        if (standing instanceof PairMemory.Standing.Replaced(String reason)) {
            tally.warn("The memory of this pair was not believed and is made anew: " + reason);
        } else if (standing instanceof PairMemory.Standing.RolledBack(String reason)) {
            tally.warn("The memory of this pair is an older copy and is used with care: " + reason);
        }
        boolean isThere = Scan.findsOnly(run.source(), run.selection());
        Optional<Entry> source = isThere ? Optional.empty() : run.source().stat(RelPath.ROOT);
        if (!isThere && !(source.orElse(null) instanceof Entry.Directory)) {
            tally.refuse(("The source '%s' is not there: want a directory but have %s. Nothing was done;"
                            + " perhaps it is not mounted")
                    .formatted(run.source().displayName(), source.isEmpty() ? "nothing" : "something else"));
            return false;
        }
        var now = new Roots(
                run.source().identity().volume(),
                run.target().identity().volume(),
                run.clock().boot());
        Optional<String> refusal =
                new Guard(run.options().guards()).roots(run.memory().roots(), now);
        if (refusal.isPresent()) {
            tally.refuse(refusal.orElseThrow());
            return false;
        }
        if (passing == Passing.DOING) {
            scope.doubts().begin();
            run.memory().putRoots(now);
        }
        return true;
    }

    /// Joins both listings and decides pair by pair.
    ///
    /// @return whether both listings told all
    private boolean decideAll(Crew crew) {
        Execution execution = crew.execution();
        var undated = new UndatedDeletes(crew, scope);
        boolean listsTarget =
                run.options().keeping().traverse() || run.mode() == Mode.SYNC || !scope.findsAll(run.target());
        try (var sources = scan(run.source(), run.selection(), crew, Listed.SOURCE);
                var targets = listsTarget ? scan(run.target(), targetSelection(), crew, Listed.TARGET) : null;
                var rows = run.memory().agreed()) {
            Iterator<Keyed> right = targets == null ? Collections.emptyIterator() : new WhereThere(targets);
            var join = new Join(sources, right, rows);
            while (join.hasNext()) {
                if (tally.isStopped()) {
                    return false;
                }
                decide(execution, join.next(), listsTarget, undated);
            }
            targetFiles += undated.decide();
        } catch (StorageException failure) {
            tally.incomplete(failure.where().path(), String.valueOf(failure.getMessage()));
        }
        return !tally.isIncomplete();
    }

    private Selection targetSelection() {
        return run.options().keeping().deleteExcluded()
                ? Selection.everything()
                : run.selection().ofPaths();
    }

    private Scan scan(Storage storage, Selection selection, Crew crew, Listed side) {
        var setting = new Scan.Setting(
                side.scanName, scope.keys(), run.workers(), crew.checkers(), run.spill(), run.cancel());
        return new Scan(storage, selection, setting, new Notices(crew, side));
    }

    /// A target whose root is not there yet holds nothing; what the run itself makes there since is no part of it.
    private static final class WhereThere implements Iterator<Keyed> {
        private final Scan scan;
        private boolean missing;

        WhereThere(Scan scan) {
            this.scan = scan;
        }

        @Override
        public boolean hasNext() {
            try {
                return !missing && scan.hasNext();
            } catch (StorageException failure) {
                missing = failure.kind() == ErrorKind.NOT_FOUND
                        && failure.where().path().isRoot();
                if (missing) {
                    return false;
                }
                throw failure;
            }
        }

        @Override
        public Keyed next() {
            return scan.next();
        }
    }

    private void decide(Execution execution, Pair pair, boolean targetListed, UndatedDeletes undated) {
        count(pair);
        if (pair instanceof Pair.TargetOnly(var _, Entry.File _, var _)) {
            scope.doubts().left(pair.agreed());
        } else if (!(pair instanceof Pair.Both(var _, Entry.File _, Entry.File _, var _))) {
            scope.doubts().leftAlone(pair.agreed());
        }
        switch (planner.decide(pair)) {
            case Decision.Bring(Entry.File source) -> {
                if (targetListed) {
                    execution.bring(source);
                } else {
                    execution.bringUnlessThere(source, pair.agreed());
                }
            }
            case Decision.Judge(Entry.File source, Entry.File target) ->
                judge(execution, source, target, pair.agreed());
            case Decision.DeleteLater(List<Entry.File> targets) -> targets.forEach(undated::deleteLater);
            case Decision.RemoveLater(List<RelPath> directories) -> directories.forEach(execution::removeLater);
            case Decision.Make(RelPath directory) -> execution.make(directory);
            case Decision.Clash(var entries) -> clash(execution, entries, pair);
            case Decision.Forget _ -> {
                if (run.selection().isEverything() && !tally.isIncomplete()) {
                    execution.forget(pair.key());
                }
            }
            case Decision.Nothing _ -> {}
        }
    }

    private void judge(Execution execution, Entry.File source, Entry.File target, Optional<Agreed> row) {
        execution.judge(source, target, scope.sameness().judge(source, target, row), row);
    }

    private void count(Pair pair) {
        if (pair instanceof Pair.SourceOnly only) {
            sourceFiles += files(only.source());
        } else if (pair instanceof Pair.TargetOnly only) {
            targetFiles += selectedFiles(only.target());
        } else if (pair instanceof Pair.Both both) {
            sourceFiles += files(both.source());
            targetFiles += files(both.target());
        } else if (pair instanceof Pair.Clash clash) {
            clash.sources().forEach(source -> sourceFiles += files(source));
            clash.targets().forEach(target -> targetFiles += selectedFiles(target));
        }
    }

    private int selectedFiles(Entry target) {
        return target instanceof Entry.File file && scope.isSelectedAtTarget(file) ? 1 : 0;
    }

    private static int files(Entry entry) {
        return entry instanceof Entry.File ? 1 : 0;
    }

    private void clash(Execution execution, List<Entry> entries, Pair pair) {
        String names = String.join(
                ", ",
                entries.stream().map(entry -> "'%s'".formatted(entry.path())).toList());
        boolean directories = entries.stream().allMatch(Entry.Directory.class::isInstance);
        if (directories) {
            tally.warn("These directories are one at the target: " + names);
            return;
        }
        boolean atSource = pair instanceof Pair.Clash clash && entries.equals(clash.sources());
        execution.clash(
                atSource ? Side.LEFT : Side.RIGHT,
                entries,
                "These names fall together at the target, so none of them is touched: " + names);
    }

    private enum Listed {
        SOURCE("scan-source"),
        TARGET("scan-target");

        private final String scanName;

        Listed(String scanName) {
            this.scanName = scanName;
        }
    }

    /// What a scan meets beside files and directories, put into the report.
    private final class Notices implements ScanNotices {
        private final Crew crew;
        private final Listed side;

        Notices(Crew crew, Listed side) {
            this.crew = crew;
            this.side = side;
        }

        @Override
        public void unusable(Entry.Unusable entry) {
            tally.failed(
                    entry.path(),
                    "'%s' cannot be stored elsewhere: %s".formatted(entry.rawName(), entry.reason()),
                    entry.foreign() ? Holds.DELETES : Holds.NOTHING);
        }

        @Override
        public void special(Entry.Special entry) {
            if (side == Listed.SOURCE) {
                tally.special(entry.path(), "It is a " + entry.kind().words());
            }
        }

        @Override
        public void unlisted(Entry.Unlisted entry) {
            tally.incomplete(entry.path(), entry.reason());
        }

        @Override
        public void leftover(Entry.Leftover leftover) {
            if (side == Listed.TARGET) {
                crew.remains().met(leftover);
            }
        }

        @Override
        public void listed(int entries) {
            run.progress().listed(entries);
        }
    }
}
