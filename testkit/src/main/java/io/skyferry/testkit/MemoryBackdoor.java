package io.skyferry.testkit;

import io.skyferry.storage.Entry;
import io.skyferry.storage.RelPath;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// Looks at a [MemoryStorage] and changes it behind the back of whoever works with it.
public final class MemoryBackdoor {
    private final MemoryDisk disk;
    private final ReentrantLock lock;
    private volatile String volume = "";

    MemoryBackdoor(MemoryDisk disk, ReentrantLock lock) {
        this.disk = disk;
        this.lock = lock;
    }

    /// All that a storage held at one moment; see [MemoryBackdoor#restore].
    public static final class Snapshot {
        private final MemoryTree tree;
        private final MemoryUploads uploads;
        private final boolean rootMissing;

        private Snapshot(MemoryTree tree, MemoryUploads uploads, boolean rootMissing) {
            this.tree = tree;
            this.uploads = uploads;
            this.rootMissing = rootMissing;
        }
    }

    /// Every file and its bytes, sorted.
    public Map<RelPath, byte[]> contents() {
        return locked(() -> {
            Map<RelPath, byte[]> contents = new TreeMap<>();
            disk.tree.files().forEach(file -> contents.put(file.path, file.bytes.clone()));
            return contents;
        });
    }

    /// Every file and its content as text, sorted: reads well in assertions.
    public Map<String, String> texts() {
        Map<String, String> texts = new TreeMap<>(RelPath::compareTexts);
        contents().forEach((path, bytes) -> texts.put(path.text(), new String(bytes, StandardCharsets.UTF_8)));
        return texts;
    }

    /// Every directory that was made, sorted.
    public Set<RelPath> directories() {
        return locked(() -> {
            Set<RelPath> made = new TreeSet<>();
            disk.tree.directories().forEach(directory -> made.add(directory.path()));
            return made;
        });
    }

    /// The modification time that is kept.
    public Optional<Instant> modTime(RelPath path) {
        return locked(() -> Optional.ofNullable(disk.tree.file(path)).map(file -> file.modTime));
    }

    /// The fields that are kept beside the content.
    public Map<String, String> metadata(RelPath path) {
        return locked(() -> Optional.ofNullable(disk.tree.file(path))
                .map(file -> file.metadata)
                .orElse(Map.of()));
    }

    /// The file as stat would tell it.
    public Optional<Entry.File> entry(RelPath path) {
        return locked(() -> Optional.ofNullable(disk.tree.file(path)).map(file -> disk.entry(file, path)));
    }

    /// The bytes of a file.
    public Optional<byte[]> bytes(RelPath path) {
        return locked(() -> Optional.ofNullable(disk.tree.file(path)).map(file -> file.bytes.clone()));
    }

    /// Whether a loss of power would leave the file as it is.
    public boolean isFlushed(RelPath path) {
        return locked(() -> Optional.ofNullable(disk.tree.file(path))
                .map(file -> file.flushed)
                .orElse(false));
    }

    /// How many uploads are unfinished.
    public int unfinishedUploads() {
        return locked(() -> disk.uploads.all().size());
    }

    /// The contents of the trash, oldest first.
    public List<String> trash() {
        return locked(() -> disk.trash.stream().map(file -> file.path.text()).toList());
    }

    /// Stores a file with the clock's time, making directories as needed and removing what is in the way.
    public void put(String path, String text) {
        put(new RelPath(path), text.getBytes(StandardCharsets.UTF_8), disk.now());
    }

    /// Stores a file, making directories as needed and removing what is in the way.
    public void put(RelPath path, byte[] bytes, Instant modTime) {
        locked(() -> {
            for (RelPath above : disk.hasDirectories() ? MemoryTree.above(path) : List.<RelPath>of()) {
                MemoryFile inTheWay = disk.tree.file(above);
                if (inTheWay != null) {
                    disk.remove(inTheWay);
                }
            }
            if (disk.tree.directory(path) != null) {
                removeTree(path);
            }
            disk.makeDirectories(disk.hasDirectories() ? MemoryTree.above(path) : List.of());
            MemoryFile there = disk.tree.file(path);
            return disk.put(new MemoryFile(
                    there == null ? disk.spelled(path) : there.path,
                    bytes.clone(),
                    disk.kept(modTime),
                    Map.of(),
                    disk.number("v"),
                    there == null ? disk.number("i") : there.id,
                    "backdoor",
                    true));
        });
    }

    /// Moves a file, as a rename on a disk does: it keeps its id and replaces what is there. Bytes that were on the
    /// medium are so under the new name.
    public void rename(String from, String to) {
        locked(() -> {
            MemoryFile file = disk.tree.file(new RelPath(from));
            if (file == null) {
                throw new IllegalArgumentException("Want a file at '%s' but nothing is there".formatted(from));
            }
            var target = new RelPath(to);
            disk.makeDirectories(disk.hasDirectories() ? MemoryTree.above(target) : List.of());
            MemoryFile moved = file.movedTo(disk.spelled(target), disk.number("v"), "backdoor");
            disk.rename(file, file.flushed ? moved.onMedium() : moved);
            return true;
        });
    }

    /// Removes a file, or a directory and all it holds; missing is fine.
    public void remove(String path) {
        locked(() -> removeTree(new RelPath(path)));
    }

    private boolean removeTree(RelPath path) {
        List.copyOf(disk.tree.files()).stream()
                .filter(file -> holds(path, file.path))
                .forEach(disk::remove);
        List.copyOf(disk.tree.directories()).stream()
                .filter(directory -> holds(path, directory.path()))
                .forEach(directory -> {
                    disk.changing();
                    disk.tree.removeDirectory(directory.path());
                });
        return true;
    }

    private boolean holds(RelPath path, RelPath other) {
        return new RelPath(disk.tree.key(path)).holds(new RelPath(disk.tree.key(other)));
    }

    /// Makes a directory and those above it.
    public void mkdir(String path) {
        locked(() -> {
            var directory = new RelPath(path);
            List<RelPath> wanted = new ArrayList<>(MemoryTree.above(directory));
            wanted.add(directory);
            disk.makeDirectories(wanted);
            return true;
        });
    }

    /// Lets listings show a further entry: something unusable, special or unlisted, a leftover.
    public void show(Entry entry) {
        locked(() -> {
            disk.changing();
            return disk.extras.add(entry);
        });
    }

    /// Takes the further entries out of listings again.
    public void hideAll() {
        locked(() -> {
            disk.changing();
            disk.extras.clear();
            return true;
        });
    }

    /// Everything is gone, the root too, as when a mount or bucket went away.
    public void vanish() {
        locked(() -> {
            disk.tree.clear();
            disk.settle();
            disk.rootMissing = true;
            return true;
        });
    }

    /// Listings show the present from now on, until the next change.
    public void settle() {
        locked(() -> {
            disk.settle();
            return true;
        });
    }

    /// All that is there now.
    public Snapshot snapshot() {
        return locked(() -> new Snapshot(disk.tree.copy(), disk.uploads.copy(), disk.rootMissing));
    }

    /// Puts back what was there; versions given out since are never given out again.
    public void restore(Snapshot snapshot) {
        locked(() -> {
            disk.tree.clear();
            snapshot.tree.directories().forEach(directory -> disk.tree.putDirectory(directory.path(), directory.id()));
            snapshot.tree.files().forEach(disk.tree::put);
            disk.uploads.replaceBy(snapshot.uploads);
            disk.rootMissing = snapshot.rootMissing;
            disk.settle();
            return true;
        });
    }

    /// The power goes: each file that was not flushed stays, is left empty, or is left as zeros of the
    /// same size, time and version, which is the case that no tag tells.
    public void losePower(long seed) {
        var random = new SplittableRandom(seed);
        locked(() -> {
            disk.settle();
            for (MemoryFile file : List.copyOf(disk.tree.files())) {
                if (!file.flushed) {
                    disk.tree.put(afterPowerLoss(file, random.nextInt(3)));
                }
            }
            return true;
        });
    }

    private MemoryFile afterPowerLoss(MemoryFile file, int fate) {
        return switch (fate) {
            case 0 -> file.onMedium();
            case 1 -> file.torn(new byte[0], disk.number("v"));
            default -> file.torn(new byte[file.bytes.length], file.version);
        };
    }

    /// What holds the root, as the storage's identity tells it.
    public String volume() {
        return volume;
    }

    /// Lets something else hold the root from now on.
    public void setVolume(String other) {
        volume = other;
    }

    private <R> R locked(Supplier<R> doing) {
        lock.lock();
        try {
            return doing.get();
        } finally {
            lock.unlock();
        }
    }
}
