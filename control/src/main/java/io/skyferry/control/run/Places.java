package io.skyferry.control.run;

import io.skyferry.filter.Selection;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.StorageSpec;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Opens what a user named: a folder, or one file, which is its folder with everything else left out.
public final class Places {
    /// The setting that says where a storage begins; every provider has it.
    public static final String ROOT_SETTING = "path";

    private final StorageOpener opener;

    /// Opens by this.
    public Places(StorageOpener opener) {
        this.opener = opener;
    }

    /// An open place and what of it is meant.
    public record Opened(Storage storage, Selection selection) implements AutoCloseable {
        @Override
        public void close() {
            storage.close();
        }
    }

    /// Opens a place that may be one file. Under layers that is its plain name in an encrypted folder.
    public Opened open(StorageSpec spec, Selection selection) {
        Optional<StorageSpec> above = folderAbove(spec);
        if (above.isEmpty()) {
            return new Opened(opener.open(spec), selection);
        }
        Optional<Storage> folder = folder(spec);
        if (folder.isEmpty()) {
            return new Opened(opener.open(above.orElseThrow()), new OneFile(new RelPath(nameOf(spec)), selection));
        }
        Storage storage = folder.orElseThrow();
        boolean plain = !isEncrypted(spec, storage) || isThere(storage);
        return plain ? new Opened(storage, selection) : layeredFile(spec, storage, selection);
    }

    /// Layers are said with the place, or come with the account that it names.
    private static boolean isEncrypted(StorageSpec spec, Storage storage) {
        return !spec.layers().isEmpty() || !storage.identity().key().isEmpty();
    }

    private static boolean isThere(Storage storage) {
        try {
            return storage.stat(RelPath.ROOT).isPresent();
        } catch (StorageException failure) {
            storage.close();
            throw failure;
        }
    }

    /// What is no folder may be the plain path of a file: then the deepest folder above that is there holds it.
    ///
    /// @param missing the place as it was named, which is not there
    private Opened layeredFile(StorageSpec spec, Storage missing, Selection selection) {
        String path = nameOf(spec);
        Optional<StorageSpec> above = folderAbove(spec);
        while (above.isPresent() && folderAbove(above.orElseThrow()).isPresent()) {
            Storage storage = opener.open(above.orElseThrow());
            boolean given = false;
            try {
                if (isThere(storage)) {
                    Optional<Entry> there = storage.stat(new RelPath(path));
                    given = there.orElse(null) instanceof Entry.File;
                    refuseDirectory(there, storage);
                    return given
                            ? new Opened(storage, new OneFile(new RelPath(path), selection))
                            : new Opened(missing, selection);
                }
            } catch (RefusedException refusal) {
                missing.close();
                throw refusal;
            } finally {
                (given ? missing : storage).close();
            }
            path = nameOf(above.orElseThrow()) + "/" + path;
            above = folderAbove(above.orElseThrow());
        }
        return new Opened(missing, selection);
    }

    private static void refuseDirectory(Optional<Entry> there, Storage top) {
        if (there.orElse(null) instanceof Entry.Directory directory) {
            throw new RefusedException(
                    "Want the top of an encrypted folder or one file in it but have the folder '%s' in '%s'. Name '%s' and add --include '/%s/**'"
                            .formatted(directory.path(), top.displayName(), top.displayName(), directory.path()));
        }
    }

    /// The storage that holds a place as a directory of its own, and that directory's path in it.
    public record Above(Storage storage, RelPath directory) implements AutoCloseable {
        @Override
        public void close() {
            storage.close();
        }
    }

    /// Opens the folder above a place, without the place's layers: it is no part of what they are over. Empty: the
    /// place is the top.
    public Optional<Above> openAbove(StorageSpec spec) {
        return folderAbove(spec)
                .map(above -> new Above(opener.open(above.under(List.of())), new RelPath(nameOf(spec))));
    }

    /// Finds out whether an encrypted place opens, before anything else is asked of it or of another one.
    ///
    /// @throws StorageException `MISCONFIGURED` if its key is not the right one
    public static void proveKey(Storage storage) {
        if (!storage.identity().key().isEmpty()) {
            var _ = storage.stat(RelPath.ROOT);
        }
    }

    /// The open place, unless it is a file.
    private Optional<Storage> folder(StorageSpec spec) {
        try {
            Storage storage = opener.open(spec);
            if (isFile(storage)) {
                storage.close();
                return Optional.empty();
            }
            return Optional.of(storage);
        } catch (StorageException failure) {
            // Some storages can tell only by refusing to begin at a file.
            if (failure.kind() == ErrorKind.NOT_A_DIRECTORY) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    private static boolean isFile(Storage storage) {
        try {
            return storage.stat(RelPath.ROOT).orElse(null) instanceof Entry.File;
        } catch (StorageException failure) {
            storage.close();
            throw failure;
        }
    }

    private static String rootOf(StorageSpec spec) {
        return spec.settings().getOrDefault(ROOT_SETTING, "");
    }

    private static String nameOf(StorageSpec spec) {
        String root = rootOf(spec);
        int end = root.length();
        while (end > 0 && root.charAt(end - 1) == '/') {
            end--;
        }
        return root.substring(root.lastIndexOf('/', end - 1) + 1, end);
    }

    /// The place one level up under the same layers; empty: the place is the top.
    public static Optional<StorageSpec> folderAbove(StorageSpec spec) {
        String name = nameOf(spec);
        if (name.isEmpty() || RelPath.faultOf(name).isPresent()) {
            return Optional.empty();
        }
        String root = rootOf(spec);
        String above = root.substring(0, root.lastIndexOf(name));
        return Optional.of(spec.with(ROOT_SETTING, above));
    }

    /// Selects one file of a folder, if the user's own rules do.
    private record OneFile(RelPath file, Selection rules) implements Selection {
        @Override
        public boolean selects(Entry.File other) {
            return other.path().equals(file) && rules.selects(other);
        }

        @Override
        public boolean hangsOnTime(Entry.File other) {
            return other.path().equals(file) && rules.hangsOnTime(other);
        }

        @Override
        public boolean mayConcern(Entry.Unusable entry) {
            return entry.foreign(); // What has no path is not the one that is meant.
        }

        @Override
        public boolean selectsDirectory(RelPath directory) {
            return false;
        }

        @Override
        public boolean mayHold(RelPath directory) {
            return directory.holds(file);
        }

        @Override
        public Set<String> markers() {
            return Set.of();
        }

        @Override
        public Optional<RelPath> onlyFile() {
            return Optional.of(file);
        }

        @Override
        public boolean isEverything() {
            return false;
        }

        @Override
        public Selection ofPaths() {
            return new OneFile(file, rules.ofPaths());
        }
    }
}
