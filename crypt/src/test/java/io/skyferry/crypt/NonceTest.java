package io.skyferry.crypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.crypt.content.BoxFormat;
import io.skyferry.crypt.content.Nonce;
import io.skyferry.crypt.name.CryptOptions;
import io.skyferry.storage.ByteRange;
import io.skyferry.storage.Capabilities;
import io.skyferry.storage.Content;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.Part;
import io.skyferry.storage.PartRules;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.Upload;
import io.skyferry.storage.WriteOptions;
import io.skyferry.testkit.BytesContent;
import io.skyferry.testkit.Failures;
import io.skyferry.testkit.MemoryStorage;
import io.skyferry.testkit.Traits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// A nonce is never used for two plain texts, whatever a source does and says.
class NonceTest {
    private static final RelPath FILE = new RelPath("file");
    private static final int BLOCK = BoxFormat.BLOCK;

    /// What left under each nonce and block number, ever.
    private final Map<String, String> left = new HashMap<>();

    private final List<String> twice = new ArrayList<>();
    private final MemoryStorage below =
            new MemoryStorage(Traits.DISK.limitedTo(new Capabilities.Limits(1L << 40, 4096)));
    private int opens = 1;

    /// A storage that takes each content several times, as one does that hashes first or tries again.
    private final Watched watched = new Watched(below, (storage, verb, arguments) -> {
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i] instanceof Content content && !verb.equals("promise")) {
                ByteRange range = arguments[0] instanceof Upload upload
                        ? upload.rules().range((int) arguments[1])
                        : ByteRange.ALL;
                for (int time = 1; time < opens; time++) {
                    take(content, range);
                }
                arguments[i] = new Noting(content);
            }
        }
        return Watched.call(storage, verb, arguments);
    });
    private final Storage crypt = new CryptStorage(
            watched.storage(), Hex.SALTED, CryptOptions.STANDARD, CryptStorageTest.SCALAR, new Random(1));

    private void take(Content content, ByteRange range) {
        try (InputStream in = new Noting(content).open(range.offset(), range.length())) {
            in.readAllBytes();
        } catch (IOException refused) {
            // A real storage gives up here; this one tries to get more out of it.
        }
    }

    /// Notes all that leaves, block by block.
    private final class Noting implements Content {
        private final Content sealed;

        Noting(Content sealed) {
            this.sealed = sealed;
        }

        @Override
        public OptionalLong size() {
            return sealed.size();
        }

        @Override
        public InputStream open(long offset, long length) throws IOException {
            byte[] header = sealed.open(0, BoxFormat.HEADER).readNBytes(BoxFormat.HEADER);
            Nonce nonce = BoxFormat.nonceOf(header).orElseThrow();
            var all = new ByteArrayOutputStream();
            IOException failure = null;
            try (InputStream in = sealed.open(offset, length)) {
                for (int b = in.read(); b >= 0; b = in.read()) {
                    all.write(b);
                }
            } catch (IOException refused) {
                failure = refused;
            }
            byte[] bytes = all.toByteArray();
            int at = offset < BoxFormat.HEADER ? Math.min(bytes.length, BoxFormat.HEADER - (int) offset) : 0;
            long block = Math.max(0, offset - BoxFormat.HEADER) / BoxFormat.SEALED_BLOCK;
            for (; at < bytes.length; at += BoxFormat.SEALED_BLOCK, block++) {
                int end = Math.min(bytes.length, at + BoxFormat.SEALED_BLOCK);
                note(nonce.plus(block).hex(), Hex.sha256(Arrays.copyOfRange(bytes, at, end)));
            }
            if (failure != null) {
                throw failure;
            }
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public String fingerprint() {
            return sealed.fingerprint();
        }

        @Override
        public Optional<Origin> origin() {
            return sealed.origin();
        }
    }

    private void note(String nonce, String hash) {
        String before = left.putIfAbsent(nonce, hash);
        if (before != null && !before.equals(hash)) {
            twice.add(nonce);
        }
    }

    private static void assertSourceFailed(ThrowingCallable call) {
        assertThatThrownBy(call).satisfies(Failures.ofKind(ErrorKind.SOURCE_FAILED));
    }

    @Test
    void everyWriteHasANonceOfItsOwn() {
        crypt.write(FILE, BytesContent.of("the same"), WriteOptions.PLAIN);
        byte[] first = stored();
        crypt.write(FILE, BytesContent.of("the same"), WriteOptions.PLAIN);

        assertThat(BoxFormat.nonceOf(first)).isNotEqualTo(BoxFormat.nonceOf(stored()));
    }

    private byte[] stored() {
        return below.backdoor().contents().entrySet().stream()
                .filter(entry -> !entry.getKey().text().equals(KeyCheck.NAME))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    @Test
    void contentThatStaysIsSentAsOftenAsNeeded() {
        opens = 3;
        byte[] content = Hex.line(3 * BLOCK + 5, 3, 3);
        crypt.write(FILE, BytesContent.of(content), WriteOptions.PLAIN);

        assertThat(stored()).hasSize((int) BoxFormat.sealedSize(content.length));
        assertThat(twice).isEmpty();
    }

    @Test
    void contentThatChangesBetweenTwoSendingsIsRefused() {
        opens = 2;
        assertSourceFailed(() ->
                crypt.write(FILE, new ChangingContent(Hex.line(2 * BLOCK + 9, 3, 3), 2), WriteOptions.PLAIN));
        assertThat(twice).isEmpty();
        assertThat(below.backdoor().contents()).isEmpty();
    }

    private Upload begin(Content content) {
        Upload begun = crypt.beginUpload(FILE, content, WriteOptions.PLAIN);
        return new Upload(
                begun.file(), begun.token(), new PartRules(begun.rules().totalBytes(), 2 * BLOCK));
    }

    @Test
    void partThatIsNotWhatWasPromisedEndsTheUpload() {
        var content = new ChangingContent(Hex.line(5 * BLOCK, 3, 3), Integer.MAX_VALUE);
        Upload upload = begin(content);
        crypt.putPart(upload, 1, crypt.promise(upload, 1, content), content);
        String promise = crypt.promise(upload, 2, content);
        content.change(3 * BLOCK);

        assertSourceFailed(() -> crypt.putPart(upload, 2, promise, content));
        assertThat(below.backdoor().unfinishedUploads()).isZero();
        assertThat(left).hasSize(3);
        assertThat(twice).isEmpty();
    }

    @Test
    void partWhoseSourceChangesWhileItIsSentAgainEndsTheUpload() {
        byte[] bytes = Hex.line(2 * BLOCK, 3, 3);
        opens = 2;
        var content = new ChangingContent(bytes, 4);
        Upload upload = begin(content);
        String promise = crypt.promise(upload, 1, content);

        assertSourceFailed(() -> crypt.putPart(upload, 1, promise, content));
        assertThat(below.backdoor().unfinishedUploads()).isZero();
        assertThat(twice).isEmpty();
    }

    private Storage afterCrash() {
        return new CryptStorage(
                watched.storage(), Hex.SALTED, CryptOptions.STANDARD, CryptStorageTest.SCALAR, new Random(2));
    }

    @Test
    void uploadGoesOnAfterACrashWithThePromiseThatWasStored() {
        byte[] bytes = Hex.line(5 * BLOCK + 1, 3, 3);
        var content = BytesContent.of(bytes);
        Upload upload = begin(content);
        List<Part> parts = new ArrayList<>();
        parts.add(crypt.putPart(upload, 1, crypt.promise(upload, 1, content), content));
        String promise = crypt.promise(upload, 2, content);

        Storage later = afterCrash();
        assertThat(later.listParts(upload)).isEqualTo(parts);
        parts.add(later.putPart(upload, 2, promise, content));
        parts.add(later.putPart(upload, 3, later.promise(upload, 3, content), content));
        var file = later.finishUpload(upload, parts);

        assertThat(parts).extracting(Part::size).containsExactly(2L * BLOCK, 2L * BLOCK, BLOCK + 1L);
        assertThat(file.size()).isEqualTo(bytes.length);
        assertThat(read(later, ByteRange.ALL)).isEqualTo(bytes);
        assertThat(twice).isEmpty();
    }

    private static byte[] read(Storage storage, ByteRange range) {
        var file = (Entry.File) storage.stat(FILE).orElseThrow();
        try (var body = storage.read(file, range)) {
            return body.stream().readAllBytes();
        } catch (IOException failure) {
            throw StorageException.inStream(failure);
        }
    }

    @Test
    void sourceThatChangedUnderALyingFingerprintDoesNotGoOnAfterACrash() {
        var content = new ChangingContent(Hex.line(5 * BLOCK + 1, 3, 3), Integer.MAX_VALUE);
        Upload upload = begin(content);
        String promise = crypt.promise(upload, 2, content);
        crypt.putPart(upload, 2, promise, content);
        String fingerprint = content.fingerprint();
        content.change(2 * BLOCK + 7);

        assertThat(content.fingerprint()).isEqualTo(fingerprint);
        assertSourceFailed(() -> afterCrash().putPart(upload, 2, promise, content));
        assertThat(below.backdoor().unfinishedUploads()).isZero();
        assertThat(twice).isEmpty();
    }

    @Test
    void nothingIsEncryptedWithoutAPromise() {
        var content = BytesContent.of(Hex.line(BLOCK, 1, 1));
        Upload upload = begin(content);

        for (String none : List.of("", "1:", "1:abc", "2:" + "0".repeat(64))) {
            assertThatThrownBy(() -> crypt.putPart(upload, 1, none, content)).isInstanceOf(StorageException.class);
        }
        assertThat(left).isEmpty();
    }

    @Test
    void noHistoryOfCrashesAndChangesUsesANonceTwice() {
        for (int seed = 0; seed < 25; seed++) {
            play(new Random(seed));
            assertThat(twice).as("seed %s", seed).isEmpty();
        }
        assertThat(left).hasSizeGreaterThan(50);
    }

    /// One upload by parts, with crashes, repeated parts and a source that changes now and then.
    private void play(Random random) {
        var content = new ChangingContent(Hex.line(3 * BLOCK + 11, 3, random.nextInt(9)), Integer.MAX_VALUE);
        opens = 1 + random.nextInt(2);
        Storage now = afterCrashWith(random);
        Upload begun = now.beginUpload(FILE, content, WriteOptions.PLAIN);
        var upload = new Upload(begun.file(), begun.token(), new PartRules(3L * BLOCK + 11, BLOCK));
        Map<Integer, String> promises = new HashMap<>();
        for (int step = 0; step < 12; step++) {
            int number = 1 + random.nextInt(4);
            try {
                switch (random.nextInt(6)) {
                    case 0 -> content.change(random.nextInt(3 * BLOCK));
                    case 1 -> now = afterCrashWith(random);
                    default -> {
                        if (!promises.containsKey(number)) {
                            promises.put(number, now.promise(upload, number, content));
                        }
                        now.putPart(upload, number, promises.get(number), content);
                    }
                }
            } catch (StorageException over) {
                assertThat(over.kind()).isIn(ErrorKind.SOURCE_FAILED, ErrorKind.NOT_FOUND);
            }
        }
    }

    private Storage afterCrashWith(Random random) {
        return new CryptStorage(watched.storage(), Hex.SALTED, CryptOptions.STANDARD, CryptStorageTest.SCALAR, random);
    }
}
