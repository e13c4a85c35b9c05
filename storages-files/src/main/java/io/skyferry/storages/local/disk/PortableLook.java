package io.skyferry.storages.local.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Looks at files by the JDK's attributes: those of Unix where there are any.
final class PortableLook {
    private static final LinkOption[] FOLLOW = {};
    private static final LinkOption[] REFUSE = {LinkOption.NOFOLLOW_LINKS};

    private PortableLook() {}

    static boolean look(Path path, Links last, Inode into) throws DiskException {
        LinkOption[] options = last == Links.REFUSE ? REFUSE : FOLLOW;
        try {
            if (isUnix(path)) {
                fill(Files.readAttributes(path, "unix:*", options), into);
            } else {
                fill(Files.readAttributes(path, BasicFileAttributes.class, options), into);
            }
            return true;
        } catch (NoSuchFileException missing) {
            return false;
        } catch (IOException refused) {
            DiskException failure = PortableFaults.failure(refused);
            if (failure.fault() == Fault.NOT_A_DIRECTORY) {
                return false;
            }
            throw failure;
        }
    }

    static boolean isUnix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("unix");
    }

    private static void fill(Map<String, Object> found, Inode into) {
        int mode = number(found, "mode");
        into.kind = kindOfMode(mode);
        into.permissions = mode & 07777;
        into.owner = number(found, "uid");
        into.group = number(found, "gid");
        into.links = number(found, "nlink");
        into.device = found.get("dev") instanceof Long device ? device : 0;
        into.number = found.get("ino") instanceof Long inode ? inode : 0;
        into.size = found.get("size") instanceof Long size ? size : 0;
        into.allocated = into.size;
        born(found.get("creationTime"), into);
        if (found.get("ctime") instanceof FileTime time) {
            Instant at = time.toInstant();
            into.changedSecond = at.getEpochSecond();
            into.changedNano = at.getNano();
        }
        if (found.get("lastModifiedTime") instanceof FileTime time) {
            modified(time, into);
        }
    }

    private static void born(@Nullable Object creation, Inode into) {
        if (creation instanceof FileTime time) {
            Instant at = time.toInstant();
            into.bornSecond = at.getEpochSecond();
            into.bornNano = at.getNano();
        }
    }

    private static void modified(FileTime time, Inode into) {
        Instant at = time.toInstant();
        into.modifiedSecond = at.getEpochSecond();
        into.modifiedNano = at.getNano();
    }

    private static int number(Map<String, Object> found, String name) {
        return found.get(name) instanceof Integer number ? number : 0;
    }

    private static Kind kindOfMode(int mode) {
        return switch (mode & 0170000) {
            case 0100000 -> Kind.FILE;
            case 0040000 -> Kind.DIRECTORY;
            case 0120000 -> Kind.LINK;
            case 0010000 -> Kind.PIPE;
            case 0140000 -> Kind.SOCKET;
            default -> Kind.DEVICE;
        };
    }

    private static void fill(BasicFileAttributes found, Inode into) {
        into.kind = found.isRegularFile()
                ? Kind.FILE
                : found.isDirectory() ? Kind.DIRECTORY : found.isSymbolicLink() ? Kind.LINK : Kind.DEVICE;
        into.permissions = 0666;
        Object key = found.fileKey();
        into.number = key == null ? 0 : key.hashCode() & 0xFFFF_FFFFL;
        into.size = found.size();
        into.allocated = into.size;
        born(found.creationTime(), into);
        modified(found.lastModifiedTime(), into);
    }
}
