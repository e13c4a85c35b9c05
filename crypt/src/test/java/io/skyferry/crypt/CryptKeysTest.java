package io.skyferry.crypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
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
    void sameSecretsGiveTheSameKeysAndOthersDoNot() {
        CryptKeys first = CryptKeys.derive(Hex.utf8("ab"), Hex.utf8("c"));
        assertThat(CryptKeys.derive(Hex.utf8("ab"), Hex.utf8("c"))).isSameAs(first);
        assertThat(CryptKeys.derive(Hex.utf8("a"), Hex.utf8("bc")).id()).isNotEqualTo(first.id());
        assertThat(CryptKeys.derive(Hex.utf8("abc"), new byte[0]).id()).isNotEqualTo(first.id());
    }

    @Test
    void onlyTheLastKeysAreKept() {
        var kept = new DerivedKeys();
        byte[] salt = Hex.utf8("salt");
        var derived = new AtomicInteger();
        IntConsumer use = i -> kept.get(Hex.utf8("password" + i), salt, () -> {
            derived.incrementAndGet();
            return Hex.SALTED;
        });
        for (int i = 0; i < 20; i++) {
            use.accept(i);
            use.accept(0);
        }
        assertThat(derived).hasValue(20);
        use.accept(19);
        assertThat(derived).hasValue(20);
        use.accept(1);
        assertThat(derived).hasValue(21);
    }

    @Test
    void idTellsKeysApartAndGivesNothingAway() {
        assertThat(Hex.SALTED.id()).hasSize(16).isNotEqualTo(Hex.UNSALTED.id());
        assertThat(Hex.text(Hex.SALTED.data())).doesNotContain(Hex.SALTED.id());
        assertThat(Hex.SALTED.toString()).isEqualTo("CryptKeys");
    }
}
