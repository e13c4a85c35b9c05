package io.skyferry.storages.local;

import io.skyferry.storage.Storage;
import io.skyferry.storages.local.disk.DiskKind;
import io.skyferry.testkit.StorageContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/// The contract over every way to reach the disk.
class LocalStorageTest {
    @TempDir
    Path temp;

    private Storage open(DiskKind kind) {
        try {
            Path root = Files.createTempDirectory(temp, "root");
            return new LocalStorage(LocalSettings.of(Map.of("path", root.toString())), kind.disk());
        } catch (IOException refused) {
            throw new IllegalStateException("A folder for the test could not be made", refused);
        }
    }

    @Nested
    class BySystemCalls extends StorageContract {
        @Override
        protected Storage openEmpty() {
            return open(DiskKind.LINUX);
        }
    }

    @Nested
    class BySegments extends StorageContract {
        @Override
        protected Storage openEmpty() {
            return open(DiskKind.LINUX_BY_SEGMENTS);
        }
    }

    @Nested
    class Portably extends StorageContract {
        @Override
        protected Storage openEmpty() {
            return open(DiskKind.PORTABLE);
        }
    }
}
