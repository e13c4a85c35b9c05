package io.skyferry.storages.local;

import static io.skyferry.storages.local.Place.file;
import static io.skyferry.storages.local.Place.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.hash.Hasher;
import io.skyferry.storage.Body;
import io.skyferry.storage.ByteRange;
import io.skyferry.storage.CancelledException;
import io.skyferry.storage.Content;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.HashType;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.WriteOptions;
import io.skyferry.storage.WriteOptions.Condition;
import io.skyferry.storages.local.disk.Disk;
import io.skyferry.storages.local.disk.DiskException;
import io.skyferry.storages.local.disk.DiskKind;
import io.skyferry.storages.local.disk.Fault;
import io.skyferry.storages.local.disk.MeddlingDisk;
import io.skyferry.storages.local.disk.Renaming;
import io.skyferry.testkit.BytesContent;
import io.skyferry.testkit.Failures;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WritingTest {
    @TempDir
    Path temp;

    private Place place;
    private Place other;

    @BeforeEach
    void make() throws IOException {
        place = new Place(Files.createDirectory(temp.resolve("root")));
        other = new Place(Files.createDirectory(temp.resolve("other")));
    }

    @AfterEach
    void close() {
        place.close();
        other.close();
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new SplittableRandom(size).nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @EnumSource
    void bytesOfThisMachineGoFromFileToFileAndAreHashedOnTheWay(DiskKind kind) throws IOException {
        for (int size : new int[] {0, 1, 4096, 262_144, 700_001}) {
            byte[] bytes = bytes(size);
            Files.write(other.root().resolve("source"), bytes);
            Storage source = other.storage(kind.disk());
            Entry.File seen = file(source, "source");
            Content unreadable = new NoStream(new OwnContent(source, seen));
            Entry.File made = place.storage(kind.disk()).write(path("a/" + size), unreadable, WriteOptions.PLAIN);
            assertThat(Files.readAllBytes(place.root().resolve("a/" + size))).isEqualTo(bytes);
            assertThat(made.hashes()).containsEntry(HashType.XXH128, Hasher.hex(HashType.XXH128, bytes));
        }
    }

    /// Tells where it comes from, and fails when its stream is opened.
    private record NoStream(Content inner) implements Content {
        @Override
        public OptionalLong size() {
            return inner.size();
        }

        @Override
        public InputStream open(long offset, long length) throws IOException {
            throw new IOException("The stream was not needed");
        }

        @Override
        public String fingerprint() {
            return inner.fingerprint();
        }

        @Override
        public Optional<Origin> origin() {
            return inner.origin();
        }
    }

    @ParameterizedTest
    @EnumSource
    void sourceThatIsNotWhatWasSeenIsNeverStored(DiskKind kind) throws IOException {
        Files.write(other.root().resolve("source"), bytes(1000));
        Storage source = other.storage(kind.disk());
        Entry.File seen = file(source, "source");
        Files.write(other.root().resolve("source"), bytes(1001));
        Storage target = place.storage(kind.disk());
        assertThatThrownBy(() -> target.write(path("copy"), new OwnContent(source, seen), WriteOptions.PLAIN))
                .satisfies(Failures.ofKind(ErrorKind.SOURCE_FAILED));
        assertThat(place.everything()).isEmpty();
    }

    /// The file is edited, and its size and time put back, between two reads of one copy.
    @Test
    void sourceThatChangesUnderTheCopyIsNeverStored() throws IOException {
        Path edited = other.root().resolve("source");
        Files.write(edited, bytes(600_000));
        AtomicInteger reads = new AtomicInteger();
        Disk disk = MeddlingDisk.over(DiskKind.LINUX.disk(), (name, arguments) -> {
            if (name.equals("read") && arguments != null && arguments.length == 3 && reads.incrementAndGet() == 2) {
                var time = Files.getLastModifiedTime(edited);
                try (RandomAccessFile file = new RandomAccessFile(edited.toFile(), "rw")) {
                    file.write(1);
                }
                Files.setLastModifiedTime(edited, time);
            }
            return null;
        });
        Storage source = other.storage(disk);
        Entry.File seen = file(source, "source");
        Storage target = place.storage(disk);
        assertThatThrownBy(() -> target.write(path("copy"), new OwnContent(source, seen), WriteOptions.PLAIN))
                .satisfies(Failures.ofKind(ErrorKind.SOURCE_FAILED));
        assertThat(place.everything()).isEmpty();
    }

    @Test
    void bodyVouchesForItsEnd() throws IOException {
        Path edited = other.root().resolve("source");
        Files.write(edited, bytes(600_000));
        Storage source = other.storage(DiskKind.LINUX.disk());
        try (Body body = source.read(file(source, "source"), ByteRange.ALL)) {
            InputStream stream = body.stream();
            assertThat(stream.readNBytes(300_000)).hasSize(300_000);
            Files.write(edited, bytes(700_000));
            assertThatThrownBy(stream::readAllBytes)
                    .isInstanceOf(IOException.class)
                    .cause()
                    .satisfies(Failures.ofKind(ErrorKind.PRECONDITION_FAILED));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LINUX", "LINUX_BY_SEGMENTS"})
    void holesStayHoles(DiskKind kind) throws IOException {
        byte[] expected = new byte[9_000_000];
        System.arraycopy(bytes(70_000), 0, expected, 3_000_000, 70_000);
        expected[8_500_000] = 1;
        try (RandomAccessFile file =
                new RandomAccessFile(other.root().resolve("sparse").toFile(), "rw")) {
            file.seek(3_000_000);
            file.write(expected, 3_000_000, 70_000);
            file.seek(8_500_000);
            file.write(1);
            file.setLength(expected.length);
        }
        Storage source = other.storage(kind.disk());
        Entry.File seen = file(source, "sparse");
        Entry.File made =
                place.storage(kind.disk()).write(path("copy"), new OwnContent(source, seen), WriteOptions.PLAIN);
        Path copy = place.root().resolve("copy");
        assertThat(Arrays.equals(Files.readAllBytes(copy), expected)).isTrue();
        assertThat(made.hashes().get(HashType.XXH128)).isEqualTo(Hasher.hex(HashType.XXH128, expected));
        assertThat(blocks(copy)).as("room that the copy takes").isLessThan(1_000_000L);
    }

    /// Under a limit of bandwidth bytes come as a stream, which tells nothing of holes.
    @ParameterizedTest
    @EnumSource(names = {"LINUX", "LINUX_BY_SEGMENTS"})
    void zerosOfAStreamBecomeHoles(DiskKind kind) throws IOException {
        byte[] expected = new byte[9_000_000];
        System.arraycopy(bytes(70_000), 0, expected, 3_000_000, 70_000);

        Entry.File made = place.storage(kind.disk()).write(path("copy"), BytesContent.of(expected), WriteOptions.PLAIN);

        Path copy = place.root().resolve("copy");
        assertThat(made.size()).isEqualTo(expected.length);
        assertThat(Arrays.equals(Files.readAllBytes(copy), expected)).isTrue();
        assertThat(made.hashes().get(HashType.XXH128)).isEqualTo(Hasher.hex(HashType.XXH128, expected));
        assertThat(blocks(copy)).as("room that the copy takes").isLessThan(1_000_000L);
    }

    private static long blocks(Path file) throws IOException {
        Process stat = new ProcessBuilder("stat", "-c", "%b", file.toString()).start();
        String text = new String(stat.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        return Long.parseLong(text.strip()) * 512;
    }

    @ParameterizedTest
    @EnumSource
    void permissionsAreLeftAlone(DiskKind kind) throws IOException {
        Path old = place.file("old", "old");
        Storage storage = place.storage(kind.disk());
        for (String bits : new String[] {"rw-------", "rwxr-x---", "rw-rw-rw-"}) {
            Files.setPosixFilePermissions(old, PosixFilePermissions.fromString(bits));
            storage.write(path("old"), BytesContent.of("new"), WriteOptions.PLAIN);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(old)))
                    .isEqualTo(bits);
            Condition seen =
                    new Condition.Matches(file(storage, "old").version().orElseThrow());
            storage.write(path("old"), BytesContent.of("newer"), WriteOptions.PLAIN.under(seen));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(old)))
                    .isEqualTo(bits);
        }
        Path usual = place.file("usual", "");
        storage.write(path("new"), BytesContent.of("new"), WriteOptions.PLAIN);
        assertThat(Files.getPosixFilePermissions(place.root().resolve("new")))
                .isEqualTo(Files.getPosixFilePermissions(usual));
    }

    @ParameterizedTest
    @EnumSource
    void setIdBitsAreNeverTakenOver(DiskKind kind) throws Exception {
        Path old = place.file("old", "old");
        assertThat(new ProcessBuilder("chmod", "6755", old.toString()).start().waitFor())
                .isZero();
        place.storage(kind.disk()).write(path("old"), BytesContent.of("new"), WriteOptions.PLAIN);
        assertThat((int) Files.getAttribute(old, "unix:mode") & 07777).isEqualTo(0755);
    }

    /// What replaces a private file must not be readable by others while it is on its way.
    @Test
    void replacementOfAPrivateFileIsPrivateFromItsFirstByte() throws IOException {
        Path old = place.file("old", "secret");
        Files.setPosixFilePermissions(old, PosixFilePermissions.fromString("rw-------"));
        Disk disk = MeddlingDisk.over(DiskKind.LINUX.disk(), (name, arguments) -> {
            if (name.equals("write")) {
                for (String file : place.everything()) {
                    assertThat(PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(place.root().resolve(file))))
                            .isEqualTo("rw-------");
                }
            }
            return null;
        });
        place.storage(disk).write(path("old"), BytesContent.of("new secret"), WriteOptions.PLAIN);
        assertThat(place.text("old")).isEqualTo("new secret");
    }

    /// Somebody replaces the file at the very last moment: theirs is not lost, whatever the file system can do.
    @ParameterizedTest
    @ValueSource(strings = {"EXCHANGE", "REPLACE"})
    void intruderOfTheLastMomentIsNotLost(String step) throws IOException {
        place.file("file", "seen");
        Path intruder = other.file("intruder", "intruder");
        AtomicInteger times = new AtomicInteger();
        Disk disk = MeddlingDisk.over(DiskKind.LINUX.disk(), (name, arguments) -> {
            if (name.equals("rename") && arguments != null) {
                Renaming how = (Renaming) arguments[3];
                if (step.equals("REPLACE") && how == Renaming.EXCHANGE) {
                    if (times.incrementAndGet() == 1) {
                        Files.move(intruder, place.root().resolve("file"), StandardCopyOption.REPLACE_EXISTING);
                    }
                    throw new DiskException(Fault.UNSUPPORTED, "Cannot exchange");
                }
                if (how == Renaming.EXCHANGE && times.incrementAndGet() == 1) {
                    Files.move(intruder, place.root().resolve("file"), StandardCopyOption.REPLACE_EXISTING);
                }
            }
            return null;
        });
        Storage storage = place.storage(disk);
        Condition seen = new Condition.Matches(file(storage, "file").version().orElseThrow());
        assertThatThrownBy(() -> storage.write(path("file"), BytesContent.of("ours"), WriteOptions.PLAIN.under(seen)))
                .satisfies(Failures.ofKind(ErrorKind.PRECONDITION_FAILED));
        assertThat(place.text("file")).isEqualTo("intruder");
        assertThat(place.everything()).containsExactly("file");
    }

    /// A second intruder comes while the first one is put back.
    @Test
    void secondIntruderIsNotLostEither() throws IOException {
        place.file("file", "seen");
        AtomicInteger times = new AtomicInteger();
        Disk disk = MeddlingDisk.over(DiskKind.LINUX.disk(), (name, arguments) -> {
            if (name.equals("rename") && arguments != null && arguments[3] == Renaming.EXCHANGE) {
                int time = times.incrementAndGet();
                if (time <= 2) {
                    Path intruder = other.file("intruder", "intruder " + time);
                    Files.move(intruder, place.root().resolve("file"), StandardCopyOption.REPLACE_EXISTING);
                }
            }
            return null;
        });
        Storage storage = place.storage(disk);
        Condition seen = new Condition.Matches(file(storage, "file").version().orElseThrow());
        assertThatThrownBy(() -> storage.write(path("file"), BytesContent.of("ours"), WriteOptions.PLAIN.under(seen)))
                .satisfies(Failures.ofKind(ErrorKind.PRECONDITION_FAILED));
        assertThat(place.text("file")).isEqualTo("intruder 2");
        assertThat(place.everything()).containsExactly("file");
    }

    @ParameterizedTest
    @EnumSource
    void directoryThatWasReplacedMeanwhileIsWrittenToWhereItStandsNow(DiskKind kind) throws IOException {
        Storage storage = place.storage(kind.disk());
        WriteOptions absent = WriteOptions.PLAIN.under(new Condition.Absent());
        storage.write(path("d/one"), BytesContent.of("1"), absent);
        Files.move(place.root().resolve("d"), place.root().resolve("moved"));
        place.directory("d");
        try {
            storage.write(path("d/two"), BytesContent.of("2"), absent);
        } catch (StorageException moved) {
            assertThat(moved.kind()).isEqualTo(ErrorKind.UNAVAILABLE);
            storage.write(path("d/two"), BytesContent.of("2"), absent);
        }
        assertThat(place.text("d/two")).isEqualTo("2");
    }

    @ParameterizedTest
    @EnumSource
    void directoryThatWasRemovedMeanwhileIsMadeAgain(DiskKind kind) throws IOException {
        Storage storage = place.storage(kind.disk());
        storage.write(path("d/e/one"), BytesContent.of("1"), WriteOptions.PLAIN);
        Files.delete(place.root().resolve("d/e/one"));
        Files.delete(place.root().resolve("d/e"));
        storage.write(path("d/e/two"), BytesContent.of("2"), WriteOptions.PLAIN);
        assertThat(place.everything()).containsExactly("d", "d/e", "d/e/two");
    }

    @ParameterizedTest
    @EnumSource
    void copyThatIsInterruptedLeavesNothing(DiskKind kind) throws IOException {
        Files.write(other.root().resolve("source"), bytes(3_000_000));
        Storage source = other.storage(kind.disk());
        Entry.File seen = file(source, "source");
        Storage target = place.storage(kind.disk());
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> target.write(path("copy"), new OwnContent(source, seen), WriteOptions.PLAIN))
                    .isInstanceOf(CancelledException.class);
        } finally {
            assertThat(Thread.interrupted()).as("the flag stays").isTrue();
        }
        assertThat(place.everything()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void rootIsMadeByTheFirstWrite(DiskKind kind) throws IOException {
        try (Place deep = new Place(temp.resolve("not/there/yet"))) {
            Storage storage = deep.storage(kind.disk());
            assertThat(storage.stat(path("file"))).isEmpty();
            assertThat(storage.identity().root()).endsWith("/not/there/yet");
            assertThat(storage.capabilities().names().caseSensitive()).isTrue();
            assertThat(storage.quota().free()).isPresent();
            storage.flush();
            assertThat(temp.resolve("not")).doesNotExist();
            storage.write(path("file"), BytesContent.of("x"), WriteOptions.PLAIN);
            assertThat(deep.everything()).containsExactly("file");
        }
    }

    @ParameterizedTest
    @EnumSource
    void specialFilesAreToldAndLeftAlone(DiskKind kind) throws Exception {
        Path pipe = place.root().resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Storage storage = place.storage(kind.disk());
        Entry.Special special = new Entry.Special(path("pipe"), Entry.SpecialKind.PIPE);
        assertThat(Place.tree(storage)).containsExactly(special);
        assertThat(storage.stat(path("pipe"))).contains(special);
        assertThatThrownBy(() -> storage.write(path("pipe"), BytesContent.of("x"), WriteOptions.PLAIN))
                .satisfies(Failures.ofKind(ErrorKind.NOT_A_FILE));
        other.file("pipe", "x");
        Entry.File wrong = file(other.storage(kind.disk()), "pipe");
        assertThatThrownBy(() -> storage.read(wrong, ByteRange.ALL).close())
                .satisfies(Failures.ofKind(ErrorKind.PRECONDITION_FAILED));
    }
}
