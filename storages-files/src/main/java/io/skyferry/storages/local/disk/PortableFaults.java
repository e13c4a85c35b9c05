package io.skyferry.storages.local.disk;

import io.skyferry.storage.CancelledException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/// Puts the failures of the JDK's file access into our faults; where it has no class for one, the system's words tell.
final class PortableFaults {
    private PortableFaults() {}

    static DiskException failure(IOException failure) {
        if (failure instanceof DiskException ours) {
            return ours;
        }
        if (failure instanceof ClosedByInterruptException) {
            throw new CancelledException("using a file");
        }
        String words = wordsOf(failure);
        return new DiskException(faultOf(failure, words), words, failure);
    }

    private static String wordsOf(IOException failure) {
        String reason = failure instanceof FileSystemException told ? told.getReason() : failure.getMessage();
        return reason == null ? failure.getClass().getSimpleName() : reason;
    }

    private static Fault faultOf(IOException failure, String words) {
        return switch (failure) {
            case NoSuchFileException missing -> Fault.NOT_FOUND;
            case FileNotFoundException missing -> Fault.NOT_FOUND;
            case FileAlreadyExistsException there -> Fault.EXISTS;
            case DirectoryNotEmptyException full -> Fault.NOT_EMPTY;
            case NotDirectoryException other -> Fault.NOT_A_DIRECTORY;
            case AccessDeniedException denied -> Fault.FORBIDDEN;
            case FileSystemLoopException loop -> Fault.LINK_IN_THE_WAY;
            case AtomicMoveNotSupportedException far -> Fault.OTHER_FILE_SYSTEM;
            default -> faultOf(words);
        };
    }

    private static Fault faultOf(String words) {
        return switch (words) {
            case "No space left on device", "Disk quota exceeded", "There is not enough space on the disk" ->
                Fault.NO_SPACE;
            case "Read-only file system" -> Fault.READ_ONLY;
            case "File name too long", "Invalid argument" -> Fault.BAD_NAME;
            case "Not a directory" -> Fault.NOT_A_DIRECTORY;
            case "Is a directory" -> Fault.IS_A_DIRECTORY;
            case "Directory not empty" -> Fault.NOT_EMPTY;
            case "File too large" -> Fault.TOO_LARGE;
            case "Operation not permitted" -> Fault.FORBIDDEN;
            case "Device or resource busy" -> Fault.BUSY;
            case "Too many open files" -> Fault.TOO_MANY_OPEN;
            case "Input/output error", "Stale file handle", "Connection timed out" -> Fault.TROUBLE;
            default -> words.startsWith("Too many levels of symbolic links") ? Fault.LINK_IN_THE_WAY : Fault.OTHER;
        };
    }
}
