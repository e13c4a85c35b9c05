package io.skyferry.crypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.crypt.content.BoxFormat;
import io.skyferry.crypt.name.CryptOptions;
import io.skyferry.crypt.name.NameResult;
import io.skyferry.hash.Hasher;
import io.skyferry.storage.Body;
import io.skyferry.storage.ByteRange;
import io.skyferry.storage.Capabilities;
import io.skyferry.storage.Content;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.HashType;
import io.skyferry.storage.ListRequest;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.WriteOptions;
import io.skyferry.testkit.BytesContent;
import io.skyferry.testkit.Failures;
import io.skyferry.testkit.MemoryStorage;
import io.skyferry.testkit.Traits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ReadingTest {
    private static final int BLOCK = BoxFormat.BLOCK;
    private static final int SEALED = BoxFormat.SEALED_BLOCK;

    private final MemoryStorage below = new MemoryStorage(Traits.DISK);
    private final Watched watched = new Watched(below);
    private final Storage crypt =
            new CryptStorage(watched.storage(), Hex.SALTED, CryptOptions.OFF, CryptStorageTest.SCALAR, new Random(1));

    private Entry.File write(String path, byte[] content) {
        return crypt.write(new RelPath(path), BytesContent.of(content), WriteOptions.PLAIN);
    }

    private byte[] read(Entry.File file, long offset, long length) {
        watched.calls.clear();
        try (Body body = crypt.read(file, new ByteRange(offset, length))) {
            return body.stream().readAllBytes();
        } catch (IOException failure) {
            throw StorageException.inStream(failure);
        }
    }

    private Entry.File listed(String path) {
        return crypt.list(ListRequest.tree(RelPath.ROOT)).entries().stream()
                .filter(entry -> entry.path().text().equals(path))
                .map(Entry.File.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static byte[] stored(MemoryStorage store, String path) {
        return Objects.requireNonNull(store.backdoor().contents().get(new RelPath(path)));
    }

    private static void assertFails(ErrorKind kind, ThrowingCallable call) {
        assertThatThrownBy(call).satisfies(Failures.ofKind(kind));
    }

    @Test
    void rangeFetchesTheBlocksThatHoldItAndNoMore() {
        byte[] content = Hex.line(4 * BLOCK + 100, 3, 7);
        write("file", content);
        Entry.File seen = listed("file");

        assertThat(read(seen, 5, 10)).isEqualTo(Arrays.copyOfRange(content, 5, 15));
        assertThat(watched.calls).containsExactly("read 0+" + (32 + SEALED));
        assertThat(read(seen, BLOCK + 1, BLOCK)).isEqualTo(Arrays.copyOfRange(content, BLOCK + 1, 2 * BLOCK + 1));
        assertThat(watched.calls).containsExactly("read 0+32", "read %s+%s".formatted(32 + SEALED, 2 * SEALED));
        assertThat(read(seen, 4L * BLOCK + 99, ByteRange.TO_END)).hasSize(1);
        assertThat(watched.calls).containsExactly("read 0+32", "read %s+%s".formatted(32 + 4 * SEALED, 116));
    }

    @Test
    void rememberedNonceSavesTheLookAtTheHeader() {
        byte[] content = Hex.line(3 * BLOCK, 3, 7);
        Entry.File written = write("file", content);

        assertThat(read(written, BLOCK, 1)).containsExactly(content[BLOCK]);
        assertThat(watched.calls).containsExactly("read %s+%s".formatted(32 + SEALED, SEALED));
    }

    @Test
    void everyRangeGivesItsBytes() {
        byte[] content = Hex.line(2 * BLOCK + 9, 3, 7);
        Entry.File written = write("file", content);
        Entry.File seen = listed("file");
        var random = new Random(6);
        long[] edges = {0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 2L * BLOCK - 1, 2L * BLOCK, 2L * BLOCK + 8, 2L * BLOCK + 9};
        for (int i = 0; i < 300; i++) {
            long offset = edges[random.nextInt(edges.length)];
            long length = i % 7 == 0 ? ByteRange.TO_END : edges[random.nextInt(edges.length)];
            int end = (int) Math.min(content.length, length == ByteRange.TO_END ? content.length : offset + length);
            byte[] want = Arrays.copyOfRange(content, (int) offset, Math.max((int) offset, end));
            assertThat(read(i % 2 == 0 ? seen : written, offset, length))
                    .as("%s+%s", offset, length)
                    .isEqualTo(want);
        }
    }

    @Test
    void exchangedFilesAreFoundByWhatIsRemembered() {
        Entry.File a = write("a", Hex.line(2 * BLOCK, 3, 1));
        write("b", Hex.line(2 * BLOCK, 3, 2));
        below.backdoor().put(new RelPath("a.bin"), stored(below, "b.bin"), Instant.EPOCH);
        Entry.File seen = listed("a");
        Entry.File sealed = seen.withSeal(a.seal());

        assertThat(read(seen, 0, 1)).as("without memory nobody can know").isNotEmpty();
        assertFails(ErrorKind.PRECONDITION_FAILED, () -> read(sealed, 0, ByteRange.TO_END));
        assertFails(ErrorKind.PRECONDITION_FAILED, () -> read(sealed, BLOCK, 1));
        assertFails(ErrorKind.PRECONDITION_FAILED, () -> read(sealed, 0, 0));
    }

    @Test
    void cutAtTheEdgeOfABlockIsFoundByWhatIsRemembered() {
        Entry.File file = write("a", Hex.line(3 * BLOCK, 3, 1));
        byte[] stored = stored(below, "a.bin");
        below.backdoor().put(new RelPath("a.bin"), Arrays.copyOf(stored, 32 + SEALED), Instant.EPOCH);
        Entry.File seen = listed("a").withSeal(file.seal());

        assertFails(ErrorKind.CORRUPT, () -> read(seen, 0, ByteRange.TO_END));
        assertFails(ErrorKind.CORRUPT, () -> read(seen, 0, 0));
    }

    @Test
    void fileWithoutItsFirstBlockIsFoundByWhatIsRemembered() {
        Entry.File file = write("a", Hex.line(3 * BLOCK, 3, 1));
        byte[] stored = stored(below, "a.bin");
        byte[] cut = Arrays.copyOf(stored, stored.length - SEALED);
        System.arraycopy(stored, 32 + SEALED, cut, 32, cut.length - 32);
        BoxFormat.nonceOf(stored).orElseThrow().plus(1).writeTo(cut, 8);
        below.backdoor().put(new RelPath("a.bin"), cut, Instant.EPOCH);
        Entry.File seen = listed("a");

        assertThat(read(seen, 0, ByteRange.TO_END))
                .as("without memory nobody can know")
                .hasSize(2 * BLOCK);
        assertFails(ErrorKind.CORRUPT, () -> read(seen.withSeal(file.seal()), 0, ByteRange.TO_END));
    }

    @Test
    void fileThatWasEncryptedAnewIsAnotherOneAndNotABrokenOne() {
        Entry.File file = write("a", Hex.line(3 * BLOCK, 3, 1));
        write("a", Hex.line(BLOCK, 3, 1));

        assertFails(ErrorKind.PRECONDITION_FAILED, () -> read(listed("a").withSeal(file.seal()), 0, ByteRange.TO_END));
    }

    @Test
    void writtenFileHasTheHashOfItsPlainContent() {
        byte[] content = Hex.line(3 * BLOCK + 5, 3, 1);
        assertThat(write("a", content).hashes())
                .containsOnly(Map.entry(HashType.XXH128, Hasher.hex(HashType.XXH128, content)));
    }

    @Test
    void damagedBlockFailsAndOthersDoNot() {
        write("a", Hex.line(3 * BLOCK, 3, 1));
        byte[] stored = stored(below, "a.bin");
        stored[32 + SEALED + 77] ^= 1;
        below.backdoor().put(new RelPath("a.bin"), stored, Instant.EPOCH);
        Entry.File seen = listed("a");

        assertThat(read(seen, 0, BLOCK)).hasSize(BLOCK);
        assertThat(read(seen, 2L * BLOCK, BLOCK)).hasSize(BLOCK);
        assertFails(ErrorKind.CORRUPT, () -> read(seen, BLOCK, 1));
        assertFails(ErrorKind.CORRUPT, () -> read(seen, 0, ByteRange.TO_END));
    }

    @Test
    void whatIsNotEncryptedIsToldAsForeign() {
        var names = new CryptStorage(below, Hex.SALTED, CryptOptions.STANDARD, CryptStorageTest.SCALAR, new Random(1));
        names.write(new RelPath("dir/good"), BytesContent.of("x"), WriteOptions.PLAIN);
        String dir = below.backdoor().directories().iterator().next().text();
        below.backdoor().put("readme.txt", "plain");
        below.backdoor().put(dir + "/notes.txt", "plain");
        below.backdoor().put("plain folder/notes.txt", "plain");
        below.backdoor()
                .put(
                        ((NameResult.Name) new CryptNames(Hex.SALTED, CryptOptions.STANDARD).encode("short")).text(),
                        "plain");

        List<Entry> entries = names.list(ListRequest.tree(RelPath.ROOT)).entries();

        assertThat(entries.stream().filter(Entry.Unusable.class::isInstance).map(Entry.Unusable.class::cast))
                .allMatch(Entry.Unusable::foreign)
                .extracting(entry -> entry.path() + " " + (entry.rawName().contains(".") ? entry.rawName() : "-"))
                .containsExactlyInAnyOrder(" readme.txt", "dir notes.txt", " -", " plain folder/notes.txt", " -");
        assertThat(entries.stream().filter(Entry.File.class::isInstance)).hasSize(1);
    }

    @Test
    void otherSpellingOfANameIsForeign() {
        var names =
                new CryptStorage(below, Hex.UNSALTED, CryptOptions.STANDARD, CryptStorageTest.SCALAR, new Random(1));
        names.write(new RelPath("hello"), BytesContent.of("x"), WriteOptions.PLAIN);
        byte[] stored = stored(below, "gu7ur447e1rcqnuuimpms8j88o");
        below.backdoor().put(new RelPath("GU7UR447E1RCQNUUIMPMS8J88O"), stored, Instant.EPOCH);
        below.backdoor().put(new RelPath("gu7ur447e1rcqnuuimpms8j88p"), stored, Instant.EPOCH);

        assertThat(names.list(ListRequest.tree(RelPath.ROOT)).entries())
                .filteredOn(Entry.Unusable.class::isInstance)
                .hasSize(2);
    }

    @Test
    void namesTooLongAreToldBeforeAnythingIsDone() {
        var narrow = new MemoryStorage(Traits.DISK.limitedTo(new Capabilities.Limits(
                Long.MAX_VALUE,
                1024,
                path -> path.name().length() > 255 ? Optional.of("Want a shorter name") : Optional.empty())));
        var names = new CryptStorage(narrow, Hex.SALTED, CryptOptions.STANDARD, CryptStorageTest.SCALAR, new Random(1));
        var limits = names.capabilities().limits();
        for (int length = 1; length < 300; length++) {
            var path = new RelPath("x".repeat(length));
            assertThat(limits.refusal(path).isPresent()).as("%s bytes", length).isEqualTo(length > 143);
            if (length > 143) {
                assertFails(ErrorKind.NAME_REJECTED, () -> names.write(path, BytesContent.of("x"), WriteOptions.PLAIN));
            }
        }
        assertThat(narrow.backdoor().contents()).isEmpty();
        assertThat(limits.maxPathBytes()).isEqualTo(640);
    }

    @Test
    void twoNamesThatWouldBeStoredAlikeAreNotTakenForOne() {
        var names = new CryptStorage(below, Hex.SALTED, CryptOptions.STANDARD, CryptStorageTest.SCALAR, new Random(1));
        names.write(new RelPath(".txt-v2001-02-03-040506-123"), BytesContent.of("one"), WriteOptions.PLAIN);

        assertFails(
                ErrorKind.NAME_REJECTED,
                () -> names.write(
                        new RelPath("-v2001-02-03-040506-123.txt"), BytesContent.of("two"), WriteOptions.PLAIN));
    }

    @Test
    void whatIsRememberedHoldsNonceSizeAndHash() {
        var hashing = new MemoryStorage(Traits.OBJECTS);
        var storage = new CryptStorage(hashing, Hex.SALTED, CryptOptions.OFF, CryptStorageTest.SCALAR, new Random(1));
        Entry.File file = storage.write(new RelPath("a"), BytesContent.of("x"), WriteOptions.PLAIN);
        byte[] stored = stored(hashing, "a.bin");

        assertThat(CryptSeal.parse(file.seal().orElseThrow())).hasValueSatisfying(seal -> {
            assertThat(seal.nonce()).isEqualTo(BoxFormat.nonceOf(stored).orElseThrow());
            assertThat(seal.sealedSize()).isEqualTo(49);
            assertThat(seal.sealedHash()).startsWith("MD5:");
        });
        assertThat(storage.capabilities().hashes()).isEmpty();
    }

    @Test
    void bodyThatEndsEarlyIsNoShorterFile() {
        Entry.File file = write("a", Hex.line(3 * BLOCK, 3, 1));
        var cutting = new Watched(below, (storage, verb, arguments) -> {
            Object answer = Watched.call(storage, verb, arguments);
            return answer instanceof Body(Entry.File seen, InputStream stream)
                    ? new Body(seen, new ByteArrayInputStream(stream.readNBytes(32 + SEALED)))
                    : answer;
        });
        var storage = new CryptStorage(
                cutting.storage(), Hex.SALTED, CryptOptions.OFF, CryptStorageTest.SCALAR, new Random(1));

        assertThatThrownBy(() -> storage.read(file, ByteRange.ALL).stream().readAllBytes())
                .isInstanceOf(IOException.class)
                .cause()
                .satisfies(Failures.ofKind(ErrorKind.CORRUPT));
    }

    @Test
    void nobodyFetchesThePlainBytesInPlaceOfTheEncryptedOnes() {
        var origin = new Content.Origin(below.identity(), write("a", Hex.line(10, 3, 1)));
        List<Content> given = new ArrayList<>();
        var noting = new Watched(below, (storage, verb, arguments) -> {
            for (Object argument : arguments) {
                if (argument instanceof Content content) {
                    given.add(content);
                }
            }
            return Watched.call(storage, verb, arguments);
        });
        var storage = new CryptStorage(
                noting.storage(), Hex.SALTED, CryptOptions.OFF, CryptStorageTest.SCALAR, new Random(1));
        Entry.File made =
                storage.write(new RelPath("b"), new WithOrigin(BytesContent.of("x"), origin), WriteOptions.PLAIN);

        assertThat(given).isNotEmpty().allMatch(content -> content.origin().isEmpty());
        assertThat(storage.origin(made)).isEmpty();
    }

    /// A content that another storage could fetch by itself.
    private record WithOrigin(Content bytes, Origin place) implements Content {
        @Override
        public OptionalLong size() {
            return bytes.size();
        }

        @Override
        public InputStream open(long offset, long length) throws IOException {
            return bytes.open(offset, length);
        }

        @Override
        public String fingerprint() {
            return bytes.fingerprint();
        }

        @Override
        public Optional<Origin> origin() {
            return Optional.of(place);
        }
    }

    @Test
    void noMutationOfWhatIsStoredFailsOtherThanAsAStorageDoes() {
        var random = new Random(31);
        for (CryptOptions options : KeyProofTest.modes()) {
            var store = new MemoryStorage(Traits.DISK);
            var storage = new CryptStorage(store, Hex.SALTED, options, CryptStorageTest.SCALAR, random);
            for (int i = 0; i < 8; i++) {
                storage.write(
                        new RelPath("d%s/f%s".formatted(i % 2, i)),
                        BytesContent.of("content " + i),
                        WriteOptions.PLAIN);
            }
            for (int i = 0; i < 120; i++) {
                mutate(store, random);
                walk(new CryptStorage(store, Hex.SALTED, options, CryptStorageTest.SCALAR, random));
            }
        }
    }

    private static void mutate(MemoryStorage store, Random random) {
        List<RelPath> files = List.copyOf(store.backdoor().contents().keySet());
        RelPath file = files.get(random.nextInt(files.size()));
        byte[] bytes = stored(store, file.text());
        switch (random.nextInt(3)) {
            case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(100));
            case 1 -> {
                if (bytes.length > 0) {
                    bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
                }
            }
            default -> {
                var name = new StringBuilder(file.name());
                name.setCharAt(random.nextInt(name.length()), "Aa09_-.!~é\u4E00".charAt(random.nextInt(11)));
                if (!name.toString().matches("\\.{1,2}")) {
                    file = file.parent().resolve(name.toString());
                }
            }
        }
        store.backdoor().put(file, bytes, Instant.EPOCH);
    }

    private static void walk(Storage storage) {
        try {
            for (Entry entry : storage.list(ListRequest.tree(RelPath.ROOT)).entries()) {
                if (entry instanceof Entry.File file) {
                    try (Body body = storage.read(file, ByteRange.ALL)) {
                        assertThat(body.stream().readAllBytes()).hasSizeLessThan(200);
                    } catch (IOException failure) {
                        assertThat(failure.getCause()).isInstanceOf(StorageException.class);
                    } catch (StorageException failure) {
                        assertThat(failure.kind()).isEqualTo(ErrorKind.CORRUPT);
                    }
                }
            }
        } catch (StorageException failure) {
            assertThat(failure.kind()).isEqualTo(ErrorKind.MISCONFIGURED);
        }
    }
}
