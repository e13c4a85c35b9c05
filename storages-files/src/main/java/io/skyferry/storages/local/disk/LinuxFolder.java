package io.skyferry.storages.local.disk;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A directory held open by its file descriptor.
final class LinuxFolder implements Folder {
    static final byte[] NOTHING = {};

    private static final int NAMES_BYTES = 64 * 1024;
    private static final int ENTRY_TYPE = 18;
    private static final int ENTRY_NAME = 19;

    private final Beneath beneath;
    private int descriptor;
    private boolean wasRead;

    LinuxFolder(int descriptor, Beneath beneath) {
        this.descriptor = descriptor;
        this.beneath = beneath;
    }

    @Override
    public void look(Inode into) throws DiskException {
        Scratch s = Scratch.take();
        try {
            Errno.check(Linux.look(s, descriptor, NOTHING, Abi.AT_EMPTY_PATH, into));
        } finally {
            s.give();
        }
    }

    @Override
    public boolean look(byte[] path, Links last, Inode into) throws DiskException {
        return look(path, 0, path.length, last, into);
    }

    @Override
    public boolean look(byte[] bytes, int offset, int length, Links last, Inode into) throws DiskException {
        Scratch s = Scratch.take();
        try {
            int flags = last == Links.REFUSE ? Abi.AT_SYMLINK_NOFOLLOW : 0;
            return isThere(Linux.look(s, descriptor, bytes, offset, length, flags, into));
        } finally {
            s.give();
        }
    }

    /// Nothing is there, and nothing can be below what is no directory.
    private static boolean isThere(long answer) throws DiskException {
        if (answer == -Errno.ENOENT || answer == -Errno.ENOTDIR) {
            return false;
        }
        Errno.check(answer);
        return true;
    }

    @Override
    public boolean lookBeneath(byte[] path, Inode into) throws DiskException {
        Scratch s = Scratch.take();
        try {
            long opened = beneath.open(s, descriptor, path, Abi.O_PATH);
            if (opened == -Errno.ELOOP || !isThere(opened)) {
                return false;
            }
            try {
                return isThere(Linux.look(s, (int) opened, NOTHING, Abi.AT_EMPTY_PATH, into));
            } finally {
                Linux.close(s, (int) opened);
            }
        } finally {
            s.give();
        }
    }

    @Override
    public Folder enter(byte[] path, Links links) throws DiskException {
        Scratch s = Scratch.take();
        try {
            long opened = openFolder(s, path, links, Abi.O_DIRECTORY);
            if (opened == -Errno.EACCES) {
                // One may go through a directory that one may not list.
                opened = openFolder(s, path, links, Abi.O_DIRECTORY | Abi.O_PATH);
            }
            return new LinuxFolder((int) Errno.check(opened), beneath);
        } finally {
            s.give();
        }
    }

    private long openFolder(Scratch s, byte[] path, Links links, int flags) throws DiskException {
        return links == Links.FOLLOW && path.length > 0
                ? Linux.open(s, descriptor, path, flags, 0)
                : beneath.open(s, descriptor, path, flags);
    }

    @Override
    public void read(NameSink sink) throws DiskException {
        Scratch s = Scratch.take();
        try (CopyBuffer buffer = CopyBuffer.lease()) {
            byte[] bytes = buffer.onHeap();
            if (wasRead) {
                Errno.check(Linux.seek(s, descriptor, 0, 0));
            }
            wasRead = true;
            while (true) {
                long answer = Linux.readNames(s, descriptor, buffer, NAMES_BYTES);
                if (answer == -Errno.EBADF) {
                    throw Errno.failure(-Errno.EACCES);
                }
                int length = (int) Errno.check(answer);
                if (length == 0) {
                    return;
                }
                buffer.bytes().get(0, bytes, 0, length);
                tell(bytes, length, sink);
            }
        } finally {
            s.give();
        }
    }

    private static void tell(byte[] bytes, int length, NameSink sink) throws DiskException {
        int size;
        for (int at = 0; at < length; at += size) {
            size = (bytes[at + 16] & 0xFF) | (bytes[at + 17] & 0xFF) << 8;
            int name = at + ENTRY_NAME;
            // Entries are filled up to eight bytes, so the end mark is one of the last eight.
            int end = Math.max(name, at + size - 8);
            while (bytes[end] != 0) {
                end++;
            }
            if (!isDots(bytes, name, end - name)) {
                sink.take(bytes, name, end - name, Linux.kindOfEntry(bytes[at + ENTRY_TYPE]));
            }
        }
    }

    private static boolean isDots(byte[] bytes, int at, int length) {
        return bytes[at] == '.' && (length == 1 || (length == 2 && bytes[at + 1] == '.'));
    }

    @Override
    public DiskFile open(byte[] path, Links links) throws DiskException {
        Scratch s = Scratch.take();
        try {
            // Without waiting: what was a file may be a pipe by now, and opening that would wait for a writer.
            int flags = Abi.O_NONBLOCK | Abi.O_NOCTTY;
            long opened = links == Links.FOLLOW
                    ? Linux.open(s, descriptor, path, flags, 0)
                    : beneath.open(s, descriptor, path, flags);
            return new LinuxFile((int) Errno.check(opened));
        } finally {
            s.give();
        }
    }

    @Override
    public DiskFile create(byte[] name, int permissions) throws DiskException {
        return openHere(name, Abi.O_RDWR | Abi.O_CREAT | Abi.O_EXCL, permissions);
    }

    @Override
    public DiskFile edit(byte[] name) throws DiskException {
        return openHere(name, Abi.O_RDWR | Abi.O_NONBLOCK | Abi.O_NOCTTY, 0);
    }

    private DiskFile openHere(byte[] name, int flags, int permissions) throws DiskException {
        Scratch s = Scratch.take();
        try {
            long opened = Linux.open(s, descriptor, name, flags | Abi.O_NOFOLLOW, permissions);
            return new LinuxFile((int) Errno.check(opened));
        } finally {
            s.give();
        }
    }

    @Override
    public void rename(byte[] name, Folder to, byte[] other, Renaming how) throws DiskException {
        int target = ((LinuxFolder) to).descriptor;
        Scratch s = Scratch.take();
        try {
            switch (how) {
                case REPLACE -> Errno.check(Linux.rename(s, descriptor, name, target, other, 0));
                case EXCHANGE -> exchange(s, name, target, other);
                case KEEP -> renameKeeping(s, name, target, other);
            }
        } finally {
            s.give();
        }
    }

    private void exchange(Scratch s, byte[] name, int target, byte[] other) throws DiskException {
        long answer = Linux.rename(s, descriptor, name, target, other, Abi.RENAME_EXCHANGE);
        if (answer == -Errno.EINVAL || answer == -Errno.ENOSYS || answer == -Errno.EOPNOTSUPP) {
            throw new DiskException(Fault.UNSUPPORTED, "The file system cannot exchange two names");
        }
        Errno.check(answer);
    }

    /// Where the file system does not know the flag, a second name is made, which fails where one is there, and the
    /// first one removed; where it knows no second names either, what is left is to look first.
    private void renameKeeping(Scratch s, byte[] name, int target, byte[] other) throws DiskException {
        long answer = Linux.rename(s, descriptor, name, target, other, Abi.RENAME_NOREPLACE);
        if (answer != -Errno.EINVAL && answer != -Errno.ENOSYS && answer != -Errno.EOPNOTSUPP) {
            Errno.check(answer);
            return;
        }
        long linked = Linux.link(s, descriptor, name, target, other);
        if (linked == 0) {
            Errno.check(Linux.unlink(s, descriptor, name, 0));
        } else if (linked == -Errno.EPERM
                || linked == -Errno.EOPNOTSUPP
                || linked == -Errno.EMLINK
                || linked == -Errno.ENOSYS) {
            if (isThere(Linux.look(s, target, other, Abi.AT_SYMLINK_NOFOLLOW, new Inode()))) {
                throw Errno.failure(-Errno.EEXIST);
            }
            Errno.check(Linux.rename(s, descriptor, name, target, other, 0));
        } else {
            throw Errno.failure(linked);
        }
    }

    @Override
    public boolean remove(byte[] name) throws DiskException {
        return unlink(name, 0);
    }

    @Override
    public boolean removeDirectory(byte[] name) throws DiskException {
        return unlink(name, Abi.AT_REMOVEDIR);
    }

    private boolean unlink(byte[] name, int flags) throws DiskException {
        Scratch s = Scratch.take();
        try {
            long answer = Linux.unlink(s, descriptor, name, flags);
            if (answer == -Errno.ENOENT) {
                return false;
            }
            // Some file systems say "exists" where they mean "not empty".
            Errno.check(answer == -Errno.EEXIST ? -39 : answer);
            return true;
        } finally {
            s.give();
        }
    }

    @Override
    public boolean makeDirectory(byte[] name) throws DiskException {
        Scratch s = Scratch.take();
        try {
            long answer = Linux.makeDirectory(s, descriptor, name);
            if (answer == -Errno.EEXIST) {
                return false;
            }
            Errno.check(answer);
            return true;
        } finally {
            s.give();
        }
    }

    @Override
    public byte[] linkTarget(byte[] name) throws DiskException {
        Scratch s = Scratch.take();
        try {
            return Linux.linkTarget(s, descriptor, name);
        } finally {
            s.give();
        }
    }

    @Override
    public void makeLink(byte[] target, byte[] name) throws DiskException {
        Scratch s = Scratch.take();
        try {
            Errno.check(Linux.makeLink(s, target, descriptor, name));
        } finally {
            s.give();
        }
    }

    @Override
    public void setTime(byte[] name, long second, int nano) throws DiskException {
        Scratch s = Scratch.take();
        try {
            Errno.check(Linux.setTime(s, descriptor, name, second, nano));
        } finally {
            s.give();
        }
    }

    @Override
    public void sync() throws DiskException {
        Scratch s = Scratch.take();
        try {
            Errno.check(Linux.sync(s, descriptor));
        } finally {
            s.give();
        }
    }

    @Override
    public void syncAll() throws DiskException {
        Scratch s = Scratch.take();
        try {
            Errno.check(Linux.syncAll(s, descriptor));
        } finally {
            s.give();
        }
    }

    @Override
    public Space space() throws DiskException {
        Scratch s = Scratch.take();
        try {
            Errno.check(Linux.statfs(s, descriptor));
            ByteBuffer memory = s.memory();
            long unit = memory.getLong(Scratch.STRUCT_AT + 72);
            long all = memory.getLong(Scratch.STRUCT_AT + 16);
            long unused = memory.getLong(Scratch.STRUCT_AT + 24);
            long free = memory.getLong(Scratch.STRUCT_AT + 32);
            return new Space(all * unit, (all - unused) * unit, free * unit);
        } finally {
            s.give();
        }
    }

    @Override
    public FileSystem fileSystem() throws DiskException {
        Inode self = new Inode();
        look(self);
        return LinuxMounts.read(self.mount, self.device, descriptor);
    }

    @Override
    public byte[] realPath() throws DiskException {
        Scratch s = Scratch.take();
        try {
            byte[] self = "/proc/self/fd/".concat(Integer.toString(descriptor)).getBytes(StandardCharsets.US_ASCII);
            return Linux.linkTarget(s, Abi.AT_FDCWD, self);
        } finally {
            s.give();
        }
    }

    @Override
    public byte[] firstPath() throws DiskException {
        byte[] real = realPath();
        Inode self = new Inode();
        look(self);
        byte[] first = LinuxMounts.firstPath(self.mount, real);
        return Arrays.equals(first, real) || !isAt(first, self) ? real : first;
    }

    /// Whether this very directory is what stands there: another mount may hide it.
    private static boolean isAt(byte[] path, Inode self) throws DiskException {
        Scratch s = Scratch.take();
        try {
            Inode there = new Inode();
            return Linux.look(s, Abi.AT_FDCWD, path, 0, there) == 0
                    && there.device == self.device
                    && there.number == self.number;
        } finally {
            s.give();
        }
    }

    @Override
    public void close() {
        int open = descriptor;
        descriptor = -1;
        if (open >= 0) {
            Scratch s = Scratch.take();
            Linux.close(s, open);
            s.give();
        }
    }
}
