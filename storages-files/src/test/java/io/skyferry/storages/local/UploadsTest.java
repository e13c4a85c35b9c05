package io.skyferry.storages.local;

import static io.skyferry.storages.local.Place.file;
import static io.skyferry.storages.local.Place.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.hash.Hasher;
import io.skyferry.storage.Content;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.HashType;
import io.skyferry.storage.Part;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.Upload;
import io.skyferry.storage.WriteOptions;
import io.skyferry.storage.WriteOptions.Condition;
import io.skyferry.storages.local.disk.Disk;
import io.skyferry.storages.local.disk.DiskKind;
import io.skyferry.storages.local.disk.Fault;
import io.skyferry.storages.local.disk.MeddlingDisk;
import io.skyferry.testkit.BytesContent;
import io.skyferry.testkit.Failures;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Large files in parts: what arrived is told from what did not, whatever a crash left.
class UploadsTest {
    private static final WriteOptions OPTIONS =
            WriteOptions.PLAIN.ownedBy("me").at(Instant.parse("2021-02-03T04:05:06.000000007Z"));

    @TempDir
    Path temp;

    private Place place;
    private final byte[] bytes = new byte[3_500_000];

    @BeforeEach
    void make() throws IOException {
        place = new Place(Files.createDirectory(temp.resolve("root")));
        new SplittableRandom(1).nextBytes(bytes);
    }

    @AfterEach
    void close() {
        place.close();
    }

    private static List<Part> put(Storage storage, Upload upload, Content content, int from, int to) {
        List<Part> parts = new ArrayList<>();
        for (int number = from; number <= to; number++) {
            parts.add(storage.putPart(upload, number, "", content));
        }
        return parts;
    }

    private Path unfinished() throws IOException {
        try (Stream<Path> files = Files.list(place.root())) {
            return files.filter(file -> file.getFileName().toString().endsWith(".partial"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @ParameterizedTest
    @EnumSource
    void otherProcessGoesOnWithWhatArrived(DiskKind kind) throws IOException {
        Content content = BytesContent.of(bytes);
        Storage first = place.storage(kind.disk());
        Upload upload = first.beginUpload(path("large"), content, OPTIONS);
        assertThat(upload.rules().count()).isEqualTo(4);
        List<Part> sent = put(first, upload, content, 1, 2);
        Storage second = place.storage(kind.disk());
        assertThat(second.listParts(upload)).isEqualTo(sent);
        List<Part> all = new ArrayList<>(sent);
        all.addAll(put(second, upload, content, 3, 4));
        Entry.File made = second.finishUpload(upload, all);
        assertThat(made).isEqualTo(file(second, "large"));
        assertThat(made.modTime().known()).isEqualTo(OPTIONS.modTime());
        assertThat(Files.readAllBytes(place.root().resolve("large"))).isEqualTo(bytes);
        assertThat(second.finishUpload(upload, all)).isEqualTo(made);
        assertThat(place.everything()).containsExactly("large");
    }

    private Entry.File store(HashType type, String hash) {
        Content content = BytesContent.of(bytes);
        Storage first = place.storage(DiskKind.LINUX.disk());
        Upload upload = first.beginUpload(path("large"), content, OPTIONS.of(Map.of(type, hash)));
        List<Part> sent = put(first, upload, content, 1, 4);
        return place.storage(DiskKind.LINUX.disk()).finishUpload(upload, sent);
    }

    @ParameterizedTest
    @EnumSource
    void wholeFileIsWhatTheSourceSaysOfIt(HashType type) throws IOException {
        store(type, Hasher.hex(type, bytes));

        assertThat(Files.readAllBytes(place.root().resolve("large"))).isEqualTo(bytes);
    }

    @ParameterizedTest
    @EnumSource
    void wholeFileThatTheSourceSaysOtherwiseOfDoesNotAppear(HashType type) throws IOException {
        assertThatThrownBy(() -> store(type, Hasher.hex(type, new byte[1])))
                .hasMessageContaining(Hasher.hex(type, bytes))
                .satisfies(Failures.ofKind(ErrorKind.CORRUPT));

        assertThat(place.root().resolve("large")).doesNotExist();
    }

    @Test
    void tokenThatNamesNoHashesIsUnderstood() throws IOException {
        Content content = BytesContent.of(bytes);
        Storage storage = place.storage(DiskKind.LINUX.disk());
        Upload upload = storage.beginUpload(path("large"), content, OPTIONS);
        String older = upload.token().substring(0, upload.token().lastIndexOf('|'));
        var left = new Upload(upload.file(), older, upload.rules());

        storage.finishUpload(left, put(storage, left, content, 1, 4));

        assertThat(Files.readAllBytes(place.root().resolve("large"))).isEqualTo(bytes);
    }

    @ParameterizedTest
    @EnumSource
    void partThatACrashToreDoesNotCount(DiskKind kind) throws IOException {
        Content content = BytesContent.of(bytes);
        Storage first = place.storage(kind.disk());
        Upload upload = first.beginUpload(path("large"), content, OPTIONS);
        List<Part> sent = put(first, upload, content, 1, 4);
        try (RandomAccessFile file = new RandomAccessFile(unfinished().toFile(), "rw")) {
            file.seek(1_500_000);
            file.write(new byte[10_000]);
        }
        Storage second = place.storage(kind.disk());
        assertThat(second.listParts(upload)).extracting(Part::number).containsExactly(1, 3, 4);
        assertThatThrownBy(() -> place.storage(kind.disk()).finishUpload(upload, sent))
                .isInstanceOf(StorageException.class);
        assertThat(Files.exists(place.root().resolve("large"))).isFalse();
        List<Part> mended = new ArrayList<>(second.listParts(upload));
        mended.addAll(put(second, upload, content, 2, 2));
        second.finishUpload(upload, mended);
        assertThat(Files.readAllBytes(place.root().resolve("large"))).isEqualTo(bytes);
    }

    @ParameterizedTest
    @EnumSource
    void unfinishedFileIsAToldLeftoverAndCanBeDropped(DiskKind kind) {
        Storage storage = place.storage(kind.disk());
        Content content = BytesContent.of(bytes);
        Upload upload = storage.beginUpload(path("large"), content, OPTIONS);
        storage.beginUpload(path("other"), content, OPTIONS.ownedBy("you"));
        assertThat(Place.tree(storage))
                .extracting(entry -> ((Entry.Leftover) entry).owner())
                .containsExactlyInAnyOrder("me", "you");
        assertThat(storage.listUploads(path("large"))).hasSize(1);
        assertThat(storage.listUploads(path("none/large"))).isEmpty();
        storage.listUploads(path("other")).forEach(storage::abandonPending);
        storage.abandonUpload(upload);
        storage.abandonUpload(upload);
        assertThat(Place.tree(storage)).isEmpty();
        assertThatThrownBy(() -> storage.putPart(upload, 1, "", content))
                .satisfies(Failures.ofKind(ErrorKind.NOT_FOUND));
    }

    @Test
    void diskThatIsTooSmallSaysSoBeforeTheFirstByte() throws IOException {
        Storage storage = place.storage(MeddlingDisk.failing(DiskKind.LINUX.disk(), "space", Fault.NO_SPACE));
        assertThatThrownBy(() -> storage.beginUpload(path("large"), BytesContent.of(bytes), OPTIONS))
                .satisfies(Failures.ofKind(ErrorKind.QUOTA_EXCEEDED));
        assertThat(place.everything()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void conditionHoldsAtTheEndAndTheUploadStays(DiskKind kind) throws IOException {
        place.file("large", "seen");
        Storage storage = place.storage(kind.disk());
        Content content = BytesContent.of(bytes);
        Condition seen = new Condition.Matches(file(storage, "large").version().orElseThrow());
        Upload upload = storage.beginUpload(path("large"), content, OPTIONS.under(seen));
        List<Part> parts = put(storage, upload, content, 1, 4);
        place.file("large", "edited");
        assertThatThrownBy(() -> storage.finishUpload(upload, parts))
                .satisfies(Failures.ofKind(ErrorKind.PRECONDITION_FAILED));
        assertThat(place.text("large")).isEqualTo("edited");
        storage.abandonUpload(upload);
        assertThat(place.everything()).containsExactly("large");
    }

    /// Where blocks can be shared, one part stands for the whole, and no byte is copied.
    @Test
    void sharedBlocksMakeTheWholeAtOnce() throws IOException {
        Path source = temp.resolve("other");
        Files.createDirectory(source);
        Files.write(source.resolve("large"), bytes);
        Disk disk = MeddlingDisk.over(DiskKind.LINUX.disk(), (name, arguments) -> {
            if (name.equals("cloneOf")) {
                Files.write(unfinished(), bytes);
                return true;
            }
            if (name.equals("write")) {
                throw new IllegalStateException("Bytes were copied");
            }
            return null;
        });
        try (Place other = new Place(source)) {
            Storage from = other.storage(disk);
            Storage into = place.storage(disk);
            Content content = new OwnContent(from, file(from, "large"));
            Upload upload = into.beginUpload(path("large"), content, OPTIONS);
            assertThat(upload.rules().count()).isEqualTo(1);
            List<Part> parts = put(into, upload, content, 1, 1);
            assertThat(into.listParts(upload)).isEqualTo(parts);
            Entry.File made = into.finishUpload(upload, parts);
            assertThat(made.hashes()).isEmpty();
            assertThat(into.finishUpload(upload, parts)).isEqualTo(made);
            assertThat(into.write(path("second"), content, OPTIONS).hashes()).isEmpty();
            for (String file : List.of("large", "second")) {
                assertThat(Arrays.equals(Files.readAllBytes(place.root().resolve(file)), bytes))
                        .isTrue();
            }
        }
    }

    @Test
    void holesOfALargeFileStayHolesAndAreZerosWhateverStoodThere() throws IOException {
        Path source = Files.createDirectory(temp.resolve("other"));
        try (RandomAccessFile file =
                new RandomAccessFile(source.resolve("sparse").toFile(), "rw")) {
            file.seek(2_000_000);
            file.write(bytes, 0, 100_000);
            file.setLength(6_000_000);
        }
        byte[] expected = Files.readAllBytes(source.resolve("sparse"));
        try (Place other = new Place(source)) {
            Storage from = other.storage(DiskKind.LINUX.disk());
            Storage into = place.storage(DiskKind.LINUX.disk());
            Content content = new OwnContent(from, file(from, "sparse"));
            Upload upload = into.beginUpload(path("sparse"), content, OPTIONS);
            try (RandomAccessFile file = new RandomAccessFile(unfinished().toFile(), "rw")) {
                file.write(bytes);
            }
            List<Part> parts = put(into, upload, content, 1, upload.rules().count());
            into.finishUpload(upload, parts);
            assertThat(Arrays.equals(Files.readAllBytes(place.root().resolve("sparse")), expected))
                    .isTrue();
            assertThat(parts.getFirst().tag()).isEqualTo(Hasher.hex(HashType.XXH128, Arrays.copyOf(expected, 1 << 20)));
        }
    }

    @Test
    void partsOfVeryLargeFilesStayFew() {
        for (long size : new long[] {0, 1, 1 << 20, 256L << 20, 2L << 30, 1L << 40, 1L << 50}) {
            long part = LocalUploads.partBytes(size);
            assertThat(part % LocalUploads.LEAST_PART).isZero();
            assertThat(Math.ceilDiv(size, part)).isLessThanOrEqualTo(2_000);
        }
        assertThat(LocalUploads.partBytes(2L << 30)).isEqualTo(64L << 20);
    }

    @Test
    void moveOfAnUnfinishedFileByHandDoesNoHarm() throws IOException {
        Storage storage = place.storage(DiskKind.LINUX.disk());
        Content content = BytesContent.of(bytes);
        Upload upload = storage.beginUpload(path("large"), content, OPTIONS);
        List<Part> parts = put(storage, upload, content, 1, 4);
        Files.move(unfinished(), temp.resolve("away"), StandardCopyOption.ATOMIC_MOVE);
        assertThatThrownBy(() -> storage.finishUpload(upload, parts)).satisfies(Failures.ofKind(ErrorKind.NOT_FOUND));
    }
}
