package io.skyferry.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpokenCommandTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sync a b                              | skyferry sync a b",
                "sync --s3-secret-access-key X a b     | skyferry sync --s3-secret-access-key *** a b",
                "sync --s3-secret-access-key=X=Y a b   | skyferry sync --s3-secret-access-key=*** a b",
                "sync --PASSWORD X -v a                | skyferry sync --PASSWORD *** -v a",
                "credential add n --set password=X     | skyferry credential add n --set ***",
                "sync --checksum a b                   | skyferry sync --checksum a b",
            })
    void whatMayBeSecretIsLeftOut(String typed, String spoken) {
        assertThat(SpokenCommand.of(List.of(typed.split(" +", -1)))).isEqualTo(spoken);
    }
}
