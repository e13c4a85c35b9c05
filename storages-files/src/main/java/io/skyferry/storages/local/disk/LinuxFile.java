package io.skyferry.storages.local.disk;

/// A file held open by its file descriptor.
final class LinuxFile implements DiskFile {
    private int descriptor;

    LinuxFile(int descriptor) {
        this.descriptor = descriptor;
    }

    @Override
    public void look(Inode into) throws DiskException {
        Scratch s = Scratch.take();
        try {
            Errno.check(Linux.look(s, descriptor, LinuxFolder.NOTHING, Abi.AT_EMPTY_PATH, into));
        } finally {
            s.give();
        }
    }

    @Override
    public int read(CopyBuffer into, int length, long at) throws DiskException {
        Scratch s = Scratch.take();
        try {
            int done = 0;
            while (done < length) {
                long step = Errno.check(Linux.read(s, descriptor, into.address() + done, length - done, at + done));
                if (step == 0) {
                    return done;
                }
                done += (int) step;
            }
            return done;
        } finally {
            s.give();
        }
    }

    @Override
    public void write(CopyBuffer from, int offset, int length, long at) throws DiskException {
        Scratch s = Scratch.take();
        try {
            int done = 0;
            while (done < length) {
                long address = from.address() + offset + done;
                done += (int) Errno.check(Linux.write(s, descriptor, address, length - done, at + done));
            }
        } finally {
            s.give();
        }
    }

    @Override
    public void setTime(long second, int nano) throws DiskException {
        Scratch s = Scratch.take();
        try {
            Errno.check(Linux.setTime(s, descriptor, second, nano));
        } finally {
            s.give();
        }
    }

    /// The owner is set where that is allowed; the bits come last, for a change of owner may clear some.
    @Override
    public void adopt(Inode other) throws DiskException {
        Inode self = new Inode();
        look(self);
        Scratch s = Scratch.take();
        try {
            boolean sameOwner = self.owner == other.owner && self.group == other.group;
            boolean owned = sameOwner || Linux.setOwner(s, descriptor, other.owner, other.group) == 0;
            // Bits for a group that is not the old one would open the file to others than before.
            int bits = owned ? other.permissions() : other.permissions() & ~(other.permissions() & 0070);
            if (self.permissions() != bits || !sameOwner) {
                Errno.check(Linux.setPermissions(s, descriptor, bits));
            }
        } finally {
            s.give();
        }
    }

    @Override
    public void resize(long size) throws DiskException {
        Scratch s = Scratch.take();
        try {
            Errno.check(Linux.resize(s, descriptor, size));
        } finally {
            s.give();
        }
    }

    @Override
    public boolean cloneOf(DiskFile source) {
        Scratch s = Scratch.take();
        try {
            return Linux.control(s, descriptor, Abi.FICLONE, ((LinuxFile) source).descriptor) == 0;
        } finally {
            s.give();
        }
    }

    @Override
    public long nextData(long at, long size) {
        Scratch s = Scratch.take();
        try {
            long found = Linux.seek(s, descriptor, at, Abi.SEEK_DATA);
            // No such device or address: no data follows.
            return found == -6 ? size : found < 0 ? at : Math.min(found, size);
        } finally {
            s.give();
        }
    }

    @Override
    public long nextHole(long at, long size) {
        Scratch s = Scratch.take();
        try {
            long found = Linux.seek(s, descriptor, at, Abi.SEEK_HOLE);
            return found < 0 ? size : Math.min(found, size);
        } finally {
            s.give();
        }
    }

    @Override
    public boolean punch(long at, long length) {
        Scratch s = Scratch.take();
        try {
            int mode = Abi.FALLOC_PUNCH_HOLE | Abi.FALLOC_KEEP_SIZE;
            return Linux.allocate(s, descriptor, mode, at, length) == 0;
        } finally {
            s.give();
        }
    }

    @Override
    public void settle() {
        // One call puts the whole file system on the medium.
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
