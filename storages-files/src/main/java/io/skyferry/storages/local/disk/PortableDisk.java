package io.skyferry.storages.local.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The disk by the JDK's file access, for every system.
///
/// Weaker than system calls in what it can promise: that no link is followed is looked at and not enforced, and a
/// replacement under a condition looks first. Files are put on the medium as they are finished, for no call does so for
/// all of them later.
final class PortableDisk implements Disk {
    private final Set<Path> unsynced = ConcurrentHashMap.newKeySet();

    @Override
    public String name() {
        return "portable";
    }

    @Override
    public Folder open(byte[] path) throws DiskException {
        Path directory = PortableNames.absolute(path);
        Inode found = new Inode();
        if (!PortableLook.look(directory, Links.FOLLOW, found)) {
            throw new DiskException(Fault.NOT_FOUND, "No such file or directory");
        }
        if (found.kind() != Kind.DIRECTORY) {
            throw new DiskException(Fault.NOT_A_DIRECTORY, "Not a directory");
        }
        return new PortableFolder(this, directory);
    }

    @Override
    public void makeDirectories(byte[] path) throws DiskException {
        try {
            Files.createDirectories(PortableNames.absolute(path));
        } catch (IOException refused) {
            throw PortableFaults.failure(refused);
        }
    }

    /// A name in this directory changed.
    void touched(Path directory) {
        unsynced.add(directory);
    }

    void syncAll() throws DiskException {
        for (Path directory : Set.copyOf(unsynced)) {
            unsynced.remove(directory);
            if (Files.isDirectory(directory)) {
                sync(directory);
            }
        }
    }

    static void sync(Path directory) throws DiskException {
        if (!PortableLook.isUnix(directory)) {
            // Other systems open no directories; their own order of writes must do.
            return;
        }
        try (FileChannel open = FileChannel.open(directory, StandardOpenOption.READ)) {
            open.force(true);
        } catch (IOException refused) {
            throw PortableFaults.failure(refused);
        }
    }
}
