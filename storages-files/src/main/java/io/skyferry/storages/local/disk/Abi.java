package io.skyferry.storages.local.disk;

import java.util.Locale;

/// The numbers that Linux gives its calls and flags on the two processors that are known.
///
/// Source: `asm/unistd.h`, `asm-generic/fcntl.h` and `asm/fcntl.h` of the kernel for x86-64 and arm64. Structures are
/// the same on both: both are little-endian with 64-bit longs.
final class Abi {
    private static final String PROCESSOR = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    private static final boolean ARM = "aarch64".equals(PROCESSOR);

    /// Whether the numbers hold here.
    static final boolean KNOWN = "Linux".equals(System.getProperty("os.name")) && (ARM || "amd64".equals(PROCESSOR));

    static final long CLOSE = ARM ? 57 : 3;
    static final long LSEEK = ARM ? 62 : 8;
    static final long IOCTL = ARM ? 29 : 16;
    static final long PREAD = ARM ? 67 : 17;
    static final long PWRITE = ARM ? 68 : 18;
    static final long FSYNC = ARM ? 82 : 74;
    static final long FTRUNCATE = ARM ? 46 : 77;
    static final long FCHMOD = ARM ? 52 : 91;
    static final long FCHOWN = ARM ? 55 : 93;
    static final long FSTATFS = ARM ? 44 : 138;
    static final long GETDENTS = ARM ? 61 : 217;
    static final long OPENAT = ARM ? 56 : 257;
    static final long MKDIRAT = ARM ? 34 : 258;
    static final long UNLINKAT = ARM ? 35 : 263;
    static final long LINKAT = ARM ? 37 : 265;
    static final long SYMLINKAT = ARM ? 36 : 266;
    static final long READLINKAT = ARM ? 78 : 267;
    static final long UTIMENSAT = ARM ? 88 : 280;
    static final long FALLOCATE = ARM ? 47 : 285;
    static final long SYNCFS = ARM ? 267 : 306;
    static final long RENAMEAT2 = ARM ? 276 : 316;
    static final long STATX = ARM ? 291 : 332;
    static final long OPENAT2 = 437;

    static final int O_RDWR = 2;
    static final int O_CREAT = 0x40;
    static final int O_EXCL = 0x80;
    static final int O_NOCTTY = 0x100;
    static final int O_NONBLOCK = 0x800;
    static final int O_DIRECTORY = ARM ? 0x4000 : 0x10000;
    static final int O_NOFOLLOW = ARM ? 0x8000 : 0x20000;
    static final int O_CLOEXEC = 0x80000;
    static final int O_PATH = 0x200000;

    static final int AT_FDCWD = -100;
    static final int AT_SYMLINK_NOFOLLOW = 0x100;
    static final int AT_REMOVEDIR = 0x200;
    static final int AT_NO_AUTOMOUNT = 0x800;
    static final int AT_EMPTY_PATH = 0x1000;

    static final long RESOLVE_NO_MAGICLINKS = 2;
    static final long RESOLVE_NO_SYMLINKS = 4;
    static final long RESOLVE_BENEATH = 8;

    static final int RENAME_NOREPLACE = 1;
    static final int RENAME_EXCHANGE = 2;

    static final int SEEK_DATA = 3;
    static final int SEEK_HOLE = 4;

    static final int FALLOC_KEEP_SIZE = 1;
    static final int FALLOC_PUNCH_HOLE = 2;

    static final long FICLONE = 0x40049409L;
    static final long FS_IOC_GETFLAGS = 0x80086601L;
    static final int FS_CASEFOLD_FL = 0x40000000;
    static final long FS_IOC_GETFSUUID = 0x80111500L;

    /// Type, mode, links, owner, group, times, number, size, blocks, birth, mount.
    static final long STATX_WANTED = 0x7ff | 0x800 | 0x1000;

    static final long UTIME_OMIT = (1L << 30) - 2;

    private Abi() {}
}
