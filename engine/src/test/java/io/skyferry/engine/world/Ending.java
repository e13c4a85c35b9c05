package io.skyferry.engine.world;

import io.skyferry.engine.options.Mode;
import io.skyferry.engine.report.Report;
import io.skyferry.engine.report.Verdict;
import io.skyferry.engine.world.Place.State;
import io.skyferry.filter.Selection;
import io.skyferry.storage.Capabilities.Keeping;
import io.skyferry.storage.Capabilities.ModTimes;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Verb;
import io.skyferry.testkit.Traits;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What must be true when a run has ended in peace.
///
/// @param emptyDirectories whether those are to be at the target too
/// @param timesCount whether files are to be of one time, too; not where content alone is compared
/// @param excused keys of files whose change nothing could have told
/// @param sourceBefore the source's files when the run began
/// @param targetBefore the target's files when the run began
record Ending(
        Mode mode,
        Selection selection,
        boolean emptyDirectories,
        boolean timesCount,
        Place source,
        Place target,
        Map<String, String> sourceBefore,
        Map<String, String> targetBefore,
        Set<String> excused) {
    private Troubles troubles() {
        return new Troubles(source, target, mode, selection);
    }

    private boolean hasTroubles() {
        return !hopeless().isEmpty();
    }

    /// What is selected and cannot come in step.
    List<RelPath> hopeless() {
        return those(troubles()::isHopeless);
    }

    /// What is selected and was never in step.
    List<RelPath> outOfStep() {
        return those(troubles()::cannotBeInStep);
    }

    private List<RelPath> those(Predicate<RelPath> those) {
        Stream<RelPath> files = sourceBefore.keySet().stream()
                .map(RelPath::new)
                .filter(this::isSelected)
                .filter(those);
        Stream<RelPath> directories = source.directories().stream()
                .filter(path -> emptyDirectories && troubles().isHopelessDirectory(path));
        return Stream.concat(files, directories).toList();
    }

    private boolean isSelected(RelPath path) {
        return Excluding.selects(selection, path);
    }

    /// Checks the files and the report.
    void check(Report report) {
        for (Map.Entry<String, String> file : sourceBefore.entrySet()) {
            var path = new RelPath(file.getKey());
            if (isSelected(path) && !troubles().isHopeless(path)) {
                checkArrived(path, file.getValue());
            }
        }
        for (String file : target.files().keySet()) {
            checkBelongs(new RelPath(file));
        }
        for (Map.Entry<String, String> file : targetBefore.entrySet()) {
            checkKept(new RelPath(file.getKey()), file.getValue());
        }
        checkDirectories();
        boolean good = report.verdict() == Verdict.SUCCESS || report.verdict() == Verdict.WARNINGS;
        if (!hasTroubles() && !good) {
            throw new Violation("Ended with %s in peace: %s".formatted(report.verdict(), report));
        }
    }

    /// The copy of a file; where the target has several by names that fall together, the right one.
    private Optional<State> copyOf(RelPath path, String content) {
        String key = source.pairKey(path);
        List<State> copies = target.door.contents().keySet().stream()
                .filter(file -> target.pairKey(file).equals(key))
                .flatMap(file -> target.at(file).stream())
                .toList();
        return copies.stream()
                .filter(copy -> copy.content().equals(content))
                .findFirst()
                .or(() -> copies.stream().findFirst());
    }

    private void checkArrived(RelPath path, String content) {
        Optional<State> copy = copyOf(path, content);
        if (copy.isEmpty()) {
            throw new Violation("Did not bring '%s'".formatted(path));
        }
        boolean same = copy.orElseThrow().content().equals(content);
        if (!same && !excused.contains(source.pairKey(path))) {
            throw new Violation("Left '%s' at the target as '%s' while the source holds '%s'"
                    .formatted(path, copy.orElseThrow().content(), content));
        }
        if (mode == Mode.MOVE && same && source.at(path).isPresent()) {
            throw new Violation("Left '%s' at the source".formatted(path));
        }
        if (mode != Mode.MOVE && timesCount && !timesAgree(path, copy.orElseThrow())) {
            throw new Violation("Left '%s' at the target with another time than %s: %s"
                    .formatted(path, source.door.modTime(path), copy.orElseThrow()));
        }
    }

    private boolean timesAgree(RelPath path, State copy) {
        ModTimes left = source.traits.capabilities().modTimes();
        ModTimes right = target.traits.capabilities().modTimes();
        boolean untold =
                (source.traits.times() == Traits.Times.BY_STAT || target.traits.times() == Traits.Times.BY_STAT)
                        && !Collections.disjoint(
                                source.traits.capabilities().hashes(),
                                target.traits.capabilities().hashes());
        if (left.keeping() == Keeping.NOT_KEPT || right.keeping() == Keeping.NOT_KEPT || untold) {
            return true;
        }
        Duration window = left.precision().compareTo(right.precision()) > 0 ? left.precision() : right.precision();
        Instant one = source.door.modTime(path).orElseThrow();
        Instant other = copy.entry().modTime().known().orElseThrow();
        return Duration.between(one, other).abs().compareTo(window) < 0;
    }

    private boolean sourceHad(RelPath path) {
        String key = source.pairKey(path);
        return sourceBefore.keySet().stream()
                .map(RelPath::new)
                .filter(this::isSelected)
                .anyMatch(file -> source.pairKey(file).equals(key));
    }

    /// What is at the target has a reason to be there.
    private void checkBelongs(RelPath path) {
        boolean reason =
                !isSelected(path) || sourceHad(path) || (mode != Mode.SYNC && targetBefore.containsKey(path.text()));
        if (!reason) {
            throw new Violation("Left '%s' at the target, which the source does not have".formatted(path));
        }
    }

    /// What the run is not about stays as it was.
    private void checkKept(RelPath path, String content) {
        boolean kept = !isSelected(path) || (mode != Mode.SYNC && !sourceHad(path));
        if (kept && !target.at(path).map(State::content).equals(Optional.of(content))) {
            throw new Violation("Touched '%s' at the target, which is none of its business".formatted(path));
        }
    }

    private void checkDirectories() {
        if (mode != Mode.SYNC || !selection.isEverything() || hasTroubles()) {
            return;
        }
        for (RelPath directory : target.door.directories()) {
            String key = target.pairKey(directory);
            boolean wanted = source.directories().stream()
                            .anyMatch(there -> source.pairKey(there).equals(key))
                    || source.door.contents().keySet().stream()
                            .anyMatch(file -> source.pairKey(file).startsWith(key + "/"));
            if (!wanted && target.traits.capabilities().can(Verb.REMOVE_DIRECTORY)) {
                throw new Violation("Left the directory '%s' at the target".formatted(directory));
            }
        }
    }
}
