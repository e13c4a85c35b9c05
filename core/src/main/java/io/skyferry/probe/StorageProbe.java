package io.skyferry.probe;

import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/// Tries with a few small files whether an account does what its provider's capabilities say: lists,
/// writes, reads, keeps conditions, parts and times, and deletes. Everything happens below one directory
/// with a random name, and nothing of it is left behind.
public final class StorageProbe {
    private final RandomGenerator random;

    /// @param random makes the directory's name
    public StorageProbe(RandomGenerator random) {
        this.random = random;
    }

    /// Looks at a storage. What goes wrong is told in the report, never thrown.
    ///
    /// @param storage a whole stack of layers
    public ProbeReport run(Storage storage) {
        String name = "skyferry-probe-" + HexFormat.of().toHexDigits(random.nextLong());
        return new ProbeRun(storage, new RelPath(name)).run();
    }
}
