package io.skyferry.engine.world;

import io.skyferry.engine.scan.PairKeys;
import io.skyferry.storage.Entry;
import io.skyferry.storage.PendingUpload;
import io.skyferry.storage.RelPath;
import io.skyferry.testkit.MemoryBackdoor;
import io.skyferry.testkit.MemoryStorage;
import io.skyferry.testkit.Traits;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// One side of the world: a storage in memory, and what is known of it beyond what it tells.
final class Place {
    final String name;
    final Traits traits;
    final boolean here;
    final MemoryStorage storage;
    final MemoryBackdoor door;
    /// Uploads that somebody else began.
    final Set<String> foreignUploads = new HashSet<>();
    /// Owners of uploads that are not finished.
    final Map<String, Begun> begun = new TreeMap<>();
    /// Temporary files of writes that died.
    final Map<String, Entry.Leftover> leftovers = new TreeMap<>();
    /// Directories that cannot be listed.
    final Set<RelPath> unlistable = new TreeSet<>();
    /// Files whose content changed without a trace in size and time, by the pair's key; of both places.
    final Set<String> hidden;

    private final PairKeys ownKeys;
    private final PairKeys pairKeys;
    private final Map<String, Set<String>> held = new HashMap<>();
    private final Map<String, Maker> makers = new HashMap<>();
    private final Map<String, Long> edited = new HashMap<>();
    private final Map<String, Long> called = new HashMap<>();
    private final Map<Thread, String> lastCalled = new HashMap<>();
    private final Map<String, Optional<State>> leftByActor = new HashMap<>();

    /// An upload that is not finished.
    record Begun(RelPath path, String owner) {}

    /// Who made what is there.
    enum Maker {
        ACTOR,
        ENGINE
    }

    /// What stands at a path.
    record State(Entry.File entry, String content) {}

    Place(String name, Traits traits, boolean here, MemoryStorage storage, PairKeys pairKeys, Set<String> hidden) {
        this.name = name;
        this.traits = traits;
        this.here = here;
        this.storage = storage;
        this.door = storage.backdoor();
        this.pairKeys = pairKeys;
        this.hidden = hidden;
        this.ownKeys =
                PairKeys.of(traits.capabilities().names(), traits.capabilities().names());
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    String pairKey(RelPath path) {
        return pairKeys.ofFile(path);
    }

    String ownKey(RelPath path) {
        return ownKeys.ofFile(path);
    }

    Optional<State> at(RelPath path) {
        return door.entry(path)
                .map(entry -> new State(entry, text(door.bytes(path).orElseThrow())));
    }

    /// Every directory that a listing shows.
    Set<RelPath> directories() {
        Set<RelPath> shown = new TreeSet<>(door.directories());
        if (!traits.capabilities().listing().emptyDirectories()) {
            for (RelPath file : door.contents().keySet()) {
                for (RelPath above = file.parent(); !above.isRoot(); above = above.parent()) {
                    shown.add(above);
                }
            }
        }
        return shown;
    }

    /// Every file's content, by path.
    Map<String, String> files() {
        Map<String, String> files = new TreeMap<>(RelPath::compareTexts);
        door.contents().forEach((path, bytes) -> files.put(path.text(), text(bytes)));
        return files;
    }

    /// Notes that somebody put this content there.
    void note(RelPath path, String content, Maker maker, long moment) {
        held.computeIfAbsent(pairKey(path), _ -> new HashSet<>()).add(content);
        makers.put(ownKey(path), maker);
        if (maker == Maker.ACTOR && moment >= 0) {
            edited.put(ownKey(path), moment);
            leftByActor.put(ownKey(path), at(path));
        }
    }

    /// How an actor left the path.
    Optional<State> leftByActor(RelPath path) {
        return leftByActor.getOrDefault(ownKey(path), Optional.empty());
    }

    /// Notes that an actor took away what was there.
    void noteGone(RelPath path, long moment) {
        edited.put(ownKey(path), moment);
        leftByActor.put(ownKey(path), Optional.empty());
    }

    /// Whether this thread's last call here was about this path.
    boolean wasJustCalled(RelPath path) {
        return ownKey(path).equals(lastCalled.get(Thread.currentThread()));
    }

    void noteCall(RelPath path, long moment) {
        lastCalled.put(Thread.currentThread(), ownKey(path));
        called.put(ownKey(path), moment);
    }

    /// Whether an actor was there after the engine last looked.
    boolean isEditedSinceCall(RelPath path) {
        return editedAt(path) > called.getOrDefault(ownKey(path), -1L);
    }

    /// When an actor was there last; -1: never.
    long editedAt(RelPath path) {
        return edited.getOrDefault(ownKey(path), -1L);
    }

    Maker makerOf(RelPath path) {
        return makers.getOrDefault(ownKey(path), Maker.ACTOR);
    }

    /// Whether this content ever stood there by right.
    boolean held(RelPath path, String content) {
        return held.getOrDefault(pairKey(path), Set.of()).contains(content);
    }

    private boolean isReachable(RelPath directory) {
        return directory.isRoot()
                || !traits.capabilities().listing().emptyDirectories()
                || door.directories().stream().anyMatch(there -> ownKey(there).equals(ownKey(directory)));
    }

    /// What lay in a directory that is gone went with it.
    void dropLostLeftovers() {
        leftovers.values().removeIf(leftover -> !isReachable(leftover.path().parent()));
    }

    /// What an interrupted run left, as a listing of a disk shows it.
    Map<String, Entry.Leftover> shownLeftovers() {
        dropLostLeftovers();
        Map<String, Entry.Leftover> shown = new TreeMap<>(leftovers);
        if (here) {
            begun.forEach((id, upload) -> shown.put(
                    id,
                    new Entry.Leftover(
                            upload.path(), upload.owner(), new PendingUpload(upload.path(), id, Instant.EPOCH))));
        }
        return shown;
    }
}
