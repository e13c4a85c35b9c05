package io.skyferry.storages.s3.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.storages.s3.sign.Percent.PlusSign;
import org.junit.jupiter.api.Test;

class PercentTest {
    @Test
    void unreservedCharactersStay() {
        assertThat(Percent.ofPath("aZ09-._~/b")).isEqualTo("aZ09-._~/b");
        assertThat(Percent.ofValue("a/b")).isEqualTo("a%2Fb");
    }

    @Test
    void allOthersAreBytesOfUtf8() {
        assertThat(Percent.ofPath("a b+c*é\uD83D\uDE00\u0001")).isEqualTo("a%20b%2Bc%2A%C3%A9%F0%9F%98%80%01");
    }

    @Test
    void encodedTextComesBack() {
        String text = "a b+c%/é\uD83D\uDE00\u0001\n";
        assertThat(Percent.decode(Percent.ofValue(text), PlusSign.IS_A_BLANK)).isEqualTo(text);
        assertThat(Percent.decode(Percent.ofPath(text), PlusSign.IS_ITSELF)).isEqualTo(text);
    }

    @Test
    void plusIsABlankInListingsOnly() {
        assertThat(Percent.decode("a+b", PlusSign.IS_A_BLANK)).isEqualTo("a b");
        assertThat(Percent.decode("a+b", PlusSign.IS_ITSELF)).isEqualTo("a+b");
    }

    @Test
    void bytesThatAreNoTextAreKept() {
        assertThat(Percent.decode("a%FF", PlusSign.IS_ITSELF)).isEqualTo("a\uDCFF");
    }

    @Test
    void brokenEncodingIsRefused() {
        assertThatThrownBy(() -> Percent.decode("a%4", PlusSign.IS_ITSELF))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Percent.decode("a%zz", PlusSign.IS_ITSELF))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
