package io.skyferry.crypt.name;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.crypt.CryptKeys;
import io.skyferry.crypt.Hex;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameCipherTest {
    private static NameCipher cipher(CryptKeys keys, CryptOptions options) {
        return new NameCipher(options, NameForm.AS_GIVEN, keys.name(), keys.tweak());
    }

    private static CryptOptions options(String mode, String directories, String encoding) {
        return CryptOptions.parse(mode, directories, encoding, ".bin");
    }

    private static NameResult name(String text) {
        return new NameResult.Name(text);
    }

    @ParameterizedTest
    @CsvSource({
        "hello, gu7ur447e1rcqnuuimpms8j88o",
        "123456789012345, 39pfuflp0u10iqi88m20aq3i28",
        "1234567890123456, 9qg6n1iouahpupqlekm1k6sa5psf32kr83f3vv36c5kqrhij022g",
        "a/b/c/d.txt, s83tjtk0e6aogosoteqti6f544/lk3bvv8df2518if73ka8sc1gts/lcmo0p0j4548uaearul70sotpg/fg39po8aoj3jkjq21hnvlgp8s4",
        "Grüße/ñandú.txt, d629ndasngcvcamrbdhvhh36n4/osbv651pj403d6jl4uomkqpdig",
        "'', ''",
    })
    void standardNamesWithoutSaltAreThoseOfRclone(String plain, String encrypted) {
        NameCipher cipher = cipher(Hex.UNSALTED, CryptOptions.STANDARD);

        assertThat(cipher.encodeFile(plain)).isEqualTo(name(encrypted));
        assertThat(cipher.decodeFile(encrypted)).isEqualTo(name(plain));
    }

    @ParameterizedTest
    @CsvSource({
        "standard, on, base32, subdir/file2.txt, 3aimv4mfjk1j91trk7jmfvm960/j3vpfk3763rvi4aj6e8dj88bcc",
        "standard, off, base32, subdir/file2.txt, subdir/j3vpfk3763rvi4aj6e8dj88bcc",
        "standard, on, base32, report-v2001-02-03-040506-123.txt, mljvute7i7vrcqj5rc4sutq5sk-v2001-02-03-040506-123",
        "standard, on, base32, -v2001-02-03-040506-123, -v2001-02-03-040506-123",
        "standard, on, base32, a-v2001-02-03-040506-123, 0pafnuo05kiri5rkftm2fsb7b4-v2001-02-03-040506-123",
        "standard, on, base32, .x-v2001-02-03-040506-123, 1s8m7o1bcrh3ag7snfpi40fhkc-v2001-02-03-040506-123",
        "standard, on, base32, a-v2001-13-03-040506-123.txt, e5tfooipcjcc1f1knpa8b6614i1hrsiibks85iv4cqf9515jeg30",
        "standard, on, base32, a-v2001-02-30-040506-123.txt, p8va57tbk1mho11m4bk2qb67fn2rbte2774t65uaranfti7v6lk0",
        "standard, on, base32, .bin, jbsn0qcs0k23iptt43vmvplios",
        "standard, on, base64, hello, h7HNnl1fwSPaSAzl0ZLUQg",
        "standard, on, base32768, hello, 樸駇爋ꊲ䔒䙳爃㤔䞿",
        "obfuscate, on, base32, file0.txt, 94.EHKD6.SWS",
        "obfuscate, on, base32, !bang!.txt, 104.!!lkxq!!.DHD",
        "obfuscate, on, base32, a-v2001-02-03-040506-123, 97-v2001-02-03-040506-123.d",
        "off, on, base32, a/b/c/d.txt, a/b/c/d.txt.bin",
        "off, on, base32, a-v2001-02-03-040506-123.txt, a-v2001-02-03-040506-123.txt.bin",
    })
    void saltedNamesAreThoseOfRclone(String mode, String directories, String encoding, String plain, String stored) {
        NameCipher cipher = cipher(Hex.SALTED, options(mode, directories, encoding));

        assertThat(cipher.encodeFile(plain)).isEqualTo(name(stored));
        assertThat(cipher.decodeFile(stored)).isEqualTo(name(plain));
    }

    @Test
    void passwordsBeyondAsciiGiveTheNamesOfRclone() {
        CryptKeys keys = CryptKeys.derive(Hex.utf8("Correct Horse Battery Staple"), Hex.utf8("NaCl & pepper ü"));

        assertThat(cipher(keys, CryptOptions.STANDARD).encodeFile("subdir/file2.txt"))
                .isEqualTo(name("1qekclr88d7n2s0kkrhnt56e2s/0dvi48cah53d2iu5b86r914grk"));
    }

    @Test
    void exampleOfTheManualComesFromKeysOfZeroes() {
        var cipher = new NameCipher(CryptOptions.STANDARD, NameForm.AS_GIVEN, new byte[32], new byte[16]);

        assertThat(cipher.encodeFile("1/12/123"))
                .isEqualTo(name("p0e52nreeaj0a5ea7s64m4j72s/l42g6771hnv3an9cgc8cr2n1ng/qgm4avr35m5loi1th53ato71v0"));
        assertThat(cipher.encodeFile("123.txt")).isEqualTo(name("cugari8pv46tku972mj6p9f4cs"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gu7ur447e1rcqnuuimpms8j88",
                "gu7ur447e1rcqnuuimpms8j88oo",
                "gu7ur447e1rcqnuuimpms8j88p",
                "gu7ur447e1rcqnuuimpms8j88q",
                "gu7ur447e1rcqnuuimpms8j88r",
                "gu7ur447e1rcqnuuimpms8j88o======",
                "gu7ur447e1rcqnuuimpms8j8wo",
                "gu7ur447e1rcqnuuimpms8j8üo",
                "0u7ur447e1rcqnuuimpms8j88o",
                "hello.txt",
                "x",
            })
    void whatNoKeyMadeIsRefused(String stored) {
        assertThat(cipher(Hex.UNSALTED, CryptOptions.STANDARD).decodeFile(stored))
                .isInstanceOf(NameResult.Refused.class);
    }

    @Test
    void namesUnderAnotherKeyAreRefused() {
        assertThat(cipher(Hex.SALTED, CryptOptions.STANDARD).decodeFile("gu7ur447e1rcqnuuimpms8j88o"))
                .isInstanceOf(NameResult.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {".bin", "a.BIN", "a", "a/.bin", "a.bin.x"})
    void namesWithoutTheSuffixAreRefused(String stored) {
        assertThat(cipher(Hex.SALTED, CryptOptions.OFF).decodeFile(stored)).isInstanceOf(NameResult.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"94", "!", "x.y", "", "-94.x", ".x", "9999999999.x", "94.", "94.!"})
    void textsThatWereNeverObfuscatedAreRefused(String stored) {
        assertThat(cipher(Hex.SALTED, options("obfuscate", "on", "base32")).decodeDirectory(stored))
                .matches(result -> stored.isEmpty() || result instanceof NameResult.Refused);
    }

    @Test
    void namesUpToTheLimitAreEncryptedAndLongerOnesRefused() {
        NameCipher cipher = cipher(Hex.UNSALTED, CryptOptions.STANDARD);

        assertThat(cipher.encodeFile("x".repeat(2047))).isInstanceOf(NameResult.Name.class);
        assertThat(cipher.encodeFile("x".repeat(2048))).isInstanceOf(NameResult.Refused.class);
        assertThat(cipher.encodeFile("x".repeat(143)))
                .satisfies(
                        result -> assertThat(((NameResult.Name) result).text()).hasSize(231));
        assertThat(cipher(Hex.UNSALTED, options("standard", "on", "base64")).encodeFile("x".repeat(175)))
                .satisfies(
                        result -> assertThat(((NameResult.Name) result).text()).hasSize(235));
        assertThat(cipher(Hex.UNSALTED, options("standard", "on", "base32768")).encodeFile("x".repeat(463)))
                .satisfies(
                        result -> assertThat(((NameResult.Name) result).text()).hasSize(248));
    }

    @Test
    void namesThatAreNoTextAreKeptByteForByte() {
        for (String mode : List.of("standard", "obfuscate", "off")) {
            NameCipher cipher = cipher(Hex.UNSALTED, options(mode, "on", "base32"));
            String odd = "caf\uDCE9\uDCFF";
            var stored = (NameResult.Name) cipher.encodeFile(odd);
            assertThat(cipher.decodeFile(stored.text())).isEqualTo(name(odd));
        }
    }

    @Test
    void everyNameComesBackInEveryModeAndEncoding() {
        var random = new Random(11);
        for (String mode : List.of("standard", "obfuscate", "off")) {
            for (String encoding : List.of("base32", "base64", "base32768")) {
                NameCipher cipher = cipher(Hex.SALTED, options(mode, "on", encoding));
                for (int i = 0; i < 300; i++) {
                    String path = randomName(random, 1 + i % 140) + "/" + randomName(random, 1 + i % 60);
                    NameResult stored = cipher.encodeFile(path);
                    assertThat(stored.then(cipher::decodeFile))
                            .as("%s %s", mode, path)
                            .isEqualTo(name(path));
                }
            }
        }
    }

    private static String randomName(Random random, int length) {
        return random.ints(0x20, 0x3000)
                .map(c -> c % 3 == 0 ? 0x20 + c % 0x5F : c % 97 == 0 ? 0x1F600 + c % 50 : c)
                .filter(c -> c != '/' && c != '.')
                .limit(length)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Test
    void mutatedNamesAreReadOrRefusedAndNeverAnythingElse() {
        var random = new Random(7);
        for (String mode : List.of("standard", "obfuscate", "off")) {
            for (String encoding : List.of("base32", "base64", "base32768")) {
                NameCipher cipher = cipher(Hex.SALTED, options(mode, "on", encoding));
                for (int i = 0; i < 1500; i++) {
                    var text = new StringBuilder(
                            ((NameResult.Name) cipher.encodeFile(randomName(random, 1 + i % 40))).text());
                    for (int change = 0; change < 1 + i % 3; change++) {
                        text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(1 << 16));
                    }
                    if (i % 5 == 0) {
                        text.setLength(random.nextInt(text.length()));
                    }
                    assertThat(cipher.decodeFile(text.toString())).isNotNull();
                    assertThat(cipher.decodeDirectory(text.toString())).isNotNull();
                    assertThat(cipher.encodeFile(text.toString())).isNotNull();
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"'ctl\u000f', ctl\u240f", "del\u007f, del\u2421", "pic\u240f, pic\u201b\u240f", "zero\u2400, zero\u2400"
    })
    void namesOfFilesAreEncryptedInTheFormThatRcloneUses(String file, String form) {
        var ofFiles = new NameCipher(CryptOptions.STANDARD, NameForm.OF_FILES, Hex.SALTED.name(), Hex.SALTED.tweak());
        NameCipher asGiven = cipher(Hex.SALTED, CryptOptions.STANDARD);

        assertThat(ofFiles.encodeFile(file)).isEqualTo(asGiven.encodeFile(form));
        assertThat(ofFiles.encodeFile(file).then(ofFiles::decodeFile)).isEqualTo(name(file));
    }
}
