package io.skyferry.crypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.crypt.name.CryptOptions;
import io.skyferry.crypt.name.NameCipher;
import io.skyferry.crypt.name.NameForm;
import io.skyferry.crypt.name.NameResult;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.ListRequest;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.StorageException.Where;
import io.skyferry.storage.Verb;
import io.skyferry.storage.WriteOptions;
import io.skyferry.testkit.BytesContent;
import io.skyferry.testkit.Failures;
import io.skyferry.testkit.MemoryStorage;
import io.skyferry.testkit.Traits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeyProofTest {
    private static final CryptKeys WRONG = CryptKeys.derive(Hex.utf8("potatoe"), Hex.utf8("sausage"));
    private static final CryptKeys WRONG_SALT = CryptKeys.derive(Hex.utf8("potato"), Hex.utf8("sausages"));

    private final MemoryStorage below = new MemoryStorage(Traits.DISK);

    static List<CryptOptions> modes() {
        return List.of(
                CryptOptions.STANDARD,
                CryptStorageTest.BASE64,
                CryptStorageTest.PLAIN_DIRECTORIES,
                CryptStorageTest.OBFUSCATED,
                CryptOptions.OFF,
                CryptStorageTest.NO_SUFFIX);
    }

    private Storage opened(CryptKeys keys, CryptOptions options) {
        return opened(below, keys, options);
    }

    private static Storage opened(Storage below, CryptKeys keys, CryptOptions options) {
        return new CryptStorage(below, keys, options, CryptStorageTest.SCALAR, new Random(3));
    }

    /// Files as another program leaves them: without a key check.
    private void fill(CryptOptions options) {
        Storage right = opened(Hex.SALTED, options);
        for (int i = 0; i < 20; i++) {
            right.write(
                    new RelPath("dir%s/file %s".formatted(i % 3, i)),
                    BytesContent.of("content " + i),
                    WriteOptions.PLAIN);
        }
        if (hasCheck()) {
            below.backdoor().remove(KeyCheck.NAME);
        }
    }

    private boolean hasCheck() {
        return below.backdoor().contents().containsKey(new RelPath(KeyCheck.NAME));
    }

    private static List<Entry> list(Storage storage) {
        return storage.list(ListRequest.tree(RelPath.ROOT)).entries();
    }

    private static List<String> files(Storage storage) {
        return list(storage).stream()
                .filter(Entry.File.class::isInstance)
                .map(entry -> entry.path().text())
                .toList();
    }

    private static void assertRefused(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(StorageException.class, failure -> {
            assertThat(failure.kind()).isEqualTo(ErrorKind.MISCONFIGURED);
            assertThat(failure.effect()).isEqualTo(StorageException.Effect.NONE);
            assertThat(failure).hasMessageContaining("password");
        });
    }

    @ParameterizedTest
    @MethodSource("modes")
    void wrongPasswordOrSaltIsFoundBeforeAnythingIsBelieved(CryptOptions options) {
        fill(options);
        Map<RelPath, byte[]> before = below.backdoor().contents();
        for (CryptKeys keys : List.of(WRONG, WRONG_SALT)) {
            Storage wrong = opened(keys, options);
            var path = new RelPath("dir0/file 0");
            assertRefused(() -> wrong.list(ListRequest.tree(RelPath.ROOT)));
            assertRefused(() -> wrong.list(ListRequest.children(RelPath.ROOT)));
            assertRefused(() -> wrong.stat(path));
            assertRefused(() -> wrong.write(path, BytesContent.of("x"), WriteOptions.PLAIN));
            assertRefused(() -> wrong.beginUpload(path, BytesContent.of("x"), WriteOptions.PLAIN));
            assertRefused(() -> wrong.makeDirectory(path));
            assertRefused(() -> wrong.removeDirectory(path));
        }
        assertThat(below.backdoor().contents()).usingRecursiveComparison().isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("modes")
    void wrongKeyIsFoundByTheKeyCheckToo(CryptOptions options) {
        Storage right = opened(Hex.SALTED, options);
        right.write(new RelPath("file"), BytesContent.of("content"), WriteOptions.PLAIN);
        assertThat(hasCheck()).isEqualTo(!options.keepsNames());

        assertRefused(() -> list(opened(WRONG, options)));
        assertThat(files(opened(Hex.SALTED, options))).containsExactly("file");
    }

    static List<CryptOptions> modesWithACheck() {
        return modes().stream().filter(one -> !one.keepsNames()).toList();
    }

    @ParameterizedTest
    @MethodSource("modesWithACheck")
    void namesOfAnotherKindAreRefusedUnderTheSameKeyToo(CryptOptions options) {
        opened(Hex.SALTED, options).write(new RelPath("dir/file"), BytesContent.of("content"), WriteOptions.PLAIN);
        Map<RelPath, byte[]> before = below.backdoor().contents();

        for (CryptOptions other : modesWithACheck()) {
            Storage opened = opened(Hex.SALTED, other);
            if (other.equals(options)) {
                assertThat(files(opened)).containsExactly("dir/file");
            } else {
                assertThatThrownBy(() ->
                                opened.write(new RelPath("dir/file"), BytesContent.of("content"), WriteOptions.PLAIN))
                        .hasMessageContainingAll("'" + options.id() + "'", "'" + other.id() + "'", KeyCheck.NAME)
                        .satisfies(Failures.ofKind(ErrorKind.MISCONFIGURED));
            }
        }
        assertThat(below.backdoor().contents()).usingRecursiveComparison().isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("modes")
    void rightKeyIsProvedByWhatIsThereAndLeavesACheckWithTheFirstFile(CryptOptions options) {
        fill(options);
        Storage right = opened(Hex.SALTED, options);

        assertThat(files(right)).hasSize(20);
        assertThat(hasCheck()).as("looking changes nothing").isFalse();
        right.write(new RelPath("another"), BytesContent.of("x"), WriteOptions.PLAIN);
        assertThat(hasCheck()).isEqualTo(!options.keepsNames());
        assertThat(files(right)).hasSize(21);
    }

    @Test
    void keyCheckSavesTheLookAtTheData() {
        fill(CryptOptions.STANDARD);
        opened(Hex.SALTED, CryptOptions.STANDARD)
                .write(new RelPath("another"), BytesContent.of("x"), WriteOptions.PLAIN);
        var watched = new Watched(below);

        var _ = opened(watched.storage(), Hex.SALTED, CryptOptions.STANDARD).stat(new RelPath("another"));

        assertThat(watched.calls).containsExactly("stat", "read 0+98", "stat");
    }

    @Test
    void emptyFolderNeedsNoProofAndGetsNoCheckBeforeItHoldsData() {
        Storage wrong = opened(WRONG, CryptOptions.STANDARD);
        assertThat(list(wrong)).isEmpty();
        assertThat(below.backdoor().contents()).isEmpty();

        Storage right = opened(Hex.SALTED, CryptOptions.STANDARD);
        right.write(new RelPath("file"), BytesContent.of("content"), WriteOptions.PLAIN);
        assertThat(files(right)).containsExactly("file");
        assertRefused(() -> list(opened(WRONG, CryptOptions.STANDARD)));
    }

    @Test
    void checkOfAnotherKeyInAnEmptiedFolderIsNotPassedOver() {
        Storage right = opened(Hex.SALTED, CryptOptions.STANDARD);
        Entry.File file = right.write(new RelPath("file"), BytesContent.of("content"), WriteOptions.PLAIN);
        right.delete(file);

        assertRefused(() -> list(opened(WRONG, CryptOptions.STANDARD)));
        assertThat(list(opened(Hex.SALTED, CryptOptions.STANDARD))).isEmpty();
    }

    @Test
    void foreignCheckDoesNotLockOutTheKeyThatOpensTheData() {
        fill(CryptOptions.STANDARD);
        below.backdoor().put(KeyCheck.NAME, "made by somebody else");
        byte[] foreign = below.backdoor().contents().get(new RelPath(KeyCheck.NAME));
        Storage right = opened(Hex.SALTED, CryptOptions.STANDARD);

        assertThat(files(right)).hasSize(20);
        right.write(new RelPath("another"), BytesContent.of("x"), WriteOptions.PLAIN);
        assertThat(below.backdoor().contents().get(new RelPath(KeyCheck.NAME))).isEqualTo(foreign);
        assertRefused(() -> list(opened(WRONG, CryptOptions.STANDARD)));
    }

    @Test
    void anotherContentOfTheSameKeyIsNoKeyCheck() {
        fill(CryptOptions.STANDARD);
        byte[] content = below.backdoor().contents().values().iterator().next();
        below.backdoor()
                .remove(below.backdoor().contents().keySet().iterator().next().text());
        var alone = new MemoryStorage(Traits.DISK);
        alone.backdoor().put(new RelPath(KeyCheck.NAME), content, Instant.EPOCH);

        assertRefused(() -> list(opened(alone, Hex.SALTED, CryptOptions.STANDARD)));
    }

    @Test
    void namesThatDecryptByChanceProveNothing() {
        var cipher = new NameCipher(CryptOptions.STANDARD, NameForm.OF_FILES, WRONG.name(), WRONG.tweak());
        var random = new Random(12);
        byte[] block = new byte[16];
        List<String> lucky = new ArrayList<>();
        while (lucky.size() < 40) {
            random.nextBytes(block);
            String stored = CryptOptions.STANDARD.encoding().encode(block);
            if (cipher.decodeFile(stored) instanceof NameResult.Name) {
                lucky.add(stored);
            }
        }
        lucky.forEach(stored -> below.backdoor().mkdir(stored));
        assertRefused(() -> list(opened(WRONG, CryptOptions.STANDARD)));
        lucky.forEach(stored -> below.backdoor().put(stored + "f", "x".repeat(60)));
        assertRefused(() -> list(opened(WRONG, CryptOptions.STANDARD)));
    }

    @Test
    void nameThatLooksRightIsHeldAgainstTheBlockOfItsFile() {
        fill(CryptOptions.STANDARD);
        var elsewhere = new MemoryStorage(Traits.DISK);
        below.backdoor().contents().forEach((path, bytes) -> {
            byte[] damaged = bytes.clone();
            damaged[40] ^= 1;
            elsewhere.backdoor().put(path.name(), "");
            elsewhere.backdoor().put(new RelPath(path.name()), damaged, Instant.EPOCH);
        });

        assertRefused(() -> list(opened(elsewhere, Hex.SALTED, CryptOptions.STANDARD)));
    }

    @Test
    void oneDamagedFileDoesNotHideTheRightKey() {
        fill(CryptOptions.OFF);
        below.backdoor().put("dir0/file 0.bin", "damaged, and longer than a header and a tag are together");

        assertThat(files(opened(Hex.SALTED, CryptOptions.OFF))).hasSize(20);
        assertRefused(() -> list(opened(WRONG, CryptOptions.OFF)));
    }

    @Test
    void folderOfPlainFilesOnlyIsNoEncryptedFolder() {
        below.backdoor().put("readme.txt", "not encrypted");

        assertRefused(() -> list(opened(Hex.SALTED, CryptOptions.STANDARD)));
        assertRefused(() -> list(opened(Hex.SALTED, CryptOptions.OFF)));
    }

    @Test
    void otherKindOfNamesThanTheFolderHasIsFound() {
        fill(CryptOptions.STANDARD);

        assertRefused(() -> list(opened(Hex.SALTED, CryptStorageTest.BASE64)));
        assertRefused(() -> list(opened(Hex.SALTED, CryptOptions.OFF)));
        assertRefused(() -> list(opened(Hex.SALTED, CryptStorageTest.OBFUSCATED)));
    }

    @Test
    void placeThatTakesNoCheckDoesWithout() {
        var watched = new Watched(below, (storage, verb, arguments) -> {
            if (verb.equals("write") && arguments[0].equals(new RelPath(KeyCheck.NAME))) {
                throw StorageException.noEffect(
                        ErrorKind.FORBIDDEN, new Where("below", Verb.WRITE, RelPath.ROOT), "Want no such file");
            }
            return Watched.call(storage, verb, arguments);
        });
        Storage right = opened(watched.storage(), Hex.SALTED, CryptOptions.STANDARD);

        right.write(new RelPath("a"), BytesContent.of("1"), WriteOptions.PLAIN);
        right.write(new RelPath("b"), BytesContent.of("2"), WriteOptions.PLAIN);

        assertThat(files(right)).containsExactlyInAnyOrder("a", "b");
        assertThat(watched.calls.stream().filter("write"::equals)).hasSize(3);
    }

    @Test
    void proofIsMadeOnce() {
        fill(CryptOptions.STANDARD);
        var watched = new Watched(below);
        Storage right = opened(watched.storage(), Hex.SALTED, CryptOptions.STANDARD);
        list(right);
        watched.calls.clear();

        list(right);

        assertThat(watched.calls).containsExactly("list");
    }

    @Test
    void troubleIsNotTakenForAWrongKeyNorForAnEmptyFolder() {
        fill(CryptOptions.STANDARD);
        var watched = new Watched(below, (storage, verb, arguments) -> {
            if (verb.equals("list")) {
                throw StorageException.noEffect(
                        ErrorKind.UNAVAILABLE, new Where("below", Verb.LIST, RelPath.ROOT), "Want an answer");
            }
            return Watched.call(storage, verb, arguments);
        });

        assertThatThrownBy(() -> opened(watched.storage(), Hex.SALTED, CryptOptions.STANDARD)
                        .stat(new RelPath("file")))
                .satisfies(Failures.ofKind(ErrorKind.UNAVAILABLE));
    }
}
