package io.skyferry.engine.world;

import io.skyferry.engine.options.Mode;
import io.skyferry.filter.Selection;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Verb;
import java.util.Set;
import java.util.stream.Stream;

/// Which paths cannot come in step, whatever a run does: their names fall together, are rejected, or something stands
/// in the way that the run may not remove.
record Troubles(Place source, Place target, Mode mode, Selection selection) {
    /// Whether it may be left as it is.
    boolean isHopeless(RelPath path) {
        String key = source.pairKey(path);
        boolean meets = selected().map(source::pairKey).anyMatch(other -> isAbove(other, key))
                || source.directories().stream().map(source::pairKey).anyMatch(key::equals);
        return cannotBeInStep(path) || (hasDirectories() && meets);
    }

    /// Whether nobody may say that it is in step.
    boolean cannotBeInStep(RelPath path) {
        return isForbidden(path) || fallsTogether(path) || isObstructed(path);
    }

    private static boolean isAbove(String one, String other) {
        return other.startsWith(one + "/") || one.startsWith(other + "/");
    }

    private boolean isForbidden(RelPath path) {
        return path.text().chars().anyMatch(c -> target.traits.forbidden().indexOf(c) >= 0);
    }

    private boolean hasDirectories() {
        return target.traits.capabilities().listing().emptyDirectories();
    }

    /// Whether two names of the source, or of the target where the source has one, are one to the pair.
    private boolean fallsTogether(RelPath path) {
        String key = source.pairKey(path);
        long inSource = selected().map(source::pairKey).filter(key::equals).count();
        long inTarget = target.door.contents().keySet().stream()
                .map(target::pairKey)
                .filter(key::equals)
                .count();
        return inSource > 1 || (inTarget > 1 && inSource > 0) || crosses(goesTo(path));
    }

    /// The key at the target of what a source file becomes: the target's own spelling counts where it has the file.
    private String goesTo(RelPath path) {
        String key = source.pairKey(path);
        return target.ownKey(target.door.contents().keySet().stream()
                .filter(file -> target.pairKey(file).equals(key))
                .findFirst()
                .orElse(path));
    }

    private Stream<RelPath> selected() {
        return source.door.contents().keySet().stream().filter(path -> Excluding.selects(selection, path));
    }

    /// Whether an empty directory of the source cannot be made at the target.
    boolean isHopelessDirectory(RelPath path) {
        String key = target.ownKey(path);
        boolean taken = selected().map(this::goesTo).anyMatch(key::equals)
                || target.door.contents().keySet().stream()
                        .filter(this::stays)
                        .anyMatch(file -> (key + "/").startsWith(target.ownKey(file) + "/"));
        String pairKey = source.pairKey(path);
        boolean there = target.door.directories().stream()
                .anyMatch(directory -> target.pairKey(directory).equals(pairKey));
        boolean comesWithAFile = selected().map(source::pairKey).anyMatch(file -> file.startsWith(pairKey + "/"));
        return selection.selectsDirectory(path)
                && !there
                && !comesWithAFile
                && target.traits.capabilities().can(Verb.MAKE_DIRECTORY)
                && (isForbidden(path) || taken);
    }

    /// Whether a file of the source stands where another one wants a directory.
    private boolean crosses(String key) {
        return hasDirectories() && selected().map(this::goesTo).anyMatch(other -> isAbove(other, key));
    }

    /// Whether the target holds something of another kind that stays.
    private boolean isObstructed(RelPath path) {
        boolean there = target.door.contents().keySet().stream()
                .anyMatch(file -> target.pairKey(file).equals(source.pairKey(path)));
        if (!hasDirectories() || there) {
            return false;
        }
        for (RelPath above = path.parent(); !above.isRoot(); above = above.parent()) {
            RelPath one = above;
            if (target.at(above).filter(file -> stays(one)).isPresent()) {
                return true;
            }
        }
        String key = target.ownKey(path) + "/";
        Set<RelPath> directories = target.door.directories();
        boolean isDirectory = directories.stream().anyMatch(dir -> (target.ownKey(dir) + "/").equals(key));
        boolean kept = mode != Mode.SYNC
                || !target.traits.capabilities().can(Verb.REMOVE_DIRECTORY)
                || target.door.contents().keySet().stream()
                        .anyMatch(file -> target.ownKey(file).startsWith(key) && stays(file));
        return isDirectory && kept;
    }

    private boolean stays(RelPath file) {
        return mode != Mode.SYNC
                || target.at(file)
                        .filter(state -> !selection.selects(state.entry().at(file)))
                        .isPresent();
    }
}
