package io.skyferry.storages.local.disk;

import java.nio.charset.StandardCharsets;

/// The disk by Linux's system calls: names are bytes whatever the locale, directories are held open, links are refused
/// by the kernel itself.
final class LinuxDisk implements Disk {
    private static final byte[] HERE = {'.'};
    private static final byte[] TOP = {'/'};

    private final Beneath beneath;

    private LinuxDisk(Beneath beneath) {
        this.beneath = beneath;
    }

    /// The disk, if a few harmless calls answer as they should.
    ///
    /// @throws DiskException or any runtime failure if they do not
    static LinuxDisk tested(Beneath.Resolving wanted) throws DiskException {
        Scratch s = Scratch.take();
        try {
            int top = (int) Errno.check(Linux.open(s, Abi.AT_FDCWD, TOP, Abi.O_DIRECTORY | Abi.O_NOFOLLOW, 0));
            try {
                expectDirectory(s, top);
                expectLinkRefused(s);
                return new LinuxDisk(Beneath.of(s, top, wanted));
            } finally {
                Linux.close(s, top);
            }
        } finally {
            s.give();
        }
    }

    private static void expectDirectory(Scratch s, int top) throws DiskException {
        Inode found = new Inode();
        Errno.check(Linux.look(s, top, LinuxFolder.NOTHING, Abi.AT_EMPTY_PATH, found));
        Inode again = new Inode();
        Errno.check(Linux.look(s, top, HERE, Abi.AT_SYMLINK_NOFOLLOW, again));
        if (found.kind() != Kind.DIRECTORY || found.number() == 0 || !found.isSameContentAs(again)) {
            throw new DiskException(Fault.UNSUPPORTED, "Looking at '/' did not find a directory");
        }
    }

    /// A wrong number for "do not follow" would be found out here, and nowhere else before it did harm.
    private static void expectLinkRefused(Scratch s) throws DiskException {
        byte[] link = "/proc/self".getBytes(StandardCharsets.US_ASCII);
        long answer = Linux.open(s, Abi.AT_FDCWD, link, Abi.O_NOFOLLOW, 0);
        if (answer >= 0) {
            Linux.close(s, (int) answer);
            throw new DiskException(Fault.UNSUPPORTED, "A link was followed that should not be");
        }
    }

    @Override
    public String name() {
        return "linux";
    }

    @Override
    public Folder open(byte[] path) throws DiskException {
        Scratch s = Scratch.take();
        try {
            long opened = Linux.open(s, Abi.AT_FDCWD, path, Abi.O_DIRECTORY, 0);
            return new LinuxFolder((int) Errno.check(opened), beneath);
        } finally {
            s.give();
        }
    }

    @Override
    public void makeDirectories(byte[] path) throws DiskException {
        Scratch s = Scratch.take();
        try {
            makeDirectories(s, path);
        } finally {
            s.give();
        }
    }

    private static void makeDirectories(Scratch s, byte[] path) throws DiskException {
        long made = Linux.makeDirectory(s, Abi.AT_FDCWD, path);
        if (made == -Errno.ENOENT) {
            int slash = Segments.lastSlash(path);
            if (slash <= 0) {
                throw Errno.failure(made);
            }
            makeDirectories(s, Segments.cut(path, 0, slash));
            made = Linux.makeDirectory(s, Abi.AT_FDCWD, path);
        }
        if (made < 0 && made != -Errno.EEXIST) {
            throw Errno.failure(made);
        }
    }
}
