package io.skyferry.naming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.storage.RelPath;
import io.skyferry.testkit.Cases;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameEncoderTest {
    private static final NamePolicy NARROW = new NamePolicy(
            "*:\\%#" + NamePolicy.controlCharacters(),
            " .~-",
            " .",
            Set.of("desktop.ini", "AB", "Icon\u2024"),
            Set.of("CON", "NUL", "ff"),
            NamePolicy.Bytes.ENCODED,
            10_000,
            10_000);

    private static final List<NamePolicy> POLICIES = List.of(
            NamePolicy.TEXT,
            NamePolicy.WINDOWS,
            NARROW,
            new NamePolicy("", " ", " ", Set.of(), Set.of(), NamePolicy.Bytes.KEPT, 10_000, 10_000),
            new NamePolicy("", "", "", Set.of("con"), Set.of(), NamePolicy.Bytes.KEPT, 10_000, 10_000));

    /// What hurts encoders: forbidden characters, what replaces them, quotes, digits, bytes, letters of
    /// taken names.
    private static final List<String> PIECES = List.of(
            " ",
            ".",
            "~",
            "-",
            "*",
            ":",
            "\\",
            "%",
            "#",
            "\u0001",
            "\u001F",
            "\u007F",
            "\u2400",
            "\u2401",
            "\u241F",
            "\u2420",
            "\u2421",
            "\uFF0A",
            "\uFF1A",
            "\uFF3C",
            "\uFF0E",
            "\uFF0F",
            "\uFF23",
            "\uFF41",
            "\u201B",
            "\u201B",
            "\uDC80",
            "\uDCFF",
            "8",
            "F",
            "0",
            "a",
            "C",
            "O",
            "N",
            "con",
            "NUL",
            "nul",
            "desktop.ini",
            "AB",
            "ff",
            "\uD83D\uDE00",
            "\u00E9",
            "e\u0301",
            "\uFFFD");

    private static String anyName(RandomGenerator random, int size) {
        var name = new StringBuilder();
        int pieces = 1 + random.nextInt(1 + Math.min(size, 12));
        for (int i = 0; i < pieces; i++) {
            name.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        String text = name.toString();
        return RelPath.faultOf(text).isPresent() ? "x" + text : text;
    }

    @Test
    void decodingGivesBackEveryName() {
        Cases.of(40_000, (random, size) -> {
            NamePolicy policy = POLICIES.get(random.nextInt(POLICIES.size()));
            var encoder = new NameEncoder(policy);
            String name = anyName(random, size);
            String stored = encoder.encode(name);
            assertThat(encoder.decode(stored)).as(stored).contains(name);
        });
    }

    @Test
    void encodedNamesAreLegal() {
        Cases.of(20_000, (random, size) -> {
            NamePolicy policy = POLICIES.get(random.nextInt(POLICIES.size()));
            String stored = new NameEncoder(policy).encode(anyName(random, size));
            assertThat(policy.faultOf(stored)).as(stored).isEmpty();
            assertThat(RelPath.faultOf(stored)).isEmpty();
        });
    }

    @Test
    void namesThatAreLegalAndHoldNoReplacementStayAsTheyAre() {
        Cases.of(5_000, (random, size) -> {
            NamePolicy policy = POLICIES.get(random.nextInt(POLICIES.size()));
            String name = anyName(random, size);
            boolean plain = name.chars().noneMatch(c -> c == 0x201B || (c >= 0x2400 && c <= 0x2421) || c > 0xFF00);
            if (plain && policy.faultOf(name).isEmpty()) {
                assertThat(new NameEncoder(policy).encode(name)).isEqualTo(name);
            }
        });
    }

    @Test
    void noTwoNamesAreStoredAlike() {
        for (NamePolicy policy : POLICIES) {
            var encoder = new NameEncoder(policy);
            Map<String, String> byStored = new HashMap<>();
            Cases.of(3_000, (random, size) -> {
                String name = anyName(random, Math.min(size, 2));
                String other = byStored.put(encoder.encode(name), name);
                assertThat(other == null || other.equals(name))
                        .as("%s and %s", name, other)
                        .isTrue();
            });
        }
    }

    @Test
    void whatIsStoredIsDecodedToOneNameOrNone() {
        Cases.of(20_000, (random, size) -> {
            var encoder = new NameEncoder(POLICIES.get(random.nextInt(POLICIES.size())));
            String stored = anyName(random, size);
            encoder.decode(stored)
                    .ifPresent(name -> assertThat(encoder.encode(name)).isEqualTo(stored));
        });
    }

    /// As rclone writes them, with the characters that Windows forbids.
    @ParameterizedTest
    @CsvSource({
        "a:b, a\uFF1Ab",
        "what?, what\uFF1F",
        "a*b|c<d>, a\uFF0Ab\uFF5Cc\uFF1Cd\uFF1E",
        "trailing., trailing\uFF0E",
        "'trailing ', trailing\u2420",
        "'in the middle .x', 'in the middle .x'",
        "literal\uFF1A, literal\u201B\uFF1A",
        "quote\u201B, quote\u201B\u201B",
        "picture\u2400, picture\u201B\u2400",
        "'\u0001control\u007F', \u2401control\u2421",
        "byte\uDCBF., byte\u201BBF\uFF0E",
        "CON, \uFF23ON",
        "con.txt, \uFF43on.txt",
        "console, console",
        "\uFF23ON, \u201B\uFF23ON",
    })
    void namesAreStoredTheWayRcloneStoresThem(String name, String stored) {
        var encoder = new NameEncoder(NamePolicy.WINDOWS);
        assertThat(encoder.encode(name)).isEqualTo(stored);
        assertThat(encoder.decode(stored)).contains(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lone\u201Bquote", "\u2400", "a:b", "x\u201Ba", "end.", "\u201B7F", "CON", "\u201B\uFF21x"})
    void namesThatNoEncodingMakesAreNotDecoded(String stored) {
        assertThat(new NameEncoder(NamePolicy.WINDOWS).decode(stored)).isEmpty();
    }

    @Test
    void policyThatAllowsEverythingChangesNothing() {
        Cases.of(1_000, (random, size) -> {
            String name = anyName(random, size);
            assertThat(new NameEncoder(NamePolicy.ANYTHING).encode(name)).isEqualTo(name);
            assertThat(new NameEncoder(NamePolicy.ANYTHING).decode(name)).contains(name);
        });
    }

    @Test
    void policiesThatCannotBeKeptAreRefused() {
        assertThatThrownBy(() -> forbidding("/")).hasMessageContaining("U+2f");
        assertThatThrownBy(() -> forbidding("a")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> forbidding("\u00E9")).isInstanceOf(IllegalArgumentException.class);
    }

    private static NamePolicy forbidding(String characters) {
        return new NamePolicy(characters, "", "", Set.of(), Set.of(), NamePolicy.Bytes.KEPT, 255, 255);
    }
}
