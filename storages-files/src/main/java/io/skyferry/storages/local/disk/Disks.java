package io.skyferry.storages.local.disk;

/// Chooses how this machine's disk is reached.
///
/// The system property `skyferry.disk` set to `portable` keeps away from system calls, as tests do and as somebody may
/// want on a machine where they misbehave.
public final class Disks {
    private Disks() {}

    /// The fastest one that passes its own test; found once.
    public static Disk here() {
        return Holder.HERE;
    }

    /// The one that works everywhere.
    public static Disk portable() {
        return new PortableDisk();
    }

    private static final class Holder {
        static final Disk HERE = choose();

        private static Disk choose() {
            if (!Abi.KNOWN || "portable".equals(System.getProperty("skyferry.disk"))) {
                return new PortableDisk();
            }
            try {
                return LinuxDisk.tested(Beneath.Resolving.BY_KERNEL);
            } catch (DiskException | RuntimeException | LinkageError refused) {
                System.getLogger(Disks.class.getName())
                        .log(System.Logger.Level.INFO, "The disk is reached the portable way", refused);
                return new PortableDisk();
            }
        }
    }
}
