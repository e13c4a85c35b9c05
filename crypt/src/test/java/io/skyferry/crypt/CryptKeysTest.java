package io.skyferry.crypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CryptKeysTest {
    @Test
    void passwordWithoutSaltGivesTheKeysOfRclone() {
        assertThat(Hex.text(Hex.UNSALTED.data()))
                .isEqualTo("7455c71ab17c865b8471f47b79acb07eb31d5678b80c7e2eaf4fc8066a9ee468");
        assertThat(Hex.text(Hex.UNSALTED.name()))
                .isEqualTo("765da27ab15d77f95796711f7b93ad63bbb484072e7180a8d17a9bbec14270d0");
        assertThat(Hex.text(Hex.UNSALTED.tweak())).isEqualTo("c18d5932f55b2828c5e1e87215520310");
    }

    @Test
    void passwordWithSaltGivesTheKeysOfRclone() {
        assertThat(Hex.text(Hex.SALTED.data()))
                .isEqualTo("8e9b6b99f8690467a071f9cb92d0aa787f8ff178bec96f999fd5206e644a1b50");
        assertThat(Hex.text(Hex.SALTED.name()))
                .isEqualTo("3ea95ef681782dc9d9955d225bfd442c6f5d6897b029015c6f462e2a9dae2ce3");
        assertThat(Hex.text(Hex.SALTED.tweak())).isEqualTo("f17fd7141d65274f363fc2a04dd2148a");
    }

    @Test
    void emptyPasswordIsRefused() {
        assertThatThrownBy(() -> CryptKeys.derive(new byte[0], Hex.utf8("salt")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("password");
    }

    @Test
    void idTellsKeysApartAndGivesNothingAway() {
        assertThat(Hex.SALTED.id()).hasSize(16).isNotEqualTo(Hex.UNSALTED.id());
        assertThat(Hex.text(Hex.SALTED.data())).doesNotContain(Hex.SALTED.id());
        assertThat(Hex.SALTED.toString()).isEqualTo("CryptKeys");
    }
}
