package io.skyferry.control.exchange;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// How an import is to go.
///
/// @param keeping whether anything is kept
/// @param paths folders of the other machine, and what they are on this one; the longest that fits counts
/// @param local below which tasks for encrypted remotes work; empty: none are made
public record ImportWishes(Keeping keeping, Map<String, String> paths, Optional<String> local) {
    /// Makes the map unchangeable.
    public ImportWishes {
        paths = Map.copyOf(new LinkedHashMap<>(paths));
    }

    /// Whether anything is kept.
    public enum Keeping {
        /// Nothing: it is only told.
        NOTHING,
        /// What can be made.
        WHAT_CAN_BE,
        /// Everything, or nothing where something cannot be made.
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
