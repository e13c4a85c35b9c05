package io.skyferry.engine.pair;

import io.skyferry.storage.Part;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Upload;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// An upload in parts that is not finished: what a later run needs to go on.
///
/// @param side where it is stored
/// @param path of the file on that side; one upload a path
/// @param fingerprint of the source when it was begun
/// @param promises by the parts' numbers, each stored before the part's first byte was sent
/// @param parts those that are known to have arrived, by number
public record Unfinished(
        Side side, RelPath path, Upload upload, String fingerprint, Map<Integer, String> promises, List<Part> parts) {
    /// Makes the collections unchangeable.
    public Unfinished {
        promises = Map.copyOf(promises);
        parts = List.copyOf(parts);
    }

    /// The same with one more promise.
    public Unfinished withPromise(int number, String promise) {
        var more = new TreeMap<>(promises);
        more.put(number, promise);
        return new Unfinished(side, path, upload, fingerprint, more, parts);
    }

    /// The same with one more part; an earlier one of its number is replaced.
    public Unfinished withPart(Part part) {
        var byNumber = new TreeMap<Integer, Part>();
        parts.forEach(old -> byNumber.put(old.number(), old));
        byNumber.put(part.number(), part);
        return new Unfinished(side, path, upload, fingerprint, promises, List.copyOf(byNumber.values()));
    }

    /// The same upload with the sides exchanged.
    public Unfinished exchanged() {
        return new Unfinished(side.other(), path, upload, fingerprint, promises, parts);
    }
}
