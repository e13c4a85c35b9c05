package io.skyferry.crypt;

import io.skyferry.crypt.box.KernelChoice;
import io.skyferry.crypt.box.Kernels;
import io.skyferry.crypt.name.CryptOptions;
import io.skyferry.storage.Capabilities;
import io.skyferry.storage.Storage;
import io.skyferry.testkit.MemoryStorage;
import io.skyferry.testkit.StorageContract;
import io.skyferry.testkit.Traits;
import java.util.Random;
import org.junit.jupiter.api.Nested;

class CryptStorageTest {
    static final KernelChoice SCALAR = Kernels.fixed("scalar").orElseThrow();

    static final CryptOptions OBFUSCATED = CryptOptions.parse("obfuscate", "on", "base32", ".bin");
    static final CryptOptions BASE64 = CryptOptions.parse("standard", "on", "base64", ".bin");
    static final CryptOptions PLAIN_DIRECTORIES = CryptOptions.parse("standard", "off", "base32768", ".bin");
    static final CryptOptions NO_SUFFIX = CryptOptions.parse("off", "off", "base32", "none");

    static Storage over(Storage below, CryptOptions options) {
        return new CryptStorage(below, Hex.SALTED, options, SCALAR, new Random(8));
    }

    private static Storage over(Traits traits, CryptOptions options) {
        return over(new MemoryStorage(traits), options);
    }

    @Nested
    class EncryptedNamesOnADisk extends StorageContract {
        @Override
        protected Storage openEmpty() {
            return over(Traits.DISK.paged(3), CryptOptions.STANDARD);
        }
    }

    @Nested
    class EncryptedNamesInABucket extends StorageContract {
        @Override
        protected Storage openEmpty() {
            return over(
                    Traits.OBJECTS
                            .paged(2)
                            .undoing(Capabilities.Undo.VERSIONS)
                            .limitedTo(new Capabilities.Limits(10_000_000, 1000)),
                    BASE64);
        }
    }

    @Nested
    class EncryptedNamesInADrive extends StorageContract {
        @Override
        protected Storage openEmpty() {
            return over(Traits.DRIVE, CryptOptions.STANDARD);
        }
    }

    @Nested
    class PlainNamesInABucket extends StorageContract {
        @Override
        protected Storage openEmpty() {
            return over(Traits.OBJECTS.paged(1), CryptOptions.OFF);
        }
    }

    @Nested
    class PlainNamesOnABareServer extends StorageContract {
        @Override
        protected Storage openEmpty() {
            return over(Traits.BARE, NO_SUFFIX);
        }
    }

    @Nested
    class ObfuscatedNamesOnADisk extends StorageContract {
        @Override
        protected Storage openEmpty() {
            return over(Traits.DISK, OBFUSCATED);
        }
    }

    @Nested
    class PlainDirectoriesOnADisk extends StorageContract {
        @Override
        protected Storage openEmpty() {
            return over(Traits.DISK.paged(2), PLAIN_DIRECTORIES);
        }
    }

    @Nested
    class TwiceEncrypted extends StorageContract {
        @Override
        protected Storage openEmpty() {
            return over(over(Traits.DISK, CryptOptions.OFF), CryptOptions.STANDARD);
        }
    }
}
