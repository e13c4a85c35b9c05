package io.skyferry.limits;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/// Why a file of the user's could not be opened, read or written, in words: the JDK's own name classes.
public final class FileTrouble {
    private FileTrouble() {}

    /// A clause to go behind a colon, which names no file.
    public static String of(IOException failure) {
        return switch (failure) {
            case NoSuchFileException _ -> "there is no such file or folder";
            case AccessDeniedException _ -> "permission denied";
            case FileAlreadyExistsException _ -> "something is there already";
            case NotDirectoryException _ -> "it is no folder";
            case FileSystemException other when other.getReason() != null -> String.valueOf(other.getReason());
            default -> failure.getMessage() == null ? failure.toString() : String.valueOf(failure.getMessage());
        };
    }
}
