package io.skyferry.storages.s3.credential;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.storages.s3.sign.Access;
import io.skyferry.testkit.FakeClock;
import org.junit.jupiter.api.Test;

class RenewedTest {
    private final FakeClock clock = new FakeClock();
    private int fetched;

    private Credentials numbered() {
        return new Renewed(() -> Access.lasting("key" + ++fetched, "secret"), clock::get, () -> {});
    }

    @Test
    void keyThatWasRefusedToSeveralRequestsIsRenewedOnce() {
        Credentials source = numbered();
        Access first = source.access();
        assertThat(source.renewed(first)).isTrue();
        assertThat(source.renewed(first)).isTrue();
        assertThat(source.access().keyId()).isEqualTo("key2");
        assertThat(fetched).isEqualTo(2);
    }

    @Test
    void keyThatIsGivenOutAgainIsNoNewerOne() {
        Credentials source = new Renewed(() -> Access.lasting("key", "secret"), clock::get, () -> {});
        assertThat(source.renewed(source.access())).isFalse();
    }
}
