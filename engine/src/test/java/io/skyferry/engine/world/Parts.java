package io.skyferry.engine.world;

import io.skyferry.engine.world.Place.State;
import io.skyferry.storage.PendingUpload;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Upload;
import io.skyferry.storage.WriteOptions.Durability;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which parts have gone over, through all the runs of a history: none that was recorded goes twice.
final class Parts {
    private final Map<String, Begun> uploads = new HashMap<>();
    private final Map<String, Begun> dropped = new HashMap<>();
    private final Set<String> recorded = new HashSet<>();
    private final Set<String> withParts = new HashSet<>();
    private final Set<String> refused = new HashSet<>();

    /// What an upload is for.
    private record Begun(String fingerprint, String wishes) {}

    private final Map<String, Long> moments = new HashMap<>();
    private Durability wanted = Durability.SOON;

    /// A run begins: parts that did not wait for the medium are of no use to one that does.
    void runBegins(Durability durability) {
        wanted = durability;
    }

    /// An upload is begun. One for the same content under the same wishes, of which parts had arrived, must not
    /// have been dropped before.
    void begun(String place, Upload upload, String fingerprint, String wishes, long moment) {
        var begun = new Begun(fingerprint, wishes);
        String at = place + upload.file();
        if (begun.equals(dropped.remove(at))) {
            throw new Violation("Begins '%s' again, of which parts had arrived".formatted(upload.file()));
        }
        refused.remove(at);
        uploads.put(place + upload.token(), begun);
        moments.put(place + upload.token(), moment);
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
        dropped.clear();
    }

    /// The storage gave up an upload that nobody finished.
    void expired(String place, PendingUpload pending) {
        refused.add(place + pending.file());
        dropped.remove(place + pending.file());
    }

    /// The storage did not want to finish an upload.
    void refused(String place, RelPath path) {
        refused.add(place + path);
    }

    /// An upload goes, and what arrived of it.
    void abandoning(Upload upload, Watch watch, Place target) {
        String token = target.name + upload.token();
        String at = target.name + upload.file();
        Begun begun = uploads.get(token);
        Optional<State> source = watch.source.at(upload.file());
        boolean inStep = source.isPresent()
                && target.at(upload.file())
                        .filter(there ->
                                there.content().equals(source.orElseThrow().content()))
                        .isPresent();
        if (begun != null
                && withParts.contains(token)
                && !refused.contains(at)
                && !inStep
                && (wanted == Durability.SOON || begun.wishes().endsWith(wanted.name()))
                && source.isPresent()
                && target.editedAt(upload.file()) < moments.getOrDefault(token, 0L)) {
            dropped.put(at, begun);
        } else {
            dropped.remove(at);
        }
    }
}
