package io.skyferry.storages.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.storage.RelPath;
import io.skyferry.testkit.Cases;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class S3NamesTest {
    private static final String ALPHABET = "a./ \u0001\u201B\uFF0F\uFF0E\u2400\uDC80\uDCFFF8\u00E9\uD83D\uDE00+%";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "a b/c+d%",
                "trailing /. x",
                "\u0001\u007F\\:*?",
                "\u00E9\uD83D\uDE00\uFF1A",
                "full\uFF0Fwidth",
                "\uFF0E/x",
                "\u2400",
                "a\u201Bb",
                "\u201B\uFF0F",
                ""
            })
    void whatRcloneLeavesStays(String path) {
        assertThat(S3Names.encode(path)).isEqualTo(path);
        assertThat(S3Names.decode(path)).contains(path);
    }

    @ParameterizedTest
    @CsvSource({
        "a\uDCFFb, a\u201BFFb",
        "\uDCC3(, \u201BC3(",
        "\u201BFFquote, \u201B\u201BFFquote",
        "\u201B\u201B, \u201B\u201B\u201B",
        "\u201B\uDCFF, \u201B\u201B\u201BFF"
    })
    void whatRcloneEncodesIsEncodedAlike(String path, String key) {
        assertThat(S3Names.encode(path)).isEqualTo(key);
        assertThat(S3Names.decode(key)).contains(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u201B\u201Bb", "../x", "a//b", "/a", "a/./b", "x/"})
    void keyThatNoPathHasIsTold(String key) {
        assertThat(S3Names.faultOf(key)).isPresent();
        assertThat(S3Names.isPath(key)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a/b", "...", "a/.b/..c", "\u00e9/\uD83D\uDE00", ".a", "a."})
    void keyThatIsAPathIsSeenAtOneGlance(String key) {
        assertThat(S3Names.isPath(key)).isTrue();
    }

    @Test
    void keyIsAPathWhereNothingIsWrongWithItAndNothingStandsForAnother() {
        Cases.of(2000, (random, size) -> {
            String key = randomPath(random, size);
            if (S3Names.isPath(key)) {
                assertThat(S3Names.faultOf(key)).isEmpty();
                assertThat(S3Names.decode(key)).contains(key);
            } else if (S3Names.encode(key).equals(key) && key.indexOf('\u201B') < 0) {
                assertThat(RelPath.faultOf(key).isPresent() || key.isEmpty()).isTrue();
            }
        });
    }

    @Test
    void everyPathComesBack() {
        Cases.of(2000, (random, size) -> {
            String path = randomPath(random, size);
            if (RelPath.faultOf(path).isEmpty()) {
                String key = S3Names.encode(path);
                assertThat(S3Names.decode(key)).contains(path);
                assertThat(new String(RelPath.bytesOf(key), StandardCharsets.UTF_8))
                        .isEqualTo(key);
            }
        });
    }

    private static String randomPath(RandomGenerator random, int size) {
        var path = new StringBuilder();
        for (int i = 0; i < size % 12 + 1; i++) {
            path.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        byte[] bytes = bytes(path.toString());
        return RelPath.textOf(bytes, 0, bytes.length);
    }

    private static byte[] bytes(String text) {
        var clean = new StringBuilder();
        text.codePoints()
                .filter(c -> c < 0xD800 || c > 0xDFFF || (c >= 0xDC80 && c <= 0xDCFF))
                .forEach(clean::appendCodePoint);
        return RelPath.bytesOf(clean.toString());
    }
}
