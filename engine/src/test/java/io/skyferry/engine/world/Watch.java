package io.skyferry.engine.world;

import io.skyferry.engine.options.Mode;
import io.skyferry.engine.world.Place.Maker;
import io.skyferry.engine.world.Place.State;
import io.skyferry.filter.Selection;
import io.skyferry.storage.Capabilities.ConditionKind;
import io.skyferry.storage.Entry;
import io.skyferry.storage.RelPath;
import io.skyferry.testkit.Traits;
import io.skyferry.testkit.Traits.Mark;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// One run as its world sees it: what it was told, and what it may do. Throws a [Violation] at the first effect that
/// must not be.
final class Watch {
    final Rules rules;
    final Place source;
    final Place target;

    private final Map<String, List<Entry.File>> views;
    private final Map<String, List<Entry.File>> listings;
    private final List<String> failed = new ArrayList<>();
    private final long begun;
    private boolean incomplete;
    private long effects;
    private long deletes;
    private long renamed;
    private final Map<RelPath, RelPath> copies = new HashMap<>();

    /// Whether a run does, or only tells.
    enum Kind {
        DOES,
        TELLS
    }

    /// What a run is held to.
    ///
    /// @param backup says where in the target a replaced or deleted file is kept; empty: nowhere
    /// @param mayDeleteAfterFailures whether the user lifted the rule that a failure holds back deletes
    /// @param isHopeless whether a path can never come in step, so that its failure holds back nothing
    record Rules(
            Kind kind,
            Mode mode,
            Selection selection,
            boolean deleteExcluded,
            boolean mayDeleteAfterFailures,
            Optional<BackupArea> backup,

            Predicate<RelPath> isHopeless) {}

    /// Where replaced and deleted files are kept in the target.
    record BackupArea(String prefix, String suffix) {
        RelPath of(RelPath path) {
            return new RelPath(prefix + path.text() + suffix);
        }

        boolean holds(RelPath path) {
            return path.text().startsWith(prefix) && path.text().endsWith(suffix);
        }
    }

    private Watch(
            Rules rules,
            Place source,
            Place target,
            long begun,
            Map<String, List<Entry.File>> views,
            Map<String, List<Entry.File>> listings) {
        this.listings = listings;
        this.rules = rules;
        this.source = source;
        this.target = target;
        this.begun = begun;
        this.views = views;
    }

    static Watch of(Rules rules, Place source, Place target, long begun) {
        return new Watch(rules, source, target, begun, new HashMap<>(), new HashMap<>());
    }

    /// A run that knows what an earlier one was told, as one that does a saved plan.
    Watch followedBy(Rules other, long moment) {
        return new Watch(other, source, target, moment, views, listings);
    }

    private static String viewKey(Place place, RelPath path) {
        return place.name + ":" + place.pairKey(path);
    }

    /// The engine was shown this file.
    void saw(Place place, Entry.File file) {
        views.computeIfAbsent(viewKey(place, file.path()), _ -> new ArrayList<>())
                .add(file);
    }

    /// A listing showed the engine this file.
    void listed(Place place, Entry.File file) {
        listings.computeIfAbsent(viewKey(place, file.path()), _ -> new ArrayList<>())
                .add(file);
    }

    /// Whether a listing showed the file so, where there was one that tells all of the present: a later look
    /// may refuse an effect, and never make one of what somebody did since.
    private boolean wasListed(Place place, RelPath path, Entry.File now) {
        boolean none = listings.keySet().stream().noneMatch(key -> key.startsWith(place.name + ":"));
        return none
                || place.traits.times() == Traits.Times.BY_STAT
                || !place.traits.capabilities().listing().consistent()
                || listings.getOrDefault(viewKey(place, path), List.of()).stream()
                        .anyMatch(seen -> looksLike(seen, now));
    }

    private boolean wasSeen(Place place, RelPath path, Entry.File now) {
        return views.getOrDefault(viewKey(place, path), List.of()).stream().anyMatch(seen -> looksLike(seen, now));
    }

    private static boolean looksLike(Entry.File seen, Entry.File now) {
        boolean sameTime = seen.modTime().known().isEmpty()
                || now.modTime().known().isEmpty()
                || seen.modTime().known().equals(now.modTime().known());
        return seen.size() == now.size() && seen.version().equals(now.version()) && sameTime;
    }

    void incomplete() {
        incomplete = true;
    }

    boolean isIncomplete() {
        return incomplete;
    }

    void failed(RelPath path, String reason) {
        // What no listing of the source showed fails by itself: it is one of the deletes.
        boolean wanted = listings.getOrDefault(viewKey(source, path), List.of()).stream()
                .anyMatch(file -> rules.selection().selects(file));
        // Names that fell together when they were listed hold back nothing, even if one has gone since.
        boolean isDelete = !wanted || reason.startsWith("It stays") || reason.startsWith("These names fall together");
        if (!isDelete && deletes == 0 && !rules.isHopeless().test(path)) {
            failed.add("%s: %s".formatted(path, reason));
        }
    }

    long effects() {
        return effects;
    }

    /// How many files went at the target that have not only changed their path.
    long deletes() {
        return deletes - renamed;
    }

    private void effect(Place place, String what, RelPath path) {
        effects++;
        if (rules.kind() == Kind.TELLS) {
            throw new Violation("A dry run did something: %s at %s '%s'".formatted(what, place.name, path));
        }
        if (place != source && place != target) {
            throw new Violation(
                    "A place that is only read was changed: %s at %s '%s'".formatted(what, place.name, path));
        }
        if (place == source && rules.mode() != Mode.MOVE) {
            throw new Violation("%s changed its source: %s at '%s'".formatted(rules.mode(), what, path));
        }
    }

    private boolean isBackup(RelPath path) {
        return rules.backup().filter(area -> area.holds(path)).isPresent();
    }

    private void demand(boolean held, String rule, Place place, RelPath path) {
        if (!held) {
            throw new Violation("%s: %s '%s'".formatted(rule, place.name, path));
        }
    }

    /// A directory was made or removed.
    void directory(Place place, String what, RelPath path) {
        effect(place, what, path);
        if (what.equals("remove")) {
            demand(
                    (rules.mode() == Mode.SYNC && place == target) || (rules.mode() == Mode.MOVE && place == source),
                    "Removed a directory",
                    place,
                    path);
            demand(place == source || !incomplete, "Deleted although a listing was incomplete", place, path);
        }
    }

    /// A file was removed.
    void removed(Place place, RelPath path, State before) {
        effect(place, "delete", path);
        if (isBackup(path) && place == target) {
            return;
        }
        demand(wasSeen(place, path, before.entry()), "Deleted a file that it had not seen so", place, path);
        demand(isSelected(place, path, before), "Deleted a file that is not selected", place, path);
        if (place == source) {
            removedAtSource(path, before);
            return;
        }
        deletes++;
        boolean isRenamed = isCopied(path, before);
        renamed += isRenamed ? 1 : 0;
        demand(wasListed(place, path, before.entry()), "Deleted what somebody did since the listing", place, path);
        demand(rules.mode() == Mode.SYNC, "%s deleted at the target".formatted(rules.mode()), place, path);
        demand(isRenamed || isKept(path, before), "Deleted a file that the user wants kept aside", place, path);
        demand(!sourceHasHadIt(path), "Deleted a file that the source has", place, path);
        checkDeletesAllowed(place, path);
    }

    /// A file was copied inside the target: it was renamed at the source, or is kept aside.
    void copied(Place place, RelPath from, RelPath to, State before) {
        demand(wasSeen(place, from, before.entry()), "Copied a file that it had not seen so", place, from);
        if (!isBackup(to)) {
            demand(rules.mode() == Mode.SYNC, "%s renamed at the target".formatted(rules.mode()), place, from);
            copies.put(from, to);
        }
    }

    /// Whether the file stands where it was copied to.
    private boolean isCopied(RelPath path, State before) {
        RelPath copy = copies.get(path);
        return copy != null
                && (target.isEditedSinceCall(copy)
                        || target.at(copy)
                                .filter(there -> there.content().equals(before.content()))
                                .isPresent());
    }

    private void checkDeletesAllowed(Place place, RelPath path) {
        if (place == target) {
            demand(!incomplete, "Deleted although a listing was incomplete", place, path);
            demand(
                    failed.isEmpty() || rules.mayDeleteAfterFailures(),
                    "Deleted although something failed (%s)".formatted(failed),
                    place,
                    path);
        }
    }

    private boolean isSelected(Place place, RelPath path, State state) {
        return rules.selection().selects(state.entry().at(path)) || (place == target && rules.deleteExcluded());
    }

    private boolean isKept(RelPath path, State before) {
        return rules.backup()
                .map(area -> target.isEditedSinceCall(area.of(path))
                        || target.at(area.of(path))
                                .filter(kept -> kept.content().equals(before.content()))
                                .isPresent())
                .orElse(true);
    }

    private boolean sourceHasHadIt(RelPath path) {
        String key = source.pairKey(path);
        return source.door.contents().keySet().stream()
                .filter(file -> source.pairKey(file).equals(key) && Excluding.selects(rules.selection(), file))
                .filter(file -> canBeFound(file, path))
                .anyMatch(file ->
                        source.editedAt(file) < begun && !rules.isHopeless().test(file));
    }

    /// Where a listing lags, a look decides; but only a listing finds a file that the source spells otherwise.
    private boolean canBeFound(RelPath file, RelPath asTargetSpells) {
        return source.traits.capabilities().listing().consistent()
                || source.ownKey(file).equals(source.ownKey(asTargetSpells));
    }

    private void removedAtSource(RelPath path, State before) {
        String key = target.pairKey(path);
        Optional<RelPath> copy = target.door.contents().keySet().stream()
                .filter(file -> target.pairKey(file).equals(key))
                .filter(file -> target.at(file)
                        .filter(there -> there.content().equals(before.content()))
                        .isPresent())
                .findFirst();
        if (copy.isEmpty() && target.isEditedSinceCall(path)) {
            return; // An actor dealt with the copy since.
        }
        demand(copy.isPresent(), "Deleted a source file whose copy is not there", source, path);
        demand(
                !target.here || target.door.isFlushed(copy.orElseThrow()),
                "Deleted a source file whose copy is not on the medium",
                source,
                path);
    }

    /// A file was moved inside a place.
    void moved(Place place, RelPath from, RelPath to, State before) {
        effect(place, "move", to);
        demand(place == target, "Moved at the source", place, from);
        place.note(to, before.content(), place.makerOf(from), -1);
        place.at(to).ifPresent(now -> listed(place, now.entry()));
        if (isBackup(from)) {
            return;
        }
        demand(wasSeen(place, from, before.entry()), "Moved a file that it had not seen so", place, from);
        if (isBackup(to)) {
            return;
        }
        demand(rules.mode() == Mode.SYNC, "%s renamed at the target".formatted(rules.mode()), place, from);
        demand(isSelected(place, from, before), "Moved a file that is not selected", place, from);
        demand(!sourceHasHadIt(from), "Moved away a file that the source has", place, from);
        demand(source.held(to, before.content()), "Moved a file to where the source never had it", place, to);
    }

    /// A file was stored, whatever stood there.
    ///
    /// @param inCall whether an actor was there while the call went on
    /// @param afterLook whether one was there right after the engine looked, before the call
    void stored(Place place, RelPath path, Optional<State> before, State after, boolean inCall, boolean afterLook) {
        effect(place, "store", path);
        demand(place == target, "Stored at the source", place, path);
        if (isBackup(path)) {
            place.note(path, after.content(), Maker.ENGINE, -1);
            return;
        }
        demand(isSelected(source, path, after), "Stored a file that is not selected", place, path);
        demand(
                source.held(path, after.content()),
                "Stored what the source never had ('%s')".formatted(after.content()),
                place,
                path);
        before.ifPresent(old -> {
            boolean excused = (inCall && !isConditional(place, ConditionKind.MATCHES))
                    || (afterLook && !place.traits.marks().contains(Mark.VERSION));
            boolean actors = place.makerOf(path) == Maker.ACTOR;
            demand(
                    !actors || excused || wasSeen(place, path, old.entry()),
                    "Replaced a file that it had not seen so",
                    place,
                    path);
            demand(
                    !actors || excused || wasListed(place, path, old.entry()),
                    "Replaced what somebody did since the listing",
                    place,
                    path);
            demand(
                    old.content().equals(after.content()) || inCall || afterLook || isKept(path, old),
                    "Replaced a file that the user wants kept aside",
                    place,
                    path);
        });
        place.note(path, after.content(), Maker.ENGINE, -1);
    }

    private static boolean isConditional(Place place, ConditionKind kind) {
        return place.traits.marks().contains(Mark.VERSION)
                && place.traits.capabilities().conditions().onWrite().contains(kind);
    }
}
