package io.skyferry.storages.local;

import static io.skyferry.storages.local.Place.file;
import static io.skyferry.storages.local.Place.keys;
import static io.skyferry.storages.local.Place.path;
import static io.skyferry.storages.local.Place.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.storage.Body;
import io.skyferry.storage.ByteRange;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.WriteOptions;
import io.skyferry.storage.WriteOptions.Condition;
import io.skyferry.storages.local.disk.DiskKind;
import io.skyferry.testkit.BytesContent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Links that a hostile source or another user puts in the way lead no write out of the root.
class SymbolicLinksTest {
    @TempDir
    Path temp;

    private Place place;
    private Place outside;

    @BeforeEach
    void make() throws IOException {
        place = new Place(Files.createDirectory(temp.resolve("root")));
        outside = new Place(Files.createDirectory(temp.resolve("outside")));
        outside.file("precious", "precious");
    }

    @AfterEach
    void close() {
        place.close();
        outside.close();
    }

    private static void refused(ThrowingCallable call, ErrorKind... kinds) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StorageException.class,
                        failure -> assertThat(failure.kind()).isIn((Object[]) kinds));
    }

    @ParameterizedTest
    @EnumSource
    void noVerbGoesThroughALinkInTheWay(DiskKind kind) throws IOException {
        for (String mode : List.of("skip", "follow", "text")) {
            place.link("way-" + mode, outside.root().toString());
            String below = "way-" + mode + "/precious";
            Storage storage = place.storage(kind.disk(), "links", mode);
            Entry.File there = file(storage(kind, outside), "precious").at(path(below));
            BytesContent evil = BytesContent.of("evil");
            refused(() -> storage.write(path(below), evil, WriteOptions.PLAIN), ErrorKind.NOT_A_DIRECTORY);
            refused(
                    () -> storage.write(path("way-" + mode + "/new/file"), evil, WriteOptions.PLAIN),
                    ErrorKind.NOT_A_DIRECTORY);
            refused(() -> storage.makeDirectory(path("way-" + mode + "/new")), ErrorKind.NOT_A_DIRECTORY);
            refused(() -> storage.beginUpload(path(below), evil, WriteOptions.PLAIN), ErrorKind.NOT_A_DIRECTORY);
            quietly(() -> storage.delete(there));
            quietly(() -> storage.move(there, path("stolen")));
            quietly(() -> storage.setModTime(there, Instant.EPOCH));
            quietly(() -> storage.removeDirectory(path("way-" + mode)));
            assertThat(outside.everything()).containsExactly("precious");
            assertThat(outside.text("precious")).isEqualTo("precious");
            assertThat(Files.getLastModifiedTime(outside.root().resolve("precious"))
                            .toInstant())
                    .isNotEqualTo(Instant.EPOCH);
            assertThat(Files.isSymbolicLink(place.root().resolve("way-" + mode)))
                    .isTrue();
        }
    }

    private static Storage storage(DiskKind kind, Place where) {
        return where.storage(kind.disk());
    }

    private static void quietly(Runnable call) {
        try {
            call.run();
        } catch (StorageException refused) {
            assertThat(refused.kind()).as("%s", refused).isNotEqualTo(ErrorKind.UNEXPECTED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void linkUnderTheFilesOwnNameIsNeitherFollowedNorReplaced(DiskKind kind) throws IOException {
        place.link("file", outside.root().resolve("precious").toString());
        Storage storage = place.storage(kind.disk());
        BytesContent evil = BytesContent.of("evil");
        refused(() -> storage.write(path("file"), evil, WriteOptions.PLAIN), ErrorKind.NOT_A_FILE);
        refused(
                () -> storage.write(path("file"), evil, WriteOptions.PLAIN.under(new Condition.Absent())),
                ErrorKind.NOT_A_FILE);
        Entry.File there = file(storage(kind, outside), "precious").at(path("file"));
        refused(() -> storage.read(there, ByteRange.ALL).close(), ErrorKind.PRECONDITION_FAILED);
        refused(() -> storage.delete(there), ErrorKind.PRECONDITION_FAILED);
        assertThat(outside.text("precious")).isEqualTo("precious");
        assertThat(storage.stat(path("file")))
                .contains(new Entry.Special(path("file"), Entry.SpecialKind.SYMBOLIC_LINK));
    }

    @ParameterizedTest
    @EnumSource
    void skippedLinksAreTold(DiskKind kind) throws IOException {
        place.link("a", "nowhere");
        place.link("b", outside.root().toString());
        place.file("c", "");
        assertThat(tree(place.storage(kind.disk())))
                .filteredOn(Entry.Special.class::isInstance)
                .containsExactly(
                        new Entry.Special(path("a"), Entry.SpecialKind.SYMBOLIC_LINK),
                        new Entry.Special(path("b"), Entry.SpecialKind.SYMBOLIC_LINK));
    }

    @ParameterizedTest
    @EnumSource
    void followedLinksAreTakenForWhatTheyLeadTo(DiskKind kind) throws IOException {
        outside.file("folder/below", "below");
        place.link("dir", outside.root().resolve("folder").toString());
        place.link("file", outside.root().resolve("precious").toString());
        place.link("broken", "nowhere");
        place.link("self", "self");
        place.link("sub/up", "..");
        place.link("sub/here", ".");
        Storage storage = place.storage(kind.disk(), "links", "follow");
        List<Entry> entries = tree(storage);
        assertThat(keys(entries.stream()
                        .filter(e -> !(e instanceof Entry.Unusable) && !(e instanceof Entry.Unlisted))
                        .toList()))
                .containsExactly("dir/", "dir/below", "file", "sub/");
        assertThat(entries)
                .filteredOn(Entry.Unusable.class::isInstance)
                .extracting(entry -> ((Entry.Unusable) entry).rawName())
                .containsExactly("here", "up");
        assertThat(entries)
                .filteredOn(Entry.Unlisted.class::isInstance)
                .extracting(Entry::path)
                .containsExactly(path("broken"), path("self"));
        for (String path : List.of("dir/below", "file")) {
            Entry.File seen = (Entry.File) entries.stream()
                    .filter(entry -> entry.path().equals(path(path)))
                    .findFirst()
                    .orElseThrow();
            assertThat(storage.stat(path(path))).contains(seen);
            try (Body body = storage.read(seen, ByteRange.ALL)) {
                assertThat(body.stream().readAllBytes())
                        .asString()
                        .isEqualTo(path.substring(path.indexOf('/') + 1).replace("file", "precious"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void linkBecomesTextAndTextALink(DiskKind kind) throws IOException {
        place.link("a/link", "../some\u00e9/place");
        place.file("fake.rclonelink", "x");
        Storage storage = place.storage(kind.disk(), "links", "text");
        List<Entry> entries = tree(storage);
        assertThat(keys(entries)).containsExactly("a/", "a/link.rclonelink", "");
        assertThat(entries.getLast()).isInstanceOf(Entry.Unusable.class);
        Entry.File seen = (Entry.File) entries.get(1);
        assertThat(storage.stat(seen.path())).contains(seen);
        assertThat(storage.stat(path("a/link"))).isEmpty();
        String target;
        try (Body body = storage.read(seen, ByteRange.ALL)) {
            target = new String(body.stream().readAllBytes(), StandardCharsets.UTF_8);
        }
        assertThat(target).isEqualTo("../some\u00e9/place").hasSize((int) seen.size() - 1);
        Instant time = Instant.parse("2020-01-02T03:04:05.123456789Z");
        Entry.File made =
                storage.write(path("b/copy.rclonelink"), BytesContent.of(target), WriteOptions.PLAIN.at(time));
        assertThat(made).isEqualTo(file(storage, "b/copy.rclonelink"));
        assertThat(made.modTime().known()).contains(time);
        Path link = place.root().resolve("b/copy");
        assertThat(Files.readSymbolicLink(link)).hasToString("../some\u00e9/place");
        storage.write(path("b/copy.rclonelink"), BytesContent.of("/elsewhere"), WriteOptions.PLAIN);
        assertThat(Files.readSymbolicLink(link)).hasToString("/elsewhere");
        refused(
                () -> storage.write(
                        path("b/copy.rclonelink"),
                        BytesContent.of("x"),
                        WriteOptions.PLAIN.under(new Condition.Absent())),
                ErrorKind.PRECONDITION_FAILED);
        Entry.File moved = storage.move(file(storage, "b/copy.rclonelink"), path("b/moved.rclonelink"));
        storage.delete(moved);
        assertThat(place.everything()).containsExactly("a", "a/link", "b", "fake.rclonelink");
    }

    /// A link made from a file of a hostile source must not let the next file out.
    @ParameterizedTest
    @EnumSource
    void linkThatWasJustMadeIsNotWrittenThrough(DiskKind kind) throws IOException {
        Storage storage = place.storage(kind.disk(), "links", "text");
        storage.write(path("way.rclonelink"), BytesContent.of(outside.root().toString()), WriteOptions.PLAIN);
        refused(
                () -> storage.write(path("way/precious"), BytesContent.of("evil"), WriteOptions.PLAIN),
                ErrorKind.NOT_A_DIRECTORY);
        assertThat(outside.text("precious")).isEqualTo("precious");
    }

    @ParameterizedTest
    @EnumSource
    void textThatIsNoPathMakesNoLink(DiskKind kind) throws IOException {
        Storage storage = place.storage(kind.disk(), "links", "text");
        for (String text : List.of("", "a\0b", "x".repeat(5000))) {
            refused(
                    () -> storage.write(path("l.rclonelink"), BytesContent.of(text), WriteOptions.PLAIN),
                    ErrorKind.CONTENT_REJECTED);
        }
        assertThat(place.everything()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"LINUX", "LINUX_BY_SEGMENTS"})
    void directoryThatTurnsIntoALinkAllTheTimeLetsNothingOut(DiskKind kind) throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        Path way = place.root().resolve("way");
        Path real = Files.createDirectory(temp.resolve("real"));
        Path decoy = Files.createSymbolicLink(temp.resolve("decoy"), outside.root());
        Thread attacker = Thread.ofPlatform().start(() -> swap(stop, way, real, decoy));
        Storage storage = place.storage(kind.disk());
        try {
            for (int i = 0; i < 400; i++) {
                RelPath file = path("way/file-" + i % 20);
                quietly(() -> storage.write(file, BytesContent.of("evil"), WriteOptions.PLAIN));
                quietly(() -> storage.stat(file).ifPresent(seen -> {
                    if (seen instanceof Entry.File there) {
                        storage.delete(there);
                    }
                }));
                quietly(() -> storage.makeDirectory(path("way/new")));
            }
        } finally {
            stop.set(true);
            attacker.join();
        }
        assertThat(outside.everything()).containsExactly("precious");
    }

    private static void swap(AtomicBoolean stop, Path way, Path real, Path decoy) {
        while (!stop.get()) {
            try {
                Files.move(real, way);
                Files.move(way, real);
                Files.move(decoy, way);
                Files.move(way, decoy);
            } catch (FileSystemException lost) {
                // The storage made a directory of its own there in the meantime: put it out of the way.
                clear(way, real, decoy);
            } catch (IOException broken) {
                throw new IllegalStateException("The attacker stumbled", broken);
            }
        }
    }

    private static void clear(Path way, Path real, Path decoy) {
        try {
            if (Files.isDirectory(way, LinkOption.NOFOLLOW_LINKS)) {
                Path aside = Files.createTempDirectory(real.getParent(), "aside");
                Files.move(way, aside.resolve("way"));
            }
            Files.createDirectories(real);
            if (!Files.isSymbolicLink(decoy)) {
                Files.createSymbolicLink(decoy, real.resolveSibling("outside"));
            }
        } catch (IOException lost) {
            // The next round tries again.
            Thread.onSpinWait();
        }
    }

    @Test
    void rootItselfMayBeALink() throws IOException {
        Path link = Files.createSymbolicLink(temp.resolve("to-root"), place.root());
        try (Place linked = new Place(link)) {
            Storage storage = linked.storage(DiskKind.LINUX.disk());
            storage.write(path("file"), BytesContent.of("x"), WriteOptions.PLAIN);
            assertThat(place.everything()).containsExactly("file");
            assertThat(storage.identity())
                    .isEqualTo(place.storage(DiskKind.LINUX.disk()).identity());
        }
    }
}
