package io.skyferry.testkit;

import io.skyferry.storage.Capabilities;
import io.skyferry.storage.Capabilities.Keeping;
import io.skyferry.storage.Capabilities.Undo;
import io.skyferry.storage.HashType;
import io.skyferry.storage.Storage;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Nested;

/// The contract over the kinds of place that a storage in memory can be.
class MemoryStorageTest {
    @Nested
    class LikeADisk extends StorageContract {
        @Override
        protected Storage openEmpty() {
            return new MemoryStorage();
        }
    }

    @Nested
    class LikeAnObjectStore extends StorageContract {
        @Override
        protected Storage openEmpty() {
            return new MemoryStorage(Traits.OBJECTS.paged(3));
        }
    }

    @Nested
    class LikeADrive extends StorageContract {
        @Override
        protected Storage openEmpty() {
            return new MemoryStorage(Traits.DRIVE.paged(2));
        }
    }

    @Nested
    class LikeABareServer extends StorageContract {
        @Override
        protected Storage openEmpty() {
            return new MemoryStorage(Traits.BARE);
        }
    }

    @Nested
    class WithStaleListings extends StorageContract {
        @Override
        protected Storage openEmpty() {
            return new MemoryStorage(Traits.OBJECTS.lagging(5).paged(1));
        }

        @Override
        protected void settle(Storage storage) {
            if (storage instanceof MemoryStorage memory) {
                memory.backdoor().settle();
            }
        }
    }

    @Nested
    class WithVersionsAndHashes extends StorageContract {
        @Override
        protected Storage openEmpty() {
            return new MemoryStorage(
                    Traits.OBJECTS.undoing(Undo.VERSIONS).keepingHashes(HashType.MD5, HashType.XXH128));
        }
    }

    @Nested
    class WithNarrowNames extends StorageContract {
        @Override
        protected Storage openEmpty() {
            return new MemoryStorage(Traits.DISK
                    .forbidding("\\:*?\"<>|\n")
                    .limitedTo(new Capabilities.Limits(10_000_000, 1000))
                    .keepingTimes(Keeping.NOT_KEPT, Duration.ofSeconds(1))
                    .underConditions(new Capabilities.Conditions(Set.of(), false)));
        }
    }
}
