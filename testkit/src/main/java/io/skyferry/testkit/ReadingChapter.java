package io.skyferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.skyferry.storage.Body;
import io.skyferry.storage.ByteRange;
import io.skyferry.storage.Capabilities.Undo;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.Verb;
import io.skyferry.storage.WriteOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Of the contract: what was written is read, and nothing else.
abstract class ReadingChapter extends ContractChapter {
    ReadingChapter(ContractPlace place) {
        super(place);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 63, 8191, 8192, 65_536, 65_537, 300_000})
    void whatWasWrittenIsRead(int size) {
        byte[] written = bytes(size, size);
        Entry.File file = write("folder/file", BytesContent.of(written), WriteOptions.PLAIN);
        assertThat(digest(read(file, ByteRange.ALL))).isEqualTo(digest(written));
        assertHolds("folder/file", written);
    }

    @Test
    void rangeGivesItsBytesOnly() {
        byte[] written = bytes(20_000, 1);
        Entry.File file = write("file", BytesContent.of(written), WriteOptions.PLAIN);
        long[][] ranges = {{0, 1}, {0, 20_000}, {1, 5}, {7_999, 8_193}, {19_999, 1}, {19_990, 100}, {5, 0}, {20_000, 5}
        };
        for (long[] range : ranges) {
            byte[] wanted =
                    Arrays.copyOfRange(written, (int) range[0], (int) Math.min(written.length, range[0] + range[1]));
            assertThat(digest(read(file, new ByteRange(range[0], range[1]))))
                    .as("range %s+%s", range[0], range[1])
                    .isEqualTo(digest(wanted));
        }
        assertThat(digest(read(file, new ByteRange(12_345, ByteRange.TO_END))))
                .isEqualTo(digest(Arrays.copyOfRange(written, 12_345, 20_000)));
    }

    @Test
    void bodyTellsWhichFileItIs() {
        Entry.File file = write("file", "content");
        try (Body body = storage().read(file, ByteRange.ALL)) {
            assertThat(body.file().path()).isEqualTo(path("file"));
            assertThat(body.file().size()).isEqualTo(7);
            assertThat(body.file().version()).isEqualTo(file.version());
        }
    }

    @Test
    void singleBytesAreReadAsWellAsMany() throws IOException {
        Entry.File file = write("file", BytesContent.of(new byte[] {0, (byte) 0xFF, 127}), WriteOptions.PLAIN);
        try (Body body = storage().read(file, ByteRange.ALL)) {
            assertThat(new int[] {
                        body.stream().read(),
                        body.stream().read(),
                        body.stream().read(),
                        body.stream().read()
                    })
                    .containsExactly(0, 255, 127, -1);
        }
    }

    @Test
    void bodyMayBeLeftInTheMiddle() throws IOException {
        Entry.File file = write("file", BytesContent.of(bytes(100_000, 2)), WriteOptions.PLAIN);
        for (int i = 0; i < 20; i++) {
            try (Body body = storage().read(file, ByteRange.ALL)) {
                assertThat(body.stream().read()).isNotNegative();
            }
        }
        assertThat(read(file, ByteRange.ALL)).hasSize(100_000);
    }

    @Test
    void readingWhatIsGoneFails() {
        Entry.File file = write("file", "content");
        storage().delete(file);
        assertFails(
                Verb.READ, "file", () -> read(file, ByteRange.ALL), ErrorKind.NOT_FOUND, ErrorKind.PRECONDITION_FAILED);
    }

    @Test
    void anotherVersionIsNotReadForTheOneSeen() {
        Entry.File seen = write("file", "what was seen");
        write("file", "something longer that came later");
        if (storage().capabilities().undo() == Undo.VERSIONS) {
            assertThat(catchThrowable(() -> assertThat(read(seen, ByteRange.ALL))
                            .isEqualTo("what was seen".getBytes(StandardCharsets.UTF_8))))
                    .isNotInstanceOf(AssertionError.class);
        } else {
            assertFails(Verb.READ, "file", () -> read(seen, ByteRange.ALL), ErrorKind.PRECONDITION_FAILED);
        }
    }

    @Test
    void fileThatChangesWhileItIsReadIsNeverMixed() throws IOException {
        byte[] before = bytes(400_000, 3);
        Entry.File seen = write("file", BytesContent.of(before), WriteOptions.PLAIN);
        byte[] got;
        try (Body body = storage().read(seen, ByteRange.ALL)) {
            byte[] start = body.stream().readNBytes(1000);
            write("file", BytesContent.of(bytes(300_000, 4)), WriteOptions.PLAIN);
            byte[] rest = body.stream().readAllBytes();
            got = Arrays.copyOf(start, start.length + rest.length);
            System.arraycopy(rest, 0, got, start.length, rest.length);
        } catch (IOException broken) {
            assertThat(StorageException.inStream(broken).kind()).isEqualTo(ErrorKind.PRECONDITION_FAILED);
            assertThat(StorageException.inStream(broken).where().path()).isEqualTo(path("file"));
            return;
        }
        assertThat(digest(got)).isEqualTo(digest(before));
    }

    @Test
    void fileThatGoesWhileItIsReadDoesNotEndEarly() throws IOException {
        byte[] before = bytes(400_000, 5);
        Entry.File seen = write("file", BytesContent.of(before), WriteOptions.PLAIN);
        try (Body body = storage().read(seen, ByteRange.ALL)) {
            assertThat(body.stream().read()).isEqualTo(before[0] & 0xFF);
            storage().delete(file("file"));
            assertThat(body.stream().readAllBytes()).hasSize(before.length - 1);
        } catch (IOException broken) {
            assertThat(StorageException.inStream(broken).kind())
                    .isIn(ErrorKind.NOT_FOUND, ErrorKind.PRECONDITION_FAILED);
        }
    }

    @Test
    void statOfNothingIsEmpty() {
        assertThat(storage().stat(path("nothing"))).isEmpty();
        assertThat(storage().stat(path("no/such/thing"))).isEmpty();
        write("file", "content");
        assertThat(storage().stat(path("file/below"))).isEmpty();
    }

    @Test
    void statOfTheRootIsADirectory() {
        write("file", "content");
        assertThat(storage().stat(RelPath.ROOT)).get().isInstanceOf(Entry.Directory.class);
    }

    @Test
    void hashesAreThoseOfTheBytes() {
        byte[] written = bytes(10_000, 6);
        write("file", BytesContent.of(written), WriteOptions.PLAIN);
        Entry.File file = file("file");
        assertThat(file.hashes().keySet()).containsAll(storage().capabilities().hashes());
        file.hashes().forEach((type, hash) -> assertThat(hash).isEqualTo(MemoryFile.hash(type, written)));
    }

    @Test
    void undeclaredVerbsAreRefused() {
        EnumSet<Verb> undeclared = EnumSet.allOf(Verb.class);
        undeclared.removeAll(storage().capabilities().verbs());
        undeclared.forEach(verb -> VerbProbe.assertRefused(storage(), verb));
    }
}
