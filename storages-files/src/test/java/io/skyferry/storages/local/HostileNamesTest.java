package io.skyferry.storages.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.PendingUpload;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.WriteOptions;
import io.skyferry.storages.local.disk.DiskException;
import io.skyferry.storages.local.disk.DiskFile;
import io.skyferry.storages.local.disk.DiskKind;
import io.skyferry.storages.local.disk.Folder;
import io.skyferry.storages.local.disk.Links;
import io.skyferry.testkit.BytesContent;
import io.skyferry.testkit.Failures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SequencedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every name that Linux allows is listed, copied and deleted as it is, whatever the locale.
class HostileNamesTest {
    @TempDir
    Path temp;

    /// Names with each byte but `/` and NUL, and others that programs stumble over.
    private static List<byte[]> names() {
        List<byte[]> names = new ArrayList<>();
        for (int b = 1; b < 256; b++) {
            if (b != '/') {
                names.add(new byte[] {'n', (byte) b});
                names.add(new byte[] {(byte) b, (byte) b, (byte) b});
            }
        }
        for (String text :
                List.of(".. ", " ", "-rf", "a\nb", "CON", "x".repeat(255), "\u00e9", "e\u0301", "~", "%2e")) {
            names.add(text.getBytes(StandardCharsets.UTF_8));
        }
        names.add(HexFormat.of().parseHex("eda0bd"));
        names.add(HexFormat.of().parseHex("c080"));
        names.add(HexFormat.of().parseHex("f09f98"));
        names.add(HexFormat.of().parseHex("61ff62fe63"));
        return names;
    }

    private Path makeHostile() throws IOException {
        Path root = Files.createDirectory(temp.resolve("hostile"));
        try (Folder folder = DiskKind.LINUX.disk().open(Place.bytes(root.toString()))) {
            for (byte[] name : names()) {
                folder.create(name, 0644).close();
            }
            folder.makeDirectory(new byte[] {(byte) 0xFF, '\n'});
            try (Folder below = folder.enter(new byte[] {(byte) 0xFF, '\n'}, Links.REFUSE);
                    DiskFile made = below.create(new byte[] {(byte) 0x80}, 0644)) {
                made.setTime(1_000_000, 42);
            }
        }
        return root;
    }

    /// What is there as another program's eye would see it: raw bytes in hexadecimal digits.
    private static SequencedSet<String> rawNames(Path root) throws DiskException {
        SequencedSet<String> names = new TreeSet<>();
        try (Folder folder = DiskKind.LINUX.disk().open(Place.bytes(root.toString()))) {
            folder.read((bytes, offset, length, kind) ->
                    names.add(HexFormat.of().formatHex(bytes, offset, offset + length)));
        }
        return names;
    }

    @ParameterizedTest
    @EnumSource
    void everyNameIsCopiedAsItIs(DiskKind kind) throws Exception {
        Path from = makeHostile();
        Path to = temp.resolve("copy");
        try (Place source = new Place(from);
                Place target = new Place(to)) {
            Storage into = target.storage(kind.disk());
            Mirror.copy(source.storage(kind.disk()), into);
            assertThat(rawNames(to)).isEqualTo(rawNames(from)).hasSizeGreaterThan(500);
            for (Entry entry : Place.tree(into)) {
                if (entry instanceof Entry.File file) {
                    assertThat(into.stat(file.path())).contains(file);
                    into.delete(file);
                }
            }
            assertThat(rawNames(to)).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"linux", "portable"})
    @Tag("slow")
    void everyNameIsCopiedAsItIsWithoutALocale(String disk) throws Exception {
        Path from = makeHostile();
        Path to = temp.resolve("copy");
        Path output = temp.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-Dskyferry.disk=" + disk,
                "-cp",
                System.getProperty("java.class.path"),
                Mirror.class.getName(),
                from.toString(),
                to.toString(),
                disk);
        builder.environment().clear();
        builder.environment().put("LC_ALL", "C");
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor()).as(Files.readString(output)).isZero();
        assertThat(rawNames(to)).isEqualTo(rawNames(from));
    }

    @Test
    void whatIsNoPathBelowTheRootCannotEvenBeNamed() {
        for (String text : List.of("..", "../x", "a/../b", "/etc/passwd", "a//b", "a/", ".", "a/./b", "a\0b")) {
            assertThatThrownBy(() -> new RelPath(text)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void namesOfOurOwnAreNotTakenFromOutside(DiskKind kind) throws IOException {
        try (Place place = new Place(Files.createDirectory(temp.resolve("root")))) {
            Storage storage = place.storage(kind.disk());
            String ours = new String(TempName.of("me", Place.bytes("x")).fresh(), StandardCharsets.US_ASCII);
            assertThatThrownBy(() -> storage.write(Place.path(ours), BytesContent.of("x"), WriteOptions.PLAIN))
                    .satisfies(Failures.ofKind(ErrorKind.NAME_REJECTED));
            assertThatThrownBy(
                            () -> storage.write(Place.path("x".repeat(256)), BytesContent.of("x"), WriteOptions.PLAIN))
                    .satisfies(Failures.ofKind(ErrorKind.NAME_REJECTED));
            place.file("user", "user");
            for (String id : List.of("user", "../user", "/etc/passwd", "a/..", "")) {
                PendingUpload pending = new PendingUpload(Place.path("user"), id, Instant.EPOCH);
                assertThatThrownBy(() -> storage.abandonPending(pending))
                        .satisfies(Failures.ofKind(ErrorKind.NAME_REJECTED));
            }
            assertThat(place.everything()).containsExactly("user");
        }
    }

    @Test
    void temporaryNamesAreShortAndTellWhoseTheyAre() {
        for (byte[] name : names()) {
            byte[] fresh = TempName.of("a1B2c3D4e5F6g7H8", name).fresh();
            assertThat(fresh).hasSizeLessThan(100);
            assertThat(TempName.parse(fresh)).contains(TempName.of("a1B2c3D4e5F6g7H8", name));
        }
        assertThat(TempName.of("", Place.bytes("a")).fresh())
                .isNotEqualTo(TempName.of("", Place.bytes("a")).fresh());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".skyferry",
                ".skyferry-.partial",
                ".skyferry-me-0123456789abcdef.partial",
                ".skyferry-me-0123-1.partial",
                ".skyferry-me-0123456789abcdef-1.partially",
                "skyferry-me-0123456789abcdef-1.partial",
                ".skyferry-me-0123456789abcdef-.partial",
                ".skyferry-m e-0123456789abcdef-1.partial",
                ".skyferry-me-0123456789abcdef-1-2.partial"
            })
    void usersNamesThatLookAlikeStayTheirs(String name) {
        assertThat(TempName.parse(Place.bytes(name))).isEmpty();
    }
}
