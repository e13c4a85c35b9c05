package io.skyferry.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.app.Typed.Ended;
import io.skyferry.crypt.Obscured;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CryptCommandsTest {
    private final Path folder;
    private final Typed typed;

    CryptCommandsTest(@TempDir Path folder) {
        this.folder = folder;
        this.typed = new Typed(folder);
    }

    @ParameterizedTest
    @CsvSource({
        "a/b/c/d.txt, s83tjtk0e6aogosoteqti6f544/lk3bvv8df2518if73ka8sc1gts/"
                + "lcmo0p0j4548uaearul70sotpg/fg39po8aoj3jkjq21hnvlgp8s4",
        "hello, gu7ur447e1rcqnuuimpms8j88o",
    })
    void namesAreEncodedAndDecodedAsRcloneDoes(String plain, String stored) {
        assertThat(typed.run("crypt", "encode", "--password-file", "@password", plain)
                        .lines())
                .containsExactly(stored);
        assertThat(typed.run("crypt", "decode", "--password-file", "@password", stored)
                        .lines())
                .containsExactly(plain);
    }

    @ParameterizedTest
    @CsvSource({
        "standard, on, base64, hello, h7HNnl1fwSPaSAzl0ZLUQg",
        "standard, on, base32768, hello, 樸駇爋ꊲ䔒䙳爃㤔䞿",
        "standard, off, base32, subdir/file2.txt, subdir/j3vpfk3763rvi4aj6e8dj88bcc",
        "obfuscate, on, base32, file0.txt, 94.EHKD6.SWS",
        "off, on, base32, a/b/c/d.txt, a/b/c/d.txt.bin",
    })
    void everyModeIsThatOfRclone(String names, String directories, String encoding, String plain, String stored) {
        String[] options = {
            "crypt",
            "encode",
            "--password-file",
            "@password",
            "--salt-file",
            "@salt",
            "--names",
            names,
            "--directory-names",
            directories,
            "--encoding",
            encoding,
            plain
        };
        assertThat(typed.run(options).lines()).containsExactly(stored);
        options[1] = "decode";
        options[options.length - 1] = stored;
        assertThat(typed.run(options).lines()).containsExactly(plain);
    }

    @Test
    void suffixIsTheUsersOwn() {
        assertThat(typed.run(
                                "crypt",
                                "encode",
                                "--password-file",
                                "@password",
                                "--names",
                                "off",
                                "--suffix",
                                "enc",
                                "a")
                        .lines())
                .containsExactly("a.enc");
        assertThat(typed.run(
                                "crypt",
                                "encode",
                                "--password-file",
                                "@password",
                                "--names",
                                "off",
                                "--suffix",
                                "none",
                                "a")
                        .lines())
                .containsExactly("a");
    }

    @Test
    void resultsAndErrorsAreALineEachAndOneErrorFailsTheCommand() {
        Ended ended = typed.run(
                "crypt",
                "decode",
                "--password-file",
                "@password",
                "gu7ur447e1rcqnuuimpms8j88o",
                "readme.txt",
                "39pfuflp0u10iqi88m20aq3i28");

        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.lines()).containsExactly("hello", "123456789012345");
        assertThat(ended.err().lines()).singleElement().asString().contains("readme.txt");
    }

    @Test
    void namesThatAreNoUtf8AreBytes() {
        String stored = typed.run("crypt", "encode", "--password-file", "@password", "caf\uDCE9")
                .report();
        Ended decoded = typed.run("crypt", "decode", "--password-file", "@password", stored);

        assertThat(decoded.bytes()).isEqualTo("café\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(typed.run("crypt", "decode", "--json", "--password-file", "@password", stored)
                        .report())
                .isEqualTo("{\"path\":\"%s\",\"result\":\"caf\\udce9\"}".formatted(stored));
    }

    @Test
    void jsonTellsResultsAndErrors() {
        Ended ended = typed.run("crypt", "decode", "--json", "--password-file", "@password", "x", "h\"");

        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.lines())
                .containsExactly(
                        "{\"path\":\"x\",\"error\":\"it is no base32 text\"}",
                        "{\"path\":\"h\\\"\",\"error\":\"it is no base32 text\"}");
    }

    @Test
    void fileIsEncryptedByteForByteAsRcloneDoes() throws IOException {
        Files.writeString(folder.resolve("plain"), "hello world\n");
        Ended put = typed.run(
                "crypt",
                "put",
                "--password-file",
                "@password",
                "--salt-file",
                "@salt",
                "--nonce",
                "6162636465666768696a6b6c6d6e6f707172737475767778",
                "@plain",
                "@sealed");

        assertThat(put.exit()).as(put.err()).isZero();
        assertThat(HexFormat.of().formatHex(Files.readAllBytes(folder.resolve("sealed"))))
                .isEqualTo("52434c4f4e4500006162636465666768696a6b6c6d6e6f707172737475767778"
                        + "40ce9e23f7ffd02bb0c9d403fa73afdb7309498beaf7980260e23aa3");
        Ended cat = typed.run("crypt", "cat", "--password-file", "@password", "--salt-file", "@salt", "@sealed");
        assertThat(cat.out()).isEqualTo("hello world\n");
        assertThat(typed.run(
                                "crypt",
                                "cat",
                                "--json",
                                "--password-file",
                                "@password",
                                "--salt-file",
                                "@salt",
                                "@sealed")
                        .out())
                .contains("\"base64\":\"aGVsbG8gd29ybGQK\",\"bytes\":12}");
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "2", "3", "65535", "65536", "65537", "131072", "1000003"})
    void everySizeComesBack(int size) throws IOException {
        byte[] plain = new byte[size];
        new Random(size).nextBytes(plain);
        Files.write(folder.resolve("plain"), plain);

        assertThat(typed.run("crypt", "put", "--password-file", "@password", "--json", "@plain", "@sealed")
                        .report())
                .contains("\"bytes\":" + Files.size(folder.resolve("sealed")));
        assertThat(typed.run("crypt", "cat", "--password-file", "@password", "@sealed")
                        .bytes())
                .isEqualTo(plain);
    }

    @Test
    void twoEncryptionsOfOneFileDiffer() throws IOException {
        Files.writeString(folder.resolve("plain"), "the same");
        typed.run("crypt", "put", "--password-file", "@password", "@plain", "@one");
        typed.run("crypt", "put", "--password-file", "@password", "@plain", "@two");

        assertThat(Files.readAllBytes(folder.resolve("one"))).isNotEqualTo(Files.readAllBytes(folder.resolve("two")));
    }

    @Test
    void damagedOrForeignFilesFailWithAnErrorLine() throws IOException {
        Files.write(folder.resolve("plain"), new byte[100_000]);
        typed.run("crypt", "put", "--password-file", "@password", "@plain", "@sealed");
        byte[] bytes = Files.readAllBytes(folder.resolve("sealed"));
        bytes[70_000] ^= 1;
        Files.write(folder.resolve("sealed"), bytes);

        Ended damaged = typed.run("crypt", "cat", "--password-file", "@password", "@sealed");
        assertThat(damaged.exit()).isEqualTo(1);
        assertThat(damaged.bytes()).hasSize(65_536);
        assertThat(damaged.err()).contains("block 1 does not decrypt");
        assertThat(typed.run("crypt", "cat", "--password-file", "@wrong", "@sealed")
                        .exit())
                .isEqualTo(1);
        Ended foreign = typed.run("crypt", "cat", "--json", "--password-file", "@password", "@plain");
        assertThat(foreign.exit()).isEqualTo(1);
        assertThat(foreign.out()).contains("\"error\":\"Want an encrypted file but it does not begin like one\"");
    }

    @Test
    void wrongUsageIsTold() throws IOException {
        Files.writeString(folder.resolve("empty"), "\n");
        assertThat(typed.run("crypt", "encode", "x").exit()).isEqualTo(2);
        assertThat(typed.run("crypt", "encode", "--password-file", "@empty", "x")
                        .err())
                .contains("Want a password");
        assertThat(typed.run("crypt", "encode", "--password-file", "@missing", "x")
                        .exit())
                .isEqualTo(2);
        assertThat(typed.run("crypt", "encode", "--password-file", "@password", "--names", "odd", "x")
                        .err())
                .contains("'odd'");
        assertThat(typed.run("crypt", "put", "--password-file", "@password", "--nonce", "00", "@salt", "@x")
                        .exit())
                .isEqualTo(2);
        assertThat(typed.run("crypt", "put", "--help").out()).doesNotContain("--nonce");
    }

    @Test
    void passwordsAreObscuredAndRevealed() {
        String obscured = typed.run("obscure", "potato").report();
        assertThat(typed.run("reveal", obscured).out()).isEqualTo("potato\n");
        assertThat(typed.run("reveal", "--json", "YWFhYWFhYWFhYWFhYWFhYXMaGgIlEQ")
                        .out())
                .isEqualTo("{\"revealed\":\"potato\"}\n");
        assertThat(typed.run("obscure", "--json", "--password-file", "@password")
                        .out())
                .startsWith("{\"obscured\":\"");
        assertThat(typed.run("reveal", "tooshort").exit()).isEqualTo(2);
    }

    @Test
    void obscuredTextsThatBeginWithADashAreTaken() {
        String obscured = "";
        for (int i = 0; i < 2000 && !obscured.startsWith("-"); i++) {
            obscured = Obscured.obscure("potato".getBytes(StandardCharsets.UTF_8), new Random(i));
        }
        assertThat(obscured).startsWith("-");
        assertThat(typed.run("reveal", obscured).out()).isEqualTo("potato\n");
    }
}
