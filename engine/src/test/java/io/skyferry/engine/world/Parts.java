package io.skyferry.engine.world;

import io.skyferry.engine.compare.Tags;
import io.skyferry.engine.world.Place.State;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Upload;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which parts have gone over, through all the runs of a history: none that was recorded goes twice.
final class Parts {
    private final Map<String, Begun> uploads = new HashMap<>();
    private final Set<String> recorded = new HashSet<>();
    private final Set<String> withParts = new HashSet<>();
    private final Set<String> refused = new HashSet<>();

    private record Begun(String fingerprint, long moment) {}

    void begun(String place, Upload upload, String fingerprint, long moment) {
        refused.remove(place + upload.file());
        uploads.put(place + upload.token(), new Begun(fingerprint, moment));
    }

    void sending(String place, Upload upload, int number) {
        if (recorded.contains(place + upload.token() + "/" + number)) {
            throw new Violation("Sent part %s of '%s' again".formatted(number, upload.file()));
        }
    }

    /// The memory wrote down that a part arrived.
    void recorded(String place, String token, int number) {
        recorded.add(place + token + "/" + number);
        withParts.add(place + token);
    }

    /// The memory forgot what it knew.
    void forgotten() {
        recorded.clear();
        withParts.clear();
    }

    /// The storage did not want to finish an upload.
    void refused(String place, RelPath path) {
        refused.add(place + path);
    }

    /// An upload of which parts arrived goes only where nothing can come of it.
    void abandoning(Upload upload, Watch watch, Place target) {
        String token = target.name + upload.token();
        Begun begun = uploads.get(token);
        if (begun == null || !withParts.contains(token) || refused.contains(target.name + upload.file())) {
            return;
        }
        Optional<State> source = watch.source.at(upload.file());
        boolean stillWanted = source.filter(state -> Tags.of(state.entry()).equals(begun.fingerprint()))
                .filter(state -> watch.rules.selection().selects(state.entry()))
                .isPresent();
        boolean arrived = source.isPresent()
                && target.at(upload.file())
                        .filter(there ->
                                there.content().equals(source.orElseThrow().content()))
                        .isPresent();
        boolean targetChanged = target.editedAt(upload.file()) > begun.moment();
        if (stillWanted && !arrived && !targetChanged) {
            throw new Violation("Dropped the parts of '%s' that had arrived".formatted(upload.file()));
        }
    }
}
