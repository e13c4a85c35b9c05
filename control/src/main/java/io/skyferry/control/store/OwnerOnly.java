package io.skyferry.control.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// Files that nobody but their owner may read or write, as far as the file system knows owners.
public final class OwnerOnly {
    private static final Set<PosixFilePermission> OWNERS =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private static final String UNFINISHED = ".new-";

    private OwnerOnly() {}

    /// Makes an empty file and the folders above it; leaves one alone that is there, but for what others may do.
    public static void make(Path file) throws IOException {
        Optional<Path> folder = Optional.ofNullable(file.toAbsolutePath().getParent());
        if (folder.isPresent() && !Files.exists(folder.orElseThrow())) {
            Files.createDirectories(folder.orElseThrow());
        }
        try {
            Files.createFile(file, attributes(file));
        } catch (FileAlreadyExistsException there) {
            if (isOpenToOthers(file)) {
                Files.setPosixFilePermissions(file, OWNERS);
            }
        }
    }

    /// Makes a file with this content, whole and on the medium, in place of whatever is there.
    public static void write(Path file, byte[] content) throws IOException {
        removeUnfinished(file);
        Path unfinished = file.resolveSibling(
                file.getFileName() + UNFINISHED + ProcessHandle.current().pid());
        Files.deleteIfExists(unfinished);
        make(unfinished);
        try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
            var bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        flushFolder(file);
    }

    /// Those of processes that died while they wrote.
    private static void removeUnfinished(Path file) throws IOException {
        Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
        if (!Files.isDirectory(folder)) {
            return;
        }
        String begin = file.getFileName() + UNFINISHED;
        try (DirectoryStream<Path> siblings = Files.newDirectoryStream(
                folder, path -> path.getFileName().toString().startsWith(begin))) {
            for (Path sibling : siblings) {
                String process = sibling.getFileName().toString().substring(begin.length());
                boolean lives = process.matches("[0-9]{1,10}")
                        && ProcessHandle.of(Long.parseLong(process))
                                .map(ProcessHandle::isAlive)
                                .orElse(false);
                if (!lives) {
                    Files.deleteIfExists(sibling);
                }
            }
        }
    }

    /// Whether anybody but the owner may read or change the file; false where the file system does not say.
    public static boolean isOpenToOthers(Path file) throws IOException {
        if (!knowsOwners(file)) {
            return false;
        }
        Set<PosixFilePermission> others = EnumSet.copyOf(Files.getPosixFilePermissions(file));
        others.removeAll(EnumSet.of(
                PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE));
        return !others.isEmpty();
    }

    private static boolean knowsOwners(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static FileAttribute<?>[] attributes(Path file) {
        return knowsOwners(file)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNERS)}
                : new FileAttribute<?>[0];
    }

    /// A new name is kept by its folder. Systems that cannot open folders keep names by themselves.
    private static void flushFolder(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && knowsOwners(folder)) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
