package io.skyferry.storage;

import java.util.Optional;

/// What to list.
///
/// Where the storage's order is [Capabilities.Order#UTF8_BYTES], entries come sorted by key: a file's key is its path,
/// a directory's its path and `/`. So a directory stands right before what it holds, and `a-b` before `a/`.
///
/// @param directory listed itself never, only what it holds
/// @param range keys outside are left out; directories that hold keys of the range may come
/// @param after the token of the page before; empty: the first page
/// @param descent which directories are worth entering; storages that list flat may ignore it
public record ListRequest(RelPath directory, Depth depth, KeyRange range, Optional<String> after, Descent descent) {
    /// How deep to look.
    public enum Depth {
        /// What lies directly in the directory.
        CHILDREN,
        /// Everything below it.
        TREE
    }

    /// Says which directories are worth entering. A hint: what comes from others anyway is filtered again.
    @FunctionalInterface
    public interface Descent {
        /// Enters every directory.
        Descent EVERYWHERE = directory -> true;

        /// Whether anything below this directory can be wanted.
        boolean enters(RelPath directory);
    }

    /// The first page of everything below a directory.
    public static ListRequest tree(RelPath directory) {
        return new ListRequest(directory, Depth.TREE, KeyRange.ALL, Optional.empty(), Descent.EVERYWHERE);
    }

    /// The first page of what lies directly in a directory.
    public static ListRequest children(RelPath directory) {
        return new ListRequest(directory, Depth.CHILDREN, KeyRange.ALL, Optional.empty(), Descent.EVERYWHERE);
    }

    /// The same request, going on behind a page.
    public ListRequest goOnAfter(String token) {
        return new ListRequest(directory, depth, range, Optional.of(token), descent);
    }

    /// The same request with a hint where to look.
    public ListRequest descending(Descent other) {
        return new ListRequest(directory, depth, range, after, other);
    }
}
