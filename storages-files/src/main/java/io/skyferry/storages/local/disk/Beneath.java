package io.skyferry.storages.local.disk;

/// Opens what lies below a directory without ever following a link: by the kernel's own rule where it has one, else
/// segment by segment.
final class Beneath {
    private static final byte[] HERE = {'.'};
    private static final long RULES = Abi.RESOLVE_BENEATH | Abi.RESOLVE_NO_SYMLINKS | Abi.RESOLVE_NO_MAGICLINKS;
    private static final int LONGEST = Scratch.PATH_BYTES - 64;
    private static final int TRIES = 8;

    /// How links on the way are refused.
    enum Resolving {
        /// By the kernel's own rule, where it has it.
        BY_KERNEL,
        /// By opening one segment after the other.
        BY_SEGMENTS
    }

    private final boolean byKernel;

    private Beneath(boolean byKernel) {
        this.byKernel = byKernel;
    }

    /// Finds out whether the kernel has the rule; old ones have not, and some containers forbid it.
    static Beneath of(Scratch s, int folder, Resolving wanted) throws DiskException {
        long answer = Linux.openResolving(s, folder, HERE, Abi.O_PATH, RULES);
        if (answer >= 0) {
            Linux.close(s, (int) answer);
        }
        return new Beneath(wanted == Resolving.BY_KERNEL && answer >= 0);
    }

    /// Opens a path of any length; the answer is a file or a negative errno.
    long open(Scratch s, int folder, byte[] path, int flags) throws DiskException {
        if (path.length == 0) {
            return Linux.open(s, folder, HERE, flags, 0);
        }
        if (byKernel && path.length <= LONGEST) {
            return openHere(s, folder, path, flags);
        }
        int at = folder;
        int from = 0;
        try {
            while (true) {
                int end = byKernel ? Segments.endWithin(path, from, LONGEST) : Segments.end(path, from);
                boolean last = end == path.length;
                byte[] piece = Segments.cut(path, from, end);
                long next = openHere(s, at, piece, last ? flags : Abi.O_PATH | Abi.O_DIRECTORY);
                if (last || next < 0) {
                    return next;
                }
                closeOther(s, at, folder);
                at = (int) next;
                from = end + 1;
            }
        } finally {
            closeOther(s, at, folder);
        }
    }

    private static void closeOther(Scratch s, int file, int folder) {
        if (file != folder) {
            Linux.close(s, file);
        }
    }

    private long openHere(Scratch s, int folder, byte[] path, int flags) throws DiskException {
        if (!byKernel) {
            return Linux.open(s, folder, path, flags | Abi.O_NOFOLLOW, 0);
        }
        long answer = -Errno.EAGAIN;
        for (int i = 0; i < TRIES && answer == -Errno.EAGAIN; i++) {
            // The kernel asks for another try when something was renamed meanwhile.
            answer = Linux.openResolving(s, folder, path, flags | Abi.O_NOFOLLOW, RULES);
        }
        return answer;
    }
}
