package io.skyferry.testkit;

import io.skyferry.storage.Capabilities.Keeping;
import io.skyferry.storage.Capabilities.Order;
import io.skyferry.storage.ChangePage;
import io.skyferry.storage.Entry;
import io.skyferry.storage.HashType;
import io.skyferry.storage.ItemId;
import io.skyferry.storage.ModTime;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Version;
import io.skyferry.testkit.MemoryListing.Listed;
import io.skyferry.testkit.Traits.Mark;
import java.text.Normalizer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// All that a [MemoryStorage] holds, and how it looks from outside. Guarded by the storage's lock.
final class MemoryDisk {
    final Traits traits;
    final MemoryTree tree;
    final MemoryUploads uploads = new MemoryUploads();
    final Map<String, List<MemoryFile>> older = new HashMap<>();
    final List<MemoryFile> trash = new ArrayList<>();
    final List<ChangePage.Change> changes = new ArrayList<>();
    final List<Entry> extras = new ArrayList<>();
    boolean rootMissing;

    private final Supplier<Instant> clock;
    private final Deque<Past> past = new ArrayDeque<>();
    private long calls;
    private long numbers;
    private @Nullable MemoryListing listing;
    private @Nullable MemoryTree listed;

    /// What stood there before a change.
    private record Past(long call, MemoryTree tree) {}

    MemoryDisk(Traits traits, Supplier<Instant> clock) {
        this.traits = traits;
        this.clock = clock;
        this.tree = new MemoryTree(traits.capabilities().names());
    }

    boolean hasDirectories() {
        return traits.capabilities().listing().emptyDirectories();
    }

    Instant now() {
        return clock.get();
    }

    /// A call arrives: what lags comes nearer.
    void countCall() {
        calls++;
        while (!past.isEmpty() && past.getFirst().call() + traits.lag() < calls) {
            past.removeFirst();
            listing = null;
        }
    }

    /// Something will change: listings may show what was there for a while.
    void changing() {
        if (traits.lag() > 0) {
            past.addLast(new Past(calls, tree.copy()));
        }
        listing = null;
    }

    /// Listings show the present.
    void settle() {
        past.clear();
        listing = null;
    }

    String number(String prefix) {
        numbers++;
        return prefix + numbers;
    }

    /// The time in the precision that is kept.
    Instant kept(Instant time) {
        long step = Math.max(1, traits.capabilities().modTimes().precision().toNanos());
        if (step >= 1_000_000_000) {
            long seconds = step / 1_000_000_000;
            return Instant.ofEpochSecond(Math.floorDiv(time.getEpochSecond(), seconds) * seconds);
        }
        return Instant.ofEpochSecond(time.getEpochSecond(), time.getNano() / step * step);
    }

    RelPath spelled(RelPath path) {
        RelPath spelled = tree.spelled(path);
        return traits.spelling() == Traits.Spelling.COMPOSED
                ? new RelPath(Normalizer.normalize(spelled.text(), Normalizer.Form.NFC))
                : spelled;
    }

    void makeDirectories(Iterable<RelPath> outermostFirst) {
        rootMissing = false;
        for (RelPath directory : outermostFirst) {
            if (tree.directory(directory) == null) {
                changing();
                tree.putDirectory(spelled(directory), number("d"));
            }
        }
    }

    /// Stores a file and keeps what it replaces, if older states are kept.
    MemoryFile put(MemoryFile file) {
        changing();
        MemoryFile before = tree.file(file.path);
        keepOlder(before);
        tree.put(file);
        told(file.path, file);
        return file;
    }

    void remove(MemoryFile file) {
        changing();
        keepOlder(file);
        tree.remove(file.path);
        told(file.path, null);
    }

    /// Leaves no older state behind.
    void rename(MemoryFile from, MemoryFile to) {
        changing();
        tree.remove(from.path);
        tree.put(to);
        told(from.path, null);
        told(to.path, to);
    }

    private void keepOlder(@Nullable MemoryFile before) {
        if (before != null) {
            older.computeIfAbsent(tree.key(before.path), key -> new ArrayList<>())
                    .addFirst(before);
        }
    }

    private void told(RelPath path, @Nullable MemoryFile now) {
        changes.add(new ChangePage.Change(
                now != null && traits.marks().contains(Mark.ID) ? Optional.of(new ItemId(now.id)) : Optional.empty(),
                Optional.of(path),
                Optional.ofNullable(now).map(file -> entry(file, path))));
    }

    /// The file as a caller sees it.
    Entry.File entry(MemoryFile file, RelPath path) {
        return entry(file, path, modTime(file));
    }

    private Entry.File entry(MemoryFile file, RelPath path, ModTime modTime) {
        Set<HashType> types = traits.capabilities().hashes();
        return new Entry.File(
                path,
                file.bytes.length,
                modTime,
                types.isEmpty() ? Map.of() : file.hashes(types),
                traits.marks().contains(Mark.VERSION) ? Optional.of(new Version(file.version)) : Optional.empty(),
                traits.marks().contains(Mark.ID) ? Optional.of(new ItemId(file.id)) : Optional.empty(),
                Optional.empty());
    }

    private ModTime modTime(MemoryFile file) {
        return traits.capabilities().modTimes().keeping() == Keeping.NOT_KEPT
                ? new ModTime.NotKept()
                : new ModTime.Known(file.modTime);
    }

    private ModTime listedTime(MemoryFile file) {
        return traits.times() == Traits.Times.BY_STAT
                        && traits.capabilities().modTimes().keeping() != Keeping.NOT_KEPT
                ? new ModTime.NotListed()
                : modTime(file);
    }

    Entry.Directory entry(RelPath path, String id) {
        return new Entry.Directory(
                path, traits.marks().contains(Mark.ID) ? Optional.of(new ItemId(id)) : Optional.empty());
    }

    /// What listings show now: the present, or what was there some calls ago.
    MemoryTree shown() {
        return past.isEmpty() ? tree : past.getFirst().tree();
    }

    MemoryListing listing() {
        MemoryTree shown = shown();
        MemoryListing known = listing;
        if (known != null && listed == shown) {
            return known;
        }
        List<Listed> entries = new ArrayList<>();
        Set<RelPath> madeUp = new LinkedHashSet<>();
        for (MemoryFile file : shown.files()) {
            entries.add(new Listed(file.path.text(), entry(file, file.path, listedTime(file))));
            if (!hasDirectories()) {
                madeUp.addAll(MemoryTree.above(file.path));
            }
        }
        madeUp.forEach(directory ->
                entries.add(new Listed(directory.text() + "/", new Entry.Directory(directory, Optional.empty()))));
        shown.directories()
                .forEach(made -> entries.add(new Listed(made.path().text() + "/", entry(made.path(), made.id()))));
        extras.forEach(extra -> entries.add(new Listed(keyOf(extra), extra)));
        var order = traits.capabilities().listing().order() == Order.UTF8_BYTES
                ? MemoryListing.byBytes()
                : MemoryListing.shuffled(traits.seed());
        var made = new MemoryListing(entries, order, traits.pageSize());
        listing = made;
        listed = shown;
        return made;
    }

    private static String keyOf(Entry entry) {
        return switch (entry) {
            case Entry.File file -> file.path().text();
            case Entry.Special special -> special.path().text();
            case Entry.Leftover leftover -> leftover.path().text();
            case Entry.Directory directory -> directory.path().text() + "/";
            case Entry.Unlisted unlisted -> unlisted.path().text() + "/";
            case Entry.Unusable(RelPath path, String rawName, String reason, boolean foreign) ->
                path.resolve("unusable " + rawName.replace('/', ' ').replace('\0', ' '))
                        .text();
        };
    }
}
