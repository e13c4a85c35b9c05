package io.skyferry.testkit;

import io.skyferry.storage.Capabilities.ConditionKind;
import io.skyferry.storage.Capabilities.Parts;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.ListRequest;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.StorageException.Where;
import io.skyferry.storage.Upload;
import io.skyferry.storage.Version;
import io.skyferry.storage.WriteOptions.Condition;
import io.skyferry.testkit.MemoryUploads.Unfinished;
import java.util.List;
import java.util.Optional;

/// What a [MemoryStorage] refuses, as the kind of place refuses it that its [Traits] say. Its lock is held by callers.
final class MemoryGuard {
    private final Traits traits;
    private final MemoryDisk disk;

    MemoryGuard(Traits traits, MemoryDisk disk) {
        this.traits = traits;
        this.disk = disk;
    }

    void checkListed(Where where, ListRequest request) {
        MemoryTree shown = disk.shown();
        RelPath directory = request.directory();
        if (directory.isRoot() ? disk.rootMissing : shown.directory(directory) == null) {
            if (shown.file(directory) != null && disk.hasDirectories()) {
                throw StorageException.noEffect(ErrorKind.NOT_A_DIRECTORY, where, "Want a directory but have a file");
            }
            if (request.after().isEmpty() && (disk.hasDirectories() || !shown.holdsAnything(directory))) {
                throw StorageException.noEffect(ErrorKind.NOT_FOUND, where, "Want a directory but nothing is there");
            }
        }
    }

    /// What was read, if it is there still.
    MemoryFile unchanged(Where where, Entry.File seen, MemoryFile read) {
        MemoryFile now = disk.tree.file(seen.path());
        if (now == null || !now.version.equals(read.version)) {
            throw StorageException.noEffect(
                    ErrorKind.PRECONDITION_FAILED, where, "Want the version seen but it changed while it was read");
        }
        return now;
    }

    /// Whether a condition is looked at as the bytes are stored, not only before they are taken.
    boolean keeps(Condition condition) {
        var kept = traits.capabilities().conditions().onWrite();
        return switch (condition) {
            case Condition.None none -> true;
            case Condition.Absent absent -> kept.contains(ConditionKind.ABSENT);
            case Condition.Matches matches -> kept.contains(ConditionKind.MATCHES);
        };
    }

    /// Why a condition does not hold.
    Optional<StorageException> refusal(Where where, RelPath path, Condition condition) {
        if (traits.promises() == Traits.Promises.BROKEN) {
            return Optional.empty();
        }
        MemoryFile there = disk.tree.file(path);
        return switch (condition) {
            case Condition.None none -> Optional.empty();
            case Condition.Absent absent when there == null -> Optional.empty();
            case Condition.Absent absent ->
                Optional.of(
                        StorageException.noEffect(ErrorKind.ALREADY_EXISTS, where, "Want nothing there but a file is"));
            case Condition.Matches(Version version)
            when there != null && there.version.equals(version.text()) -> Optional.empty();
            case Condition.Matches matches ->
                Optional.of(StorageException.noEffect(
                        ErrorKind.PRECONDITION_FAILED, where, "Want the version seen but have another"));
        };
    }

    /// What was seen, if it is there still.
    MemoryFile found(Where where, Entry.File seen) {
        MemoryFile there = disk.tree.file(seen.path());
        if (there == null) {
            throw disk.tree.directory(seen.path()) == null
                    ? StorageException.noEffect(ErrorKind.NOT_FOUND, where, "Want a file but nothing is there")
                    : StorageException.noEffect(ErrorKind.NOT_A_FILE, where, "Want a file but have a directory");
        }
        if (traits.promises() == Traits.Promises.KEPT && !isSame(seen, there)) {
            throw StorageException.noEffect(
                    ErrorKind.PRECONDITION_FAILED, where, "Want the file that was seen but another is there");
        }
        return there;
    }

    private boolean isSame(Entry.File seen, MemoryFile there) {
        Entry.File now = disk.entry(there, seen.path());
        if (now.version().isPresent() && seen.version().isPresent()) {
            return now.version().equals(seen.version());
        }
        boolean sameTime = seen.modTime().known().isEmpty()
                || now.modTime().known().isEmpty()
                || seen.modTime().known().equals(now.modTime().known());
        return now.size() == seen.size() && sameTime;
    }

    /// Whether a file may stand there at all.
    void checkPlace(Where where, RelPath path) {
        checkName(where, path);
        if (path.isRoot() || disk.tree.directory(path) != null) {
            throw StorageException.noEffect(ErrorKind.NOT_A_FILE, where, "Want a file but have a directory");
        }
        checkDirectories(where, MemoryTree.above(path));
    }

    void checkDirectories(Where where, List<RelPath> wanted) {
        for (RelPath directory : disk.hasDirectories() ? wanted : List.<RelPath>of()) {
            if (disk.tree.file(directory) != null) {
                throw StorageException.noEffect(
                        ErrorKind.NOT_A_DIRECTORY, where, "Want a directory '%s' but have a file".formatted(directory));
            }
        }
    }

    void checkName(Where where, RelPath path) {
        boolean bad = path.text().chars().anyMatch(c -> traits.forbidden().indexOf(c) >= 0);
        boolean tooLong = path.bytes().length > traits.capabilities().limits().maxPathBytes();
        if (bad || tooLong) {
            throw StorageException.noEffect(
                    ErrorKind.NAME_REJECTED, where, "Want a name that can be kept but have '%s'".formatted(path));
        }
    }

    void checkSize(Where where, long size) {
        long most = traits.capabilities().limits().maxFileBytes();
        if (size > most) {
            throw StorageException.noEffect(
                    ErrorKind.TOO_LARGE, where, "Want at most %s bytes but have %s".formatted(most, size));
        }
    }

    /// Whether it may be removed as a directory.
    void checkEmpty(Where where, RelPath directory) {
        if (disk.tree.file(directory) != null) {
            throw StorageException.noEffect(ErrorKind.NOT_A_DIRECTORY, where, "Want a directory but have a file");
        }
        if (disk.tree.holdsAnything(directory)) {
            throw StorageException.noEffect(
                    ErrorKind.DIRECTORY_NOT_EMPTY, where, "Want an empty directory but it holds something");
        }
    }

    Unfinished checkTurn(Where where, Upload upload, int number) {
        Unfinished unfinished = unfinished(where, upload);
        if (traits.capabilities().uploads().parts() == Parts.SEQUENTIAL && number > unfinished.arrived() + 1) {
            throw StorageException.noEffect(
                    ErrorKind.PRECONDITION_FAILED,
                    where,
                    "Want part %s next but have part %s".formatted(unfinished.arrived() + 1, number));
        }
        return unfinished;
    }

    Unfinished unfinished(Where where, Upload upload) {
        Unfinished found = disk.uploads.get(upload.token());
        if (found == null) {
            throw StorageException.noEffect(
                    ErrorKind.NOT_FOUND, where, "Want an unfinished upload but there is none of that id");
        }
        return found;
    }
}
