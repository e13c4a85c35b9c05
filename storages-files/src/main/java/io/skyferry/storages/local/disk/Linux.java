package io.skyferry.storages.local.disk;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;

/// System calls. All go through the one function `syscall`: linking a function costs milliseconds, calling it none.
///
/// Each answers what the kernel does: a negative number is an errno. See the manual page of the call's own name.
final class Linux {
    private static final MethodHandle SYSCALL = link();

    private Linux() {}

    private static MethodHandle link() {
        Linker linker = Linker.nativeLinker();
        ValueLayout.OfLong word = ValueLayout.JAVA_LONG;
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow("syscall"),
                FunctionDescriptor.of(word, word, word, word, word, word, word, word),
                Linker.Option.captureCallState("errno"));
    }

    private static long call(Scratch scratch, long number, long a, long b, long c, long d, long e) {
        MemorySegment errno = scratch.errno();
        while (true) {
            long answer;
            try {
                answer = (long) SYSCALL.invokeExact(errno, number, a, b, c, d, e, 0L);
            } catch (Throwable broken) {
                throw new IllegalStateException("A system call could not be made", broken);
            }
            if (answer != -1) {
                return answer;
            }
            int refused = scratch.lastErrno();
            if (refused != Errno.EINTR || number == Abi.CLOSE) {
                return -refused;
            }
        }
    }

    static long open(Scratch s, int folder, byte[] path, int flags, int mode) throws DiskException {
        return call(s, Abi.OPENAT, folder, s.path(path), flags | Abi.O_CLOEXEC, mode, 0);
    }

    static long openResolving(Scratch s, int folder, byte[] path, int flags, long resolve) throws DiskException {
        ByteBuffer memory = s.memory();
        memory.putLong(Scratch.STRUCT_AT, flags | Abi.O_CLOEXEC);
        memory.putLong(Scratch.STRUCT_AT + 8, 0);
        memory.putLong(Scratch.STRUCT_AT + 16, resolve);
        try {
            return call(s, Abi.OPENAT2, folder, s.path(path), s.at(Scratch.STRUCT_AT), 24, 0);
        } catch (DiskException refused) {
            // A path that leads out while it is resolved is refused by the word for another file system.
            throw refused.fault() == Fault.OTHER_FILE_SYSTEM
                    ? new DiskException(Fault.LINK_IN_THE_WAY, refused.words())
                    : refused;
        }
    }

    static void close(Scratch s, int file) {
        call(s, Abi.CLOSE, file, 0, 0, 0, 0);
    }

    /// Looks at a path, or at the open file itself if the path is empty.
    static long look(Scratch s, int folder, byte[] path, int flags, Inode into) throws DiskException {
        return look(s, folder, path, 0, path.length, flags, into);
    }

    static long look(Scratch s, int folder, byte[] bytes, int offset, int length, int flags, Inode into)
            throws DiskException {
        long answer = call(
                s,
                Abi.STATX,
                folder,
                s.path(bytes, offset, length),
                flags | Abi.AT_NO_AUTOMOUNT,
                Abi.STATX_WANTED,
                s.at(Scratch.STATX_AT));
        if (answer == 0) {
            fill(s.memory(), into);
        }
        return answer;
    }

    private static void fill(ByteBuffer memory, Inode into) {
        int at = Scratch.STATX_AT;
        int mode = memory.getShort(at + 28) & 0xFFFF;
        into.kind = kindOfMode(mode);
        into.permissions = mode & 07777;
        into.links = memory.getInt(at + 16) & 0xFFFF_FFFFL;
        into.owner = memory.getInt(at + 20);
        into.group = memory.getInt(at + 24);
        into.number = memory.getLong(at + 32);
        into.size = memory.getLong(at + 40);
        into.allocated = memory.getLong(at + 48) * 512;
        into.bornSecond = memory.getLong(at + 80);
        into.bornNano = memory.getInt(at + 88);
        into.changedSecond = memory.getLong(at + 96);
        into.changedNano = memory.getInt(at + 104);
        into.modifiedSecond = memory.getLong(at + 112);
        into.modifiedNano = memory.getInt(at + 120);
        into.device = (memory.getInt(at + 136) & 0xFFFF_FFFFL) << 32 | (memory.getInt(at + 140) & 0xFFFF_FFFFL);
        into.mount = memory.getLong(at + 144);
        if ((memory.getInt(at) & 0x800) == 0) {
            into.bornSecond = 0;
            into.bornNano = 0;
        }
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

    /// What the type byte of a directory's entry says.
    static Kind kindOfEntry(int type) {
        return switch (type) {
            case 8 -> Kind.FILE;
            case 4 -> Kind.DIRECTORY;
            case 10 -> Kind.LINK;
            case 1 -> Kind.PIPE;
            case 12 -> Kind.SOCKET;
            case 2, 6 -> Kind.DEVICE;
            default -> Kind.UNKNOWN;
        };
    }

    static long readNames(Scratch s, int folder, CopyBuffer into, int length) {
        return call(s, Abi.GETDENTS, folder, into.address(), length, 0, 0);
    }

    static long read(Scratch s, int file, long address, long length, long at) {
        return call(s, Abi.PREAD, file, address, length, at, 0);
    }

    static long write(Scratch s, int file, long address, long length, long at) {
        return call(s, Abi.PWRITE, file, address, length, at, 0);
    }

    static long seek(Scratch s, int file, long at, int whence) {
        return call(s, Abi.LSEEK, file, at, whence, 0, 0);
    }

    static long sync(Scratch s, int file) {
        return call(s, Abi.FSYNC, file, 0, 0, 0, 0);
    }

    static long syncAll(Scratch s, int file) {
        return call(s, Abi.SYNCFS, file, 0, 0, 0, 0);
    }

    static long resize(Scratch s, int file, long size) {
        return call(s, Abi.FTRUNCATE, file, size, 0, 0, 0);
    }

    static long allocate(Scratch s, int file, int mode, long at, long length) {
        return call(s, Abi.FALLOCATE, file, mode, at, length, 0);
    }

    static long setPermissions(Scratch s, int file, int permissions) {
        return call(s, Abi.FCHMOD, file, permissions, 0, 0, 0);
    }

    static long setOwner(Scratch s, int file, int owner, int group) {
        return call(s, Abi.FCHOWN, file, owner, group, 0, 0);
    }

    static long control(Scratch s, int file, long request, long argument) {
        return call(s, Abi.IOCTL, file, request, argument, 0, 0);
    }

    /// Sets the modification time of an open file.
    static long setTime(Scratch s, int file, long second, int nano) {
        return call(s, Abi.UTIMENSAT, file, 0, times(s, second, nano), 0, 0);
    }

    static long setTime(Scratch s, int folder, byte[] name, long second, int nano) throws DiskException {
        return call(s, Abi.UTIMENSAT, folder, s.path(name), times(s, second, nano), Abi.AT_SYMLINK_NOFOLLOW, 0);
    }

    private static long times(Scratch s, long second, int nano) {
        ByteBuffer memory = s.memory();
        memory.putLong(Scratch.STRUCT_AT, 0);
        memory.putLong(Scratch.STRUCT_AT + 8, Abi.UTIME_OMIT);
        memory.putLong(Scratch.STRUCT_AT + 16, second);
        memory.putLong(Scratch.STRUCT_AT + 24, nano);
        return s.at(Scratch.STRUCT_AT);
    }

    static long rename(Scratch s, int folder, byte[] name, int to, byte[] other, int flags) throws DiskException {
        return call(s, Abi.RENAMEAT2, folder, s.path(name), to, s.otherPath(other), flags);
    }

    static long link(Scratch s, int folder, byte[] name, int to, byte[] other) throws DiskException {
        return call(s, Abi.LINKAT, folder, s.path(name), to, s.otherPath(other), 0);
    }

    static long unlink(Scratch s, int folder, byte[] name, int flags) throws DiskException {
        return call(s, Abi.UNLINKAT, folder, s.path(name), flags, 0, 0);
    }

    static long makeDirectory(Scratch s, int folder, byte[] name) throws DiskException {
        return call(s, Abi.MKDIRAT, folder, s.path(name), 0777, 0, 0);
    }

    static long makeLink(Scratch s, byte[] target, int folder, byte[] name) throws DiskException {
        return call(s, Abi.SYMLINKAT, s.path(target), folder, s.otherPath(name), 0, 0);
    }

    static byte[] linkTarget(Scratch s, int folder, byte[] name) throws DiskException {
        long path = s.path(name);
        long into = s.otherPath(new byte[0]);
        int length = (int) Errno.check(call(s, Abi.READLINKAT, folder, path, into, Scratch.PATH_BYTES, 0));
        byte[] target = new byte[length];
        s.memory().get((int) (into - s.at(0)), target);
        return target;
    }

    static long statfs(Scratch s, int file) {
        return call(s, Abi.FSTATFS, file, s.at(Scratch.STRUCT_AT), 0, 0, 0);
    }
}
