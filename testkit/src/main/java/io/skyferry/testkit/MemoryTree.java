package io.skyferry.testkit;

import io.skyferry.storage.Capabilities;
import io.skyferry.storage.RelPath;
import java.text.Normalizer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The files and directories of a [MemoryStorage], found by name as its traits tell names apart.
final class MemoryTree {
    private final Capabilities.Names names;
    private final TreeMap<String, MemoryFile> files = new TreeMap<>(RelPath::compareTexts);
    private final TreeMap<String, MemoryDirectory> directories = new TreeMap<>(RelPath::compareTexts);

    /// A directory that was made, with the spelling it was made with.
    record MemoryDirectory(RelPath path, String id) {}

    MemoryTree(Capabilities.Names names) {
        this.names = names;
    }

    MemoryTree copy() {
        var copy = new MemoryTree(names);
        copy.files.putAll(files);
        copy.directories.putAll(directories);
        return copy;
    }

    /// What the storage takes two spellings of one name for.
    String key(RelPath path) {
        String text = path.text();
        if (!names.keepsUnicodeForm()) {
            text = Normalizer.normalize(text, Normalizer.Form.NFC);
        }
        return names.caseSensitive() ? text : text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    boolean same(RelPath one, RelPath other) {
        return one.equals(other) || key(one).equals(key(other));
    }

    @Nullable
    MemoryFile file(RelPath path) {
        return files.get(key(path));
    }

    @Nullable
    MemoryDirectory directory(RelPath path) {
        return directories.get(key(path));
    }

    /// Stores it under the spelling of the directories that are there.
    MemoryFile put(MemoryFile file) {
        files.put(key(file.path), file);
        return file;
    }

    @Nullable
    MemoryFile remove(RelPath path) {
        return files.remove(key(path));
    }

    void putDirectory(RelPath path, String id) {
        directories.putIfAbsent(key(path), new MemoryDirectory(path, id));
    }

    void removeDirectory(RelPath path) {
        directories.remove(key(path));
    }

    /// The path with its directories spelled as they are.
    RelPath spelled(RelPath path) {
        MemoryDirectory parent = path.isRoot() ? null : directory(path.parent());
        return parent == null ? path : parent.path().resolve(path.name());
    }

    /// Whether a path lies below the directory.
    boolean holdsAnything(RelPath directory) {
        String prefix = directory.isRoot() ? "" : key(directory) + "/";
        return startsIn(files, prefix) || startsIn(directories, prefix);
    }

    private static boolean startsIn(NavigableMap<String, ?> map, String prefix) {
        String first = map.ceilingKey(prefix);
        return first != null && first.startsWith(prefix);
    }

    /// The directories above a path, outermost first, without the root.
    static List<RelPath> above(RelPath path) {
        Deque<RelPath> above = new ArrayDeque<>();
        for (RelPath at = path.parent(); !at.isRoot(); at = at.parent()) {
            above.addFirst(at);
        }
        return new ArrayList<>(above);
    }

    Collection<MemoryFile> files() {
        return files.values();
    }

    Collection<MemoryDirectory> directories() {
        return directories.values();
    }

    void clear() {
        files.clear();
        directories.clear();
    }
}
