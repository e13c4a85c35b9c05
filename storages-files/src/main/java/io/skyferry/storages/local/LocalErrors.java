package io.skyferry.storages.local;

import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.StorageException.Where;
import io.skyferry.storage.Verb;
import io.skyferry.storages.local.disk.DiskException;
import io.skyferry.storages.local.disk.Fault;

/// Puts a disk's faults into the terms of a storage.
final class LocalErrors {
    private final String storage;

    LocalErrors(String storage) {
        this.storage = storage;
    }

    String storage() {
        return storage;
    }

    static ErrorKind kindOf(Fault fault) {
        return switch (fault) {
            case NOT_FOUND -> ErrorKind.NOT_FOUND;
            case EXISTS -> ErrorKind.ALREADY_EXISTS;
            case NOT_A_DIRECTORY, LINK_IN_THE_WAY -> ErrorKind.NOT_A_DIRECTORY;
            case IS_A_DIRECTORY -> ErrorKind.NOT_A_FILE;
            case NOT_EMPTY -> ErrorKind.DIRECTORY_NOT_EMPTY;
            case UNSUPPORTED -> ErrorKind.UNEXPECTED;
            case NO_SPACE -> ErrorKind.QUOTA_EXCEEDED;
            case FORBIDDEN, READ_ONLY -> ErrorKind.FORBIDDEN;
            case BAD_NAME -> ErrorKind.NAME_REJECTED;
            case TOO_LARGE -> ErrorKind.TOO_LARGE;
            // Below one root two folders are on two file systems only while somebody moves or mounts one.
            case OTHER_FILE_SYSTEM, BUSY, TOO_MANY_OPEN, TROUBLE -> ErrorKind.UNAVAILABLE;
            case OTHER -> ErrorKind.UNEXPECTED;
        };
    }

    Where where(Verb verb, RelPath path) {
        return new Where(storage, verb, path);
    }

    /// A disk's fault: it did nothing.
    StorageException of(DiskException failure, Verb verb, RelPath path) {
        String words = switch (failure.fault()) {
            case LINK_IN_THE_WAY -> "A symbolic link is in the way, and none is followed";
            case NOT_A_DIRECTORY -> "Something else stands where a directory is wanted";
            default -> failure.words();
        };
        return of(kindOf(failure.fault()), verb, path, words).causedBy(failure);
    }

    /// A refusal of our own.
    StorageException of(ErrorKind kind, Verb verb, RelPath path, String words) {
        String name = path.isRoot() ? storage : path.text();
        return StorageException.noEffect(kind, where(verb, path), "'%s': %s".formatted(name, words));
    }
}
