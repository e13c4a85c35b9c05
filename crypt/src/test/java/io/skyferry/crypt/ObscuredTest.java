package io.skyferry.crypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObscuredTest {
    /// Gives the letter `a` for ever.
    private static final RandomGenerator LETTER_A = new RandomGenerator() {
        @Override
        public long nextLong() {
            return 0x6161616161616161L;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            Arrays.fill(bytes, (byte) 'a');
        }
    };

    @Test
    void potatoLooksAsRcloneMakesIt() {
        assertThat(Obscured.obscure(Hex.utf8("potato"), LETTER_A)).isEqualTo("YWFhYWFhYWFhYWFhYWFhYXMaGgIlEQ");
    }

    @Test
    void whatWasObscuredIsRevealed() {
        var random = new Random(5);
        for (String password : new String[] {"", "x", "potato", "grün ☃", "a".repeat(1000)}) {
            assertThat(Obscured.reveal(Obscured.obscure(Hex.utf8(password), random)))
                    .isEqualTo(Hex.utf8(password));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "potato", "YWFhYWFhYWFhYWFhYWFhYXMaGgIlEQ==", "****", "YWFhYWFhYWFhYWFhYWFh", "ü"})
    void whatIsNotObscuredIsRefused(String text) {
        assertThatThrownBy(() -> Obscured.reveal(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Want an obscured password");
    }
}
