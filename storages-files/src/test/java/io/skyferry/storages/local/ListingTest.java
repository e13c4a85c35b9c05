package io.skyferry.storages.local;

import static io.skyferry.storages.local.Place.keys;
import static io.skyferry.storages.local.Place.list;
import static io.skyferry.storages.local.Place.path;
import static io.skyferry.storages.local.Place.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.storage.ByteRange;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.KeyRange;
import io.skyferry.storage.ListPage;
import io.skyferry.storage.ListRequest;
import io.skyferry.storage.ListRequest.Depth;
import io.skyferry.storage.ListRequest.Descent;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.WriteOptions;
import io.skyferry.storages.local.disk.Disk;
import io.skyferry.storages.local.disk.DiskException;
import io.skyferry.storages.local.disk.DiskKind;
import io.skyferry.storages.local.disk.Fault;
import io.skyferry.storages.local.disk.MeddlingDisk;
import io.skyferry.testkit.BytesContent;
import io.skyferry.testkit.Failures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ListingTest {
    @TempDir
    Path temp;

    private Place place;

    @BeforeEach
    void make() {
        place = new Place(temp.resolve("root"));
    }

    @AfterEach
    void close() {
        place.close();
    }

    @ParameterizedTest
    @EnumSource
    void treeComesInTheOrderOfItsKeys(DiskKind kind) throws IOException {
        for (String file : List.of("a/x", "a-b", "a.b", "a0", "b/c/d", "b/c-", "\u00e9", "z\uD83D\uDE00", "z\uFFFD")) {
            place.file(file, "");
        }
        assertThat(keys(tree(place.storage(kind.disk()))))
                .containsExactly(
                        "a-b",
                        "a.b",
                        "a/",
                        "a/x",
                        "a0",
                        "b/",
                        "b/c-",
                        "b/c/",
                        "b/c/d",
                        "z\uFFFD",
                        "z\uD83D\uDE00",
                        "\u00e9");
    }

    private void makeMany(int directories, int files) throws IOException {
        for (int d = 0; d < directories; d++) {
            Path directory = place.directory("dir-%s/sub".formatted(d));
            for (int f = 0; f < files; f++) {
                Files.writeString(directory.resolve("file-%s".formatted(f)), "");
                Files.writeString(directory.resolveSibling("other-%s".formatted(f)), "");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void pageCanBeAskedForAgainAndByAnotherStorage(DiskKind kind) throws IOException {
        makeMany(3, 15);
        Storage storage = place.storage(kind.disk());
        List<String> whole = keys(tree(storage));
        assertThat(whole).hasSize(96).isSortedAccordingTo(RelPath::compareTexts);
        ListRequest request = ListRequest.tree(RelPath.ROOT);
        ListPage first = storage.list(request);
        String token = first.next().orElseThrow();
        ListPage second = storage.list(request.goOnAfter(token));
        assertThat(storage.list(request.goOnAfter(token)).entries()).isEqualTo(second.entries());
        List<String> elsewhere = new ArrayList<>(keys(first.entries()));
        elsewhere.addAll(keys(list(place.storage(kind.disk()), request.goOnAfter(token))));
        assertThat(elsewhere).isEqualTo(whole);
    }

    @Test
    void manyWalksThatWaitDoNotKeepOneFromGoingOn() throws IOException {
        makeMany(2, 9);
        Storage storage = place.storage(DiskKind.LINUX.disk());
        ListRequest request = ListRequest.tree(RelPath.ROOT);
        ListPage first = storage.list(request);
        for (int i = 0; i < 50; i++) {
            assertThat(storage.list(request).next()).isPresent();
        }
        List<Entry> rest = list(storage, request.goOnAfter(first.next().orElseThrow()));
        assertThat(first.entries().size() + rest.size()).isEqualTo(40);
    }

    @ParameterizedTest
    @EnumSource
    void rangeCutsByKey(DiskKind kind) throws IOException {
        for (String file : List.of("a", "b/1", "b/2", "b/c/3", "b-", "c", "d/e")) {
            place.file(file, "");
        }
        Storage storage = place.storage(kind.disk());
        assertThat(ranged(storage, "b/2", "c")).containsExactly("b/2", "b/c/", "b/c/3");
        assertThat(ranged(storage, "b/", "b/c/")).containsExactly("b/", "b/1", "b/2");
        assertThat(ranged(storage, "b/c/3", "d/e")).containsExactly("b/c/3", "c", "d/");
        assertThat(ranged(storage, "x", "y")).isEmpty();
    }

    private static List<String> ranged(Storage storage, String from, String to) {
        KeyRange range = new KeyRange(Optional.of(from), Optional.of(to));
        return keys(
                list(storage, new ListRequest(RelPath.ROOT, Depth.TREE, range, Optional.empty(), Descent.EVERYWHERE)));
    }

    @ParameterizedTest
    @EnumSource
    void directoriesThatNobodyWantsAreNotEntered(DiskKind kind) throws IOException {
        place.file("a/b/c", "");
        place.file("x/y", "");
        Storage storage = place.storage(kind.disk());
        ListRequest request = ListRequest.tree(RelPath.ROOT)
                .descending(directory -> !directory.text().equals("a/b"));
        assertThat(keys(list(storage, request))).containsExactly("a/", "a/b/", "x/", "x/y");
        assertThat(keys(list(storage, ListRequest.children(RelPath.ROOT)))).containsExactly("a/", "x/");
        assertThat(keys(list(storage, ListRequest.tree(path("a"))))).containsExactly("a/b/", "a/b/c");
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNotThereOrNoDirectoryIsSaidSo(DiskKind kind) throws IOException {
        Storage storage = place.storage(kind.disk());
        assertThatThrownBy(() -> tree(storage)).satisfies(Failures.ofKind(ErrorKind.NOT_FOUND));
        place.file("file", "");
        assertThatThrownBy(() -> list(storage, ListRequest.tree(path("file"))))
                .satisfies(Failures.ofKind(ErrorKind.NOT_A_DIRECTORY));
        assertThatThrownBy(() -> list(storage, ListRequest.tree(path("none"))))
                .satisfies(Failures.ofKind(ErrorKind.NOT_FOUND));
    }

    @Test
    void directoryThatCannotBeReadIsToldAndTheRestIsListed() throws IOException {
        place.file("a/1", "");
        place.file("b/2", "");
        place.file("c/3", "");
        Disk disk = MeddlingDisk.over(DiskKind.LINUX.disk(), (name, arguments) -> {
            if (name.equals("enter")
                    && arguments != null
                    && new String((byte[]) arguments[0], StandardCharsets.UTF_8).equals("b")) {
                throw new DiskException(Fault.FORBIDDEN, "Permission denied");
            }
            return null;
        });
        List<Entry> entries = tree(place.storage(disk));
        assertThat(keys(entries)).containsExactly("a/", "a/1", "b/", "b", "c/", "c/3");
        assertThat(entries.get(3)).isEqualTo(new Entry.Unlisted(path("b"), ErrorKind.FORBIDDEN, "Permission denied"));
    }

    @Test
    void directoryWhoseListingBreaksOffIsToldToo() throws IOException {
        place.file("a/1", "");
        AtomicInteger reads = new AtomicInteger();
        Disk disk = MeddlingDisk.over(DiskKind.LINUX.disk(), (name, arguments) -> {
            if (name.equals("read") && arguments != null && arguments.length == 1 && reads.incrementAndGet() == 2) {
                throw new DiskException(Fault.TROUBLE, "Input/output error");
            }
            return null;
        });
        assertThat(tree(place.storage(disk)))
                .hasSize(2)
                .last()
                .isEqualTo(new Entry.Unlisted(path("a"), ErrorKind.UNAVAILABLE, "Input/output error"));
    }

    @Test
    void fileThatVanishesBetweenNameAndLookIsLeftOut() throws IOException {
        place.file("a", "");
        place.file("b", "");
        place.file("c", "");
        Disk disk = MeddlingDisk.over(DiskKind.LINUX.disk(), (name, arguments) -> {
            if (name.equals("look") && arguments != null && arguments.length == 5) {
                Files.deleteIfExists(place.root().resolve("b"));
            }
            return null;
        });
        assertThat(keys(tree(place.storage(disk)))).containsExactly("a", "c");
    }

    @ParameterizedTest
    @EnumSource(names = {"LINUX", "LINUX_BY_SEGMENTS"})
    void treeDeeperThanPathsMayBeLongIsListedAndUsed(DiskKind kind) throws Exception {
        String segment = "segment-" + "x".repeat(90);
        try (Place deep = new Place(Files.createDirectories(temp.resolve("root")))) {
            Storage storage = deep.storage(kind.disk());
            String path = String.join("/", Collections.nCopies(120, segment)) + "/file";
            storage.write(path(path), BytesContent.of("deep"), WriteOptions.PLAIN);
            List<Entry> entries = tree(storage);
            assertThat(entries).hasSize(121);
            assertThat(entries.getLast().path()).isEqualTo(path(path));
            Entry.File file = Place.file(storage, path);
            try (var body = storage.read(file, ByteRange.ALL)) {
                assertThat(body.stream().readAllBytes()).asString().isEqualTo("deep");
            }
            storage.delete(file);
            for (Entry entry : entries.reversed()) {
                if (entry instanceof Entry.Directory directory) {
                    storage.removeDirectory(directory.path());
                }
            }
            assertThat(tree(storage)).isEmpty();
        }
    }

    @Test
    void walkGoesOnWhenDirectoriesFarAboveItWereClosed() throws IOException {
        StringBuilder path = new StringBuilder();
        List<String> expected = new ArrayList<>();
        for (int level = 0; level < 120; level++) {
            path.append(level == 0 ? "" : "/").append('d');
            place.file(path + "/zz", "");
            expected.add(path + "/");
        }
        for (int level = 120; level > 0; level--) {
            expected.add("d/".repeat(level) + "zz");
        }
        assertThat(keys(tree(place.storage(DiskKind.LINUX.disk())))).isEqualTo(expected);
    }

    @Test
    @Tag("slow")
    void oneDirectoryOfManyNamesTakesLittleMemory() throws IOException {
        int count = 50_000;
        Path directory = place.directory("many");
        try (var made = new Place(directory)) {
            for (int i = 0; i < count; i++) {
                Files.createFile(directory.resolve("some-longer-name-%s.dat".formatted(1_000_000 + i)));
            }
            Storage storage = made.storage(DiskKind.LINUX.disk());
            System.gc();
            long before = used();
            ListRequest request = ListRequest.tree(RelPath.ROOT);
            ListPage page = storage.list(request);
            page = new ListPage(List.of(), page.next());
            System.gc();
            assertThat(used() - before).as("heap that the walk holds").isLessThan(count * 60L);
            assertThat(list(storage, request.goOnAfter(page.next().orElseThrow())))
                    .hasSize(count - 7);
        }
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
