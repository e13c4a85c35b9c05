package io.skyferry.crypt;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.crypt.content.BoxFormat;
import io.skyferry.crypt.content.Nonce;
import io.skyferry.crypt.name.CryptOptions;
import io.skyferry.crypt.name.NameResult;
import io.skyferry.storage.Body;
import io.skyferry.storage.ByteRange;
import io.skyferry.storage.Content;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ListRequest;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.WriteOptions;
import io.skyferry.storages.local.LocalProvider;
import io.skyferry.testkit.BytesContent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Files go to and fro between this and rclone itself.
@Tag("slow")
@Tag("rclone")
class RcloneTest {
    private static final Instant TIME = Instant.parse("2026-02-03T04:05:06Z");
    private static final int[] SIZES = {
        0, 1, 15, 16, 17, 31, 32, 33, 63, 64, 65, 65_535, 65_536, 65_537, 131_071, 131_072, 131_073, 200_000
    };

    @TempDir
    private Path folder;

    private static CryptOptions options(String mode, String directories, String encoding) {
        return CryptOptions.parse(mode, directories, encoding, ".bin");
    }

    private Storage crypt(Path root, CryptKeys keys, CryptOptions options) {
        Storage local = new LocalProvider().open(Map.of("path", root.toString()));
        return new CryptStorage(local, keys, options, CryptStorageTest.SCALAR, new Random(5));
    }

    private String remote(Path root, String mode, String directories, String encoding) throws IOException {
        return ":crypt,remote=\"%s\",filename_encryption=%s,directory_name_encryption=%s,filename_encoding=%s,password=%s,password2=%s:"
                .formatted(
                        root,
                        mode,
                        directories.equals("on"),
                        encoding,
                        Obscured.obscure(Hex.utf8("potato"), new Random(1)),
                        Obscured.obscure(Hex.utf8("sausage"), new Random(2)));
    }

    private String rclone(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of("rclone", "--config", folder.resolve("none.conf").toString()));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("rclone.out");
        Files.writeString(folder.resolve("none.conf"), "");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        try {
            assertThat(process.waitFor()).as(Files.readString(out)).isZero();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException(stop);
        }
        return Files.readString(out);
    }

    /// Every size around a block's edge and every length of name up to the limit.
    private static Map<String, byte[]> tree(int longest) {
        Map<String, byte[]> files = new TreeMap<>();
        for (int size : SIZES) {
            files.put("sizes/file of %s.dat".formatted(size), Hex.line(size, 7, size));
        }
        var random = new Random(9);
        for (int length = 1; length <= longest; length++) {
            var name = new StringBuilder();
            for (int i = 0; i < length; i++) {
                name.append((char) ('a' + random.nextInt(26)));
            }
            files.put("names/" + name, Hex.line(length, 3, 1));
            files.put("n/" + name + "/x", Hex.line(1, 3, 1));
        }
        files.put("odd/Grüße ñandú ☃ \uD83D\uDE00.txt", Hex.utf8("odd"));
        files.put("odd/report-v2001-02-03-040506-123.txt", Hex.utf8("version"));
        files.put("odd/!bang!. 0123456789 ABC xyz ÀÿĀ一", Hex.utf8("bang"));
        files.put("odd/.hidden", new byte[0]);
        files.put("odd/control\u000F\u001Fand\u007F", Hex.utf8("control"));
        files.put("odd/picture\u240F\u2421 and\u2400", Hex.utf8("picture"));
        files.put("odd/full width\uFF0F\uFF0E\uFF3C", Hex.utf8("wide"));
        return files;
    }

    private static void putOnDisk(Path root, Map<String, byte[]> files) throws IOException {
        for (var file : files.entrySet()) {
            Path path = root.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
    }

    private static Map<String, byte[]> onDisk(Path root) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(root.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return files;
    }

    private static Map<String, byte[]> inStorage(Storage storage) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        ListRequest request = ListRequest.tree(RelPath.ROOT);
        while (true) {
            var page = storage.list(request);
            for (Entry entry : page.entries()) {
                assertThat(entry).isNotInstanceOf(Entry.Unusable.class);
                if (entry instanceof Entry.File file) {
                    try (Body body = storage.read(file, ByteRange.ALL)) {
                        files.put(file.path().text(), body.stream().readAllBytes());
                    }
                }
            }
            if (page.next().isEmpty()) {
                return files;
            }
            request = request.goOnAfter(page.next().orElseThrow());
        }
    }

    private static void assertSame(Map<String, byte[]> have, Map<String, byte[]> want) {
        assertThat(have.keySet()).isEqualTo(want.keySet());
        want.forEach((path, bytes) -> assertThat(have.get(path)).as(path).isEqualTo(bytes));
    }

    @ParameterizedTest
    @CsvSource({
        "standard, on, base32, 143",
        "standard, off, base32, 143",
        "standard, on, base64, 175",
        "standard, on, base32768, 143",
        "obfuscate, on, base32, 200",
        "obfuscate, off, base32, 200",
        "off, on, base32, 251",
    })
    void eachReadsWhatTheOtherWrote(String mode, String directories, String encoding, int longest) throws IOException {
        Map<String, byte[]> files = tree(longest);
        Path plain = folder.resolve("plain");
        putOnDisk(plain, files);
        CryptOptions options = options(mode, directories, encoding);

        Path theirs = Files.createDirectory(folder.resolve("theirs"));
        rclone("copy", plain.toString(), remote(theirs, mode, directories, encoding));
        try (Storage storage = crypt(theirs, Hex.SALTED, options)) {
            assertSame(inStorage(storage), files);
        }

        Path ours = Files.createDirectory(folder.resolve("ours"));
        try (Storage storage = crypt(ours, Hex.SALTED, options)) {
            for (var file : files.entrySet()) {
                storage.write(
                        new RelPath(file.getKey()), BytesContent.of(file.getValue()), WriteOptions.PLAIN.at(TIME));
            }
        }
        assertThat(ours.resolve(KeyCheck.NAME)).exists();
        assertThat(ours.toFile().list()).hasSize(5);
        rclone("check", "--download", plain.toString(), remote(ours, mode, directories, encoding));
        rclone("cryptcheck", plain.toString(), remote(ours, mode, directories, encoding));
        rclone("sync", plain.toString(), remote(ours, mode, directories, encoding));
        assertThat(ours.resolve(KeyCheck.NAME)).as("sync leaves the key check").exists();
        Path back = folder.resolve("back");
        rclone("copy", remote(ours, mode, directories, encoding), back.toString());
        assertSame(onDisk(back), files);
        assertThat(onDisk(ours).keySet()).containsAll(onDisk(theirs).keySet());
    }

    @Test
    void vectorsOfContentsAreReadByRclone() throws IOException {
        Path root = Files.createDirectory(folder.resolve("root"));
        var files = new CryptFiles(Hex.SALTED, CryptStorageTest.SCALAR);
        Map<String, Nonce> nonces = Map.of(
                "17",
                Nonce.ofHex("d69e86bd0e62db80e483045dc025fe6040430663b4c45ea0"),
                "carry",
                new Nonce(-2, -1, 5),
                "wrap",
                new Nonce(-2, -1, -1));
        for (var one : nonces.entrySet()) {
            byte[] plain = Hex.line(one.getKey().equals("17") ? 17 : 3 * BoxFormat.BLOCK + 1, 7, 13);
            Content sealed = files.sealed(BytesContent.of(plain), one.getValue());
            try (InputStream in = sealed.open(0, Long.MAX_VALUE)) {
                Files.copy(in, root.resolve(one.getKey() + ".bin"));
            }
        }
        Path back = folder.resolve("back");

        rclone("copy", remote(root, "off", "on", "base32"), back.toString());

        assertThat(Files.readAllBytes(back.resolve("17"))).isEqualTo(Hex.line(17, 7, 13));
        assertThat(Files.readAllBytes(back.resolve("carry"))).isEqualTo(Hex.line(3 * BoxFormat.BLOCK + 1, 7, 13));
        assertThat(Files.readAllBytes(back.resolve("wrap"))).isEqualTo(Hex.line(3 * BoxFormat.BLOCK + 1, 7, 13));
        try (InputStream plain = files.opened(Files.newInputStream(root.resolve("wrap.bin")))) {
            assertThat(plain.readAllBytes()).isEqualTo(Hex.line(3 * BoxFormat.BLOCK + 1, 7, 13));
        }
        assertThat(root.toFile().list()).containsExactlyInAnyOrder("17.bin", "carry.bin", "wrap.bin");
    }

    @ParameterizedTest
    @CsvSource({"standard, on, base32", "standard, on, base64", "standard, on, base32768", "obfuscate, on, base32"})
    void namesAreEncryptedAlike(String mode, String directories, String encoding) throws IOException {
        var names = new CryptNames(Hex.SALTED, options(mode, directories, encoding));
        var random = new Random(77);
        List<String> plain = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            var name = new StringBuilder();
            for (int length = 1 + random.nextInt(40); length > 0; length--) {
                name.appendCodePoint(random.nextBoolean() ? 0x21 + random.nextInt(94) : 0xA0 + random.nextInt(0x2000));
            }
            plain.add("n" + name.toString().replace('/', '_') + (i % 5 == 0 ? "-v2024-02-29-235959-001.x" : ""));
        }
        List<String> command =
                new ArrayList<>(List.of("backend", "encode", remote(folder, mode, directories, encoding), "--"));
        command.addAll(plain);
        String[] theirs = rclone(command.toArray(String[]::new)).strip().split("\n", -1);

        for (int i = 0; i < theirs.length; i++) {
            assertThat(names.encode(plain.get(i))).isEqualTo(new NameResult.Name(theirs[i]));
            assertThat(names.decode(theirs[i])).isEqualTo(new NameResult.Name(plain.get(i)));
        }
        assertThat(theirs).hasSameSizeAs(plain);
    }

    @Test
    void obscuredPasswordsAreReadByRcloneAndTheOtherWayRound() throws IOException {
        String password = "grün & ☃ potato";
        assertThat(rclone("reveal", Obscured.obscure(Hex.utf8(password), new Random(4))))
                .isEqualTo(password + "\n");
        assertThat(Obscured.reveal(rclone("obscure", password).strip())).isEqualTo(Hex.utf8(password));
    }
}
