package io.skyferry.storages.local.disk;

/// Puts the numbers by which Linux refuses into our faults.
///
/// Source: `asm-generic/errno-base.h` and `asm-generic/errno.h` of the kernel; the texts are those of errno(3).
final class Errno {
    static final int EPERM = 1;
    static final int ENOENT = 2;
    static final int EINTR = 4;
    static final int EBADF = 9;
    static final int EAGAIN = 11;
    static final int EACCES = 13;
    static final int EEXIST = 17;
    static final int ENOTDIR = 20;
    static final int EINVAL = 22;
    static final int EMLINK = 31;
    static final int ENAMETOOLONG = 36;
    static final int ENOSYS = 38;
    static final int ELOOP = 40;
    static final int EOPNOTSUPP = 95;

    private Errno() {}

    static Fault faultOf(int errno) {
        return switch (errno) {
            case ENOENT -> Fault.NOT_FOUND;
            case EEXIST -> Fault.EXISTS;
            case ENOTDIR -> Fault.NOT_A_DIRECTORY;
            case 21 -> Fault.IS_A_DIRECTORY;
            case ELOOP -> Fault.LINK_IN_THE_WAY;
            case 39 -> Fault.NOT_EMPTY;
            case 18 -> Fault.OTHER_FILE_SYSTEM;
            case 25, ENOSYS, EOPNOTSUPP -> Fault.UNSUPPORTED;
            case 28, 122 -> Fault.NO_SPACE;
            case EPERM, EACCES, 126 -> Fault.FORBIDDEN;
            case 30 -> Fault.READ_ONLY;
            case EINVAL, ENAMETOOLONG, 84 -> Fault.BAD_NAME;
            case 27, 75 -> Fault.TOO_LARGE;
            case 16, 26 -> Fault.BUSY;
            case 23, 24 -> Fault.TOO_MANY_OPEN;
            case 5, 6, EAGAIN, 12, 19, 107, 110, 111, 112, 113, 116, 121 -> Fault.TROUBLE;
            default -> Fault.OTHER;
        };
    }

    static String wordsOf(int errno) {
        return switch (errno) {
            case EPERM -> "Operation not permitted";
            case ENOENT -> "No such file or directory";
            case 5 -> "Input/output error";
            case EACCES -> "Permission denied";
            case 16 -> "Device or resource busy";
            case EEXIST -> "File exists";
            case 18 -> "Invalid cross-device link";
            case ENOTDIR -> "Not a directory";
            case 21 -> "Is a directory";
            case EINVAL -> "Invalid argument";
            case 23, 24 -> "Too many open files";
            case 27 -> "File too large";
            case 28 -> "No space left on device";
            case 30 -> "Read-only file system";
            case ENAMETOOLONG -> "File name too long";
            case 39 -> "Directory not empty";
            case ELOOP -> "Symbolic link in the way";
            case 84 -> "Invalid or incomplete multibyte or wide character";
            case 110 -> "Connection timed out";
            case 116 -> "Stale file handle";
            case 122 -> "Disk quota exceeded";
            default -> "Error number ".concat(Integer.toString(errno));
        };
    }

    /// The failure that a call's negative answer stands for.
    static DiskException failure(long answer) {
        int errno = (int) -answer;
        return new DiskException(faultOf(errno), wordsOf(errno));
    }

    /// An answer that is not negative.
    static long check(long answer) throws DiskException {
        if (answer < 0) {
            throw failure(answer);
        }
        return answer;
    }
}
