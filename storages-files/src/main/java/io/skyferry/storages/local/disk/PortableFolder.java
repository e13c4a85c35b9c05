package io.skyferry.storages.local.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// A directory by its path.
final class PortableFolder implements Folder {
    private static final int USUAL = 0666;

    private final PortableDisk disk;
    private final Path directory;

    PortableFolder(PortableDisk disk, Path directory) {
        this.disk = disk;
        this.directory = directory;
    }

    @Override
    public void look(Inode into) throws DiskException {
        if (!PortableLook.look(directory, Links.FOLLOW, into)) {
            throw new DiskException(Fault.NOT_FOUND, "No such file or directory");
        }
    }

    @Override
    public boolean look(byte[] path, Links last, Inode into) throws DiskException {
        return PortableLook.look(PortableNames.below(directory, path), last, into);
    }

    @Override
    public boolean look(byte[] bytes, int offset, int length, Links last, Inode into) throws DiskException {
        return look(Segments.cut(bytes, offset, offset + length), last, into);
    }

    @Override
    public boolean lookBeneath(byte[] path, Inode into) throws DiskException {
        try {
            Folder parent = enter(Segments.parent(path), Links.REFUSE);
            return path.length == 0
                    ? parent.look(path, Links.REFUSE, into)
                    : parent.look(Segments.name(path), Links.REFUSE, into);
        } catch (DiskException refused) {
            return switch (refused.fault()) {
                case NOT_FOUND, NOT_A_DIRECTORY, LINK_IN_THE_WAY -> false;
                default -> throw refused;
            };
        }
    }

    @Override
    public Folder enter(byte[] path, Links links) throws DiskException {
        Path at = directory;
        int from = 0;
        while (from < path.length) {
            int end = Segments.end(path, from);
            at = PortableNames.below(at, Segments.cut(path, from, end));
            expectDirectory(at, links);
            from = end + 1;
        }
        return new PortableFolder(disk, at);
    }

    private static void expectDirectory(Path path, Links links) throws DiskException {
        Inode found = new Inode();
        if (!PortableLook.look(path, links, found)) {
            throw new DiskException(Fault.NOT_FOUND, "No such file or directory");
        }
        if (found.kind() == Kind.LINK) {
            throw new DiskException(Fault.LINK_IN_THE_WAY, "Symbolic link in the way");
        }
        if (found.kind() != Kind.DIRECTORY) {
            throw new DiskException(Fault.NOT_A_DIRECTORY, "Not a directory");
        }
    }

    @Override
    public void read(NameSink sink) throws DiskException {
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            for (Path path : stream) {
                byte[] name = PortableNames.name(path);
                sink.take(name, 0, name.length, Kind.UNKNOWN);
            }
        } catch (DirectoryIteratorException broken) {
            IOException cause = broken.getCause();
            throw PortableFaults.failure(cause == null ? new IOException(broken) : cause);
        } catch (IOException refused) {
            throw PortableFaults.failure(refused);
        }
    }

    @Override
    public DiskFile open(byte[] path, Links links) throws DiskException {
        Folder parent = enter(Segments.parent(path), links);
        Path file = ((PortableFolder) parent).below(Segments.name(path));
        Inode found = new Inode();
        if (PortableLook.look(file, links, found) && found.kind() != Kind.FILE) {
            // Opening a pipe or a device would wait or do harm.
            throw new DiskException(
                    found.kind() == Kind.LINK ? Fault.LINK_IN_THE_WAY : Fault.IS_A_DIRECTORY, "Not a file");
        }
        return links == Links.FOLLOW
                ? open(file, Set.of(StandardOpenOption.READ))
                : open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    }

    private Path below(byte[] name) throws DiskException {
        return PortableNames.below(directory, name);
    }

    @Override
    public DiskFile create(byte[] name, int permissions) throws DiskException {
        Set<OpenOption> options = Set.of(
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS);
        return permissions == USUAL || !PortableLook.isUnix(directory)
                ? open(below(name), options)
                : open(below(name), options, PosixFilePermissions.asFileAttribute(bits(permissions)));
    }

    static Set<PosixFilePermission> bits(int permissions) {
        EnumSet<PosixFilePermission> set = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] all = PosixFilePermission.values();
        for (int i = 0; i < all.length; i++) {
            if ((permissions & (0400 >> i)) != 0) {
                set.add(all[i]);
            }
        }
        return set;
    }

    @Override
    public DiskFile edit(byte[] name) throws DiskException {
        return open(below(name), Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
    }

    private DiskFile open(Path file, Set<OpenOption> options, FileAttribute<?>... attributes) throws DiskException {
        try {
            return new PortableFile(file, FileChannel.open(file, options, attributes));
        } catch (IOException refused) {
            throw PortableFaults.failure(refused);
        }
    }

    @Override
    public void rename(byte[] name, Folder to, byte[] other, Renaming how) throws DiskException {
        PortableFolder target = (PortableFolder) to;
        Path from = below(name);
        Path into = target.below(other);
        try {
            switch (how) {
                case REPLACE -> Files.move(from, into, StandardCopyOption.ATOMIC_MOVE);
                case KEEP -> renameKeeping(from, into);
                case EXCHANGE -> throw new DiskException(Fault.UNSUPPORTED, "Names cannot be exchanged here");
            }
        } catch (IOException refused) {
            throw PortableFaults.failure(refused);
        }
        disk.touched(directory);
        disk.touched(target.directory);
    }

    /// A second name fails where one is there; where the file system knows none, what is left is to look first.
    private static void renameKeeping(Path from, Path into) throws IOException {
        if (Files.isRegularFile(from, LinkOption.NOFOLLOW_LINKS) && isLinked(from, into)) {
            Files.delete(from);
            return;
        }
        if (Files.exists(into, LinkOption.NOFOLLOW_LINKS)) {
            throw new DiskException(Fault.EXISTS, "File exists");
        }
        Files.move(from, into, StandardCopyOption.ATOMIC_MOVE);
    }

    private static boolean isLinked(Path from, Path into) throws IOException {
        try {
            Files.createLink(into, from);
            return true;
        } catch (UnsupportedOperationException refused) {
            return false;
        } catch (FileSystemException refused) {
            return switch (PortableFaults.failure(refused).fault()) {
                case EXISTS, NOT_FOUND, NOT_A_DIRECTORY, BAD_NAME, NO_SPACE, READ_ONLY -> throw refused;
                default -> false;
            };
        }
    }

    @Override
    public boolean remove(byte[] name) throws DiskException {
        Path path = below(name);
        Inode found = new Inode();
        if (!PortableLook.look(path, Links.REFUSE, found)) {
            return false;
        }
        if (found.kind() == Kind.DIRECTORY) {
            throw new DiskException(Fault.IS_A_DIRECTORY, "Is a directory");
        }
        return delete(path);
    }

    @Override
    public boolean removeDirectory(byte[] name) throws DiskException {
        Path path = below(name);
        Inode found = new Inode();
        if (!PortableLook.look(path, Links.REFUSE, found)) {
            return false;
        }
        if (found.kind() != Kind.DIRECTORY) {
            throw new DiskException(Fault.NOT_A_DIRECTORY, "Not a directory");
        }
        return delete(path);
    }

    private boolean delete(Path path) throws DiskException {
        try {
            Files.delete(path);
            disk.touched(directory);
            return true;
        } catch (NoSuchFileException missing) {
            return false;
        } catch (IOException refused) {
            throw PortableFaults.failure(refused);
        }
    }

    @Override
    public boolean makeDirectory(byte[] name) throws DiskException {
        try {
            Files.createDirectory(below(name));
            disk.touched(directory);
            return true;
        } catch (IOException refused) {
            DiskException failure = PortableFaults.failure(refused);
            if (failure.fault() == Fault.EXISTS) {
                return false;
            }
            throw failure;
        }
    }

    @Override
    public byte[] linkTarget(byte[] name) throws DiskException {
        try {
            Path target = Files.readSymbolicLink(below(name));
            if (target.isAbsolute()) {
                return PortableNames.bytes(target);
            }
            // A relative target is put below the top so that its bytes can be had, and cut out again.
            byte[] whole = PortableNames.bytes(Path.of("/").resolve(target));
            return Segments.cut(whole, 1, whole.length);
        } catch (IOException refused) {
            throw PortableFaults.failure(refused);
        }
    }

    @Override
    public void makeLink(byte[] target, byte[] name) throws DiskException {
        try {
            boolean absolute = target.length > 0 && target[0] == '/';
            Path to = absolute ? PortableNames.absolute(target) : relative(PortableNames.below(Path.of("/"), target));
            Files.createSymbolicLink(below(name), to);
            disk.touched(directory);
        } catch (IOException refused) {
            throw PortableFaults.failure(refused);
        } catch (UnsupportedOperationException refused) {
            throw new DiskException(Fault.UNSUPPORTED, "Symbolic links cannot be made here", refused);
        }
    }

    /// What stands below the top, as it is: making it relative otherwise would tidy it up.
    private static Path relative(Path path) {
        return path.subpath(0, path.getNameCount());
    }

    @Override
    public void setTime(byte[] name, long second, int nano) throws DiskException {
        setTime(below(name), second, nano);
    }

    static void setTime(Path path, long second, int nano) throws DiskException {
        try {
            FileTime time = FileTime.from(Instant.ofEpochSecond(second, nano));
            Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .setTimes(time, null, null);
        } catch (IOException refused) {
            throw PortableFaults.failure(refused);
        }
    }

    @Override
    public void sync() throws DiskException {
        PortableDisk.sync(directory);
    }

    @Override
    public void syncAll() throws DiskException {
        disk.syncAll();
    }

    @Override
    public Space space() throws DiskException {
        try {
            FileStore store = Files.getFileStore(directory);
            long total = store.getTotalSpace();
            return new Space(total, total - store.getUnallocatedSpace(), store.getUsableSpace());
        } catch (IOException refused) {
            throw PortableFaults.failure(refused);
        }
    }

    @Override
    public FileSystem fileSystem() throws DiskException {
        try {
            FileStore store = Files.getFileStore(directory);
            return new FileSystem(store.type(), store.name(), "", Optional.empty(), false);
        } catch (IOException refused) {
            throw PortableFaults.failure(refused);
        }
    }

    @Override
    public byte[] realPath() throws DiskException {
        try {
            return PortableNames.bytes(directory.toRealPath());
        } catch (IOException refused) {
            throw PortableFaults.failure(refused);
        }
    }

    /// Where the table of mounts cannot be read, the real path is all that is known.
    @Override
    public byte[] firstPath() throws DiskException {
        return realPath();
    }

    @Override
    public void close() {
        // Only a path: nothing is held open.
    }
}
