package io.skyferry.control.exchange;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// How an import is to go.
///
/// @param doing whether it is a trial
/// @param keeping how much has to be right
/// @param paths folders of the other machine, and what they are on this one; the longest that fits counts
/// @param local below which tasks for encrypted remotes work; empty: none are made
public record ImportWishes(Doing doing, Keeping keeping, Map<String, String> paths, Optional<String> local) {
    /// Makes the map unchangeable.
    public ImportWishes {
        paths = Map.copyOf(new LinkedHashMap<>(paths));
    }

    /// Whether it is a trial.
    public enum Doing {
        /// It is only told what would be made.
        TELL,
        /// It is made and kept.
        KEEP
    }

    /// How much has to be right.
    public enum Keeping {
        /// Everything of a kind that there is here, or nothing where something is wrong with any of it.
        ALL_OF_KNOWN_KINDS,
        /// What can be made.
        WHAT_CAN_BE,
        /// Everything, or nothing where something has to be left out or lacks a secret.
        ALL_OR_NOTHING
    }

    /// The path on this machine.
    String path(String there) {
        String best = "";
        for (String from : paths.keySet()) {
            boolean fits = there.equals(from) || there.startsWith(from.endsWith("/") ? from : from + "/");
            if (fits && from.length() > best.length()) {
                best = from;
            }
        }
        return best.isEmpty() ? there : paths.getOrDefault(best, best) + there.substring(best.length());
    }
}
