package io.skyferry.engine.pair;

import io.skyferry.storage.Part;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Upload;
import java.util.List;
import java.util.Map;

/// An upload in parts that is not finished: what a later run needs to go on.
///
/// @param side where it is stored
/// @param path of the file on that side; one upload a path
/// @param fingerprint of the source when it was begun
/// @param promises by the parts' numbers, each stored before the part's first byte was sent
/// @param parts those that are known to have arrived
public record Unfinished(
        Side side, RelPath path, Upload upload, String fingerprint, Map<Integer, String> promises, List<Part> parts) {
    /// Makes the collections unchangeable.
    public Unfinished {
        promises = Map.copyOf(promises);
        parts = List.copyOf(parts);
    }
}
