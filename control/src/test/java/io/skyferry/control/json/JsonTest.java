package io.skyferry.control.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {
    @Test
    void membersComeInTheOrderGiven() {
        Map<String, Long> counts = new TreeMap<>(Map.of("b", 2L, "a", 1L));

        assertThat(Json.event("report")
                        .put("text", "x")
                        .put("number", -1)
                        .put("flag", true)
                        .put("inner", new Json().put("a", 1))
                        .put("counts", counts)
                        .putNull("nothing")
                        .toString())
                .isEqualTo("{\"event\":\"report\",\"text\":\"x\",\"number\":-1,\"flag\":true,\"inner\":{\"a\":1},"
                        + "\"counts\":{\"a\":1,\"b\":2},\"nothing\":null}");
    }

    @ParameterizedTest
    @CsvSource({
        "0022, '\\\"'",
        "005C, '\\\\'",
        "000A, '\\n'",
        "000D, '\\r'",
        "0009, '\\t'",
        "0001, '\\u0001'",
        "001F, '\\u001f'",
        "007F, '\\u007f'",
        "2028, '\\u2028'",
        "DC80, '\\udc80'",
        "DCFF, '\\udcff'",
        "D800, '\\ud800'",
        "00E9, 'é'",
        "FFFD, '�'",
    })
    void whatWouldHurtIsEscaped(String hex, String written) {
        String text = String.valueOf((char) Integer.parseInt(hex, 16));

        assertThat(Json.quoted("a" + text + "b")).isEqualTo("\"a" + written + "b\"");
    }

    @Test
    void charactersBeyondTheFirstPlaneStayWhole() {
        assertThat(Json.quoted("\uD83D\uDE00")).isEqualTo("\"\uD83D\uDE00\"");
    }

    @Test
    void everyLineCanBeEncoded() {
        for (char c = 0; c < Character.MAX_VALUE; c++) {
            String line = Json.quoted(c + "x" + c);
            assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(line))
                    .as(Integer.toHexString(c))
                    .isTrue();
        }
    }
}
