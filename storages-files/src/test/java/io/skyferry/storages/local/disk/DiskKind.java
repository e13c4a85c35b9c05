package io.skyferry.storages.local.disk;

/// The ways to reach this machine's disk, for tests that must hold for all of them.
public enum DiskKind {
    /// System calls, the newest ones.
    LINUX,
    /// System calls as old kernels have them.
    LINUX_BY_SEGMENTS,
    /// The JDK's file access.
    PORTABLE;

    /// Such a disk.
    public Disk disk() {
        try {
            return switch (this) {
                case LINUX -> LinuxDisk.tested(Beneath.Resolving.BY_KERNEL);
                case LINUX_BY_SEGMENTS -> LinuxDisk.tested(Beneath.Resolving.BY_SEGMENTS);
                case PORTABLE -> new PortableDisk();
            };
        } catch (DiskException refused) {
            throw new IllegalStateException("This machine has no disk of the kind " + this, refused);
        }
    }
}
