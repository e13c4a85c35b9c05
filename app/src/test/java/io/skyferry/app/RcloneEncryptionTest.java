package io.skyferry.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.app.Typed.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Encrypted folders go to and fro between the commands and rclone itself.
@Tag("slow")
@Tag("rclone")
class RcloneEncryptionTest {
    private static final int[] SIZES = {
        0, 1, 15, 16, 17, 31, 32, 33, 63, 64, 65, 65_519, 65_520, 65_535, 65_536, 65_537, 65_551, 65_552, 65_553,
        131_071, 131_072, 131_073, 196_608, 1_000_003
    };

    private final Path folder;
    private final Path plain;
    private final Typed typed;

    RcloneEncryptionTest(@TempDir Path folder) {
        this.folder = folder;
        this.plain = folder.resolve("plain");
        this.typed = new Typed(folder);
    }

    /// Every size around a block's edge, every length of name up to the limit, and names that are hard.
    private void fill(int longest) {
        var random = new Random(longest);
        for (int size : SIZES) {
            Trees.put(plain.resolve("sizes/of " + size), size, random);
        }
        for (int length = 1; length <= longest; length++) {
            var name = new StringBuilder();
            while (name.length() < length) {
                name.append((char) ('a' + random.nextInt(26)));
            }
            Trees.put(plain.resolve("names/" + name), length % 40, random);
            Trees.put(plain.resolve("n/" + name + "/x"), 1, random);
        }
        for (String name : List.of(
                "Grüße ñandú ☃ \uD83D\uDE00.txt",
                "report-v2001-02-03-040506-123.txt",
                "x-v2001-02-03-040506-123.tar.gz",
                "a-v2001-02-30-040506-123.txt",
                ".x-v2001-02-03-040506-123",
                "-v2001-02-03-040506-123",
                "!bang!. 0123456789 ABC xyz ÀÿĀ一",
                ".hidden",
                " blanks ",
                "control\u000F\u001Fand\u007F",
                "picture\u240F\u2421 and\u2400",
                "full width\uFF0F\uFF0E\uFF3C",
                "two\nlines")) {
            Trees.put(plain.resolve("odd").resolve(name), 20, random);
        }
    }

    private String remote(Path root, String names, String directories, String encoding, boolean salted) {
        String salt = typed.run("obscure", "--password-file", "@salt").report();
        return ":crypt,remote=\"%s\",filename_encryption=%s,directory_name_encryption=%s,filename_encoding=%s,password=%s%s:"
                .formatted(
                        root,
                        names,
                        directories.equals("on"),
                        encoding,
                        typed.run("obscure", "--password-file", "@password").report(),
                        salted ? ",password2=" + salt : "");
    }

    private void rclone(String... arguments) throws IOException, InterruptedException {
        Path none = Files.writeString(folder.resolve("none.conf"), "");
        Path out = folder.resolve("rclone.out");
        List<String> command = new ArrayList<>(List.of("rclone", "--config", none.toString()));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
        process.environment().put("LC_ALL", "C.UTF-8");
        assertThat(process.start().waitFor()).as(Files.readString(out)).isZero();
    }

    private Ended skyferry(boolean salted, String names, String directories, String encoding, String... command) {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(
                1,
                List.of(
                        "--crypt-password-file",
                        "@password",
                        "--crypt-names",
                        names,
                        "--crypt-directory-names",
                        directories,
                        "--crypt-encoding",
                        encoding));
        if (salted) {
            all.addAll(1, List.of("--crypt-salt-file", "@salt"));
        }
        Ended ended = typed.run(all.toArray(String[]::new));
        assertThat(ended.exit()).as(ended.err()).isZero();
        return ended;
    }

    @ParameterizedTest
    @CsvSource({
        "standard, on, base32, true, 143",
        "standard, on, base32, false, 40",
        "standard, off, base32, true, 143",
        "standard, on, base64, true, 175",
        "standard, off, base64, false, 40",
        "standard, on, base32768, true, 143",
        "standard, off, base32768, true, 40",
        "obfuscate, on, base32, true, 200",
        "obfuscate, off, base32, false, 200",
        "off, on, base32, true, 251",
    })
    void eachReadsWhatTheOtherWrote(String names, String directories, String encoding, boolean salted, int longest)
            throws Exception {
        fill(longest);
        Map<String, String> want = Trees.of(plain);
        Path theirs = folder.resolve("theirs");
        rclone("copy", plain.toString(), remote(theirs, names, directories, encoding, salted));

        skyferry(salted, names, directories, encoding, "sync", "crypt:@theirs", "@back");
        assertThat(Trees.of(folder.resolve("back"))).isEqualTo(want);
        skyferry(salted, names, directories, encoding, "check", "@plain", "crypt:@theirs");
        assertThat(skyferry(salted, names, directories, encoding, "sync", "--json", "@plain", "crypt:@theirs")
                        .report())
                .contains("\"files\":0", "\"deleted\":0");

        skyferry(salted, names, directories, encoding, "sync", "@plain", "crypt:@ours");
        String ours = remote(folder.resolve("ours"), names, directories, encoding, salted);
        rclone("check", "--download", plain.toString(), ours);
        rclone("cryptcheck", plain.toString(), ours);
        rclone("copy", ours, folder.resolve("again").toString());
        assertThat(Trees.of(folder.resolve("again"))).isEqualTo(want);
        assertThat(Trees.of(folder.resolve("ours")).keySet())
                .containsAll(Trees.of(theirs).keySet())
                .hasSize(want.size() + 1);
    }

    @ParameterizedTest
    @CsvSource({"standard, on", "standard, off", "obfuscate, on", "off, on"})
    void rcloneSeesNoDifferenceInTheKeyCheckAndLeavesIt(String names, String directories) throws Exception {
        fill(5);
        skyferry(true, names, directories, "base32", "sync", "@plain", "crypt:@ours");
        String ours = remote(folder.resolve("ours"), names, directories, "base32", true);

        rclone("check", plain.toString(), ours);
        rclone("sync", plain.toString(), ours);
        rclone("delete", ours);

        assertThat(folder.resolve("ours/skyferry-key-check.v1")).exists();
        assertThat(typed.with("wrong", "salt", "ls", "--crypt-names", names, "crypt:@ours")
                        .exit())
                .isEqualTo(2);
    }

    @Test
    void singleFilesAreReadByBoth() throws Exception {
        fill(1);
        String remote = remote(folder.resolve("vault"), "off", "on", "base32", true);
        for (int size : SIZES) {
            String sealed = "@vault/of %s.bin".formatted(size);
            Files.createDirectories(folder.resolve("vault"));
            typed.run(
                    "crypt",
                    "put",
                    "--password-file",
                    "@password",
                    "--salt-file",
                    "@salt",
                    "@plain/sizes/of " + size,
                    sealed);
        }
        rclone("check", "--download", plain.resolve("sizes").toString(), remote);
        rclone(
                "copy",
                plain.resolve("sizes").toString(),
                remote(folder.resolve("theirs"), "off", "on", "base32", true));
        for (int size : SIZES) {
            assertThat(typed.run(
                                    "crypt",
                                    "cat",
                                    "--password-file",
                                    "@password",
                                    "--salt-file",
                                    "@salt",
                                    "@theirs/of %s.bin".formatted(size))
                            .bytes())
                    .isEqualTo(Files.readAllBytes(plain.resolve("sizes/of " + size)));
        }
    }
}
