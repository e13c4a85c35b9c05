package io.skyferry.storages.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.storage.WrongSettingException;
import io.skyferry.storages.s3.credential.Environment;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
    private final S3Provider provider =
            new S3Provider(new Environment(Map.of(), Path.of("/nowhere")), () -> Instant.EPOCH);

    @ParameterizedTest
    @CsvSource({
        "localhost:9000, https://localhost:9000",
        "localhost, https://localhost",
        "minio:9000, https://minio:9000",
        "host.example, https://host.example",
        "HOST.example:9000/, https://host.example:9000",
        "10.0.0.7, https://10.0.0.7",
        "[::1]:9000, https://[::1]:9000",
        "http://minio, http://minio",
        "https://host.example/, https://host.example"
    })
    void hostIsAnEndpointWithItsSchemeOrWithout(String text, String origin) {
        S3Settings read = S3Settings.ofAccount(Map.of(S3Settings.ENDPOINT, text));
        assertThat(read.endpoint().orElseThrow()).hasToString(origin);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "nonsense/x.y",
                "nonsense:",
                ":9000",
                " ",
                "a host.example",
                " http://host.example",
                "ftp://host.example",
                "http://",
                "http:/host.example",
                ".",
                "host.example:99999"
            })
    void whatIsNoServerIsRefusedBeforeItIsSaved(String text) {
        assertThatThrownBy(() -> provider.check(Map.of(S3Settings.ENDPOINT, text)))
                .isInstanceOfSatisfying(
                        WrongSettingException.class,
                        wrong -> assertThat(wrong.setting()).isEqualTo("endpoint"))
                .hasMessageStartingWith("Want a URL like 'https://s3.example.com'")
                .hasMessageEndingWith("but have '%s'", text);
    }

    @Test
    void loginOfAnEndpointIsNotShown() {
        assertThatThrownBy(() -> provider.check(Map.of(S3Settings.ENDPOINT, "http://me:key@host.example")))
                .hasMessageEndingWith("but have 'http://...@host.example'");
        assertThatThrownBy(() -> provider.check(Map.of(S3Settings.ENDPOINT, "me:k@y@host.example")))
                .hasMessageEndingWith("but have '...@host.example'");
    }

    @Test
    void settingsThatFitEachOtherAreTaken() {
        provider.check(Map.of());
        provider.check(Map.of(S3Settings.PATH, "bucket/path", S3Settings.PART_SIZE, "16777216"));
    }

    @ParameterizedTest
    @CsvSource({
        "path, no bucket/x",
        "provider, minio",
        "path-style, perhaps",
        "part-size, 16M",
        "sse, rot13",
        "sse-customer-key, short",
        "checksum, crc7"
    })
    void eachSettingThatIsWrongIsNamed(String setting, String value) {
        assertThatThrownBy(() -> provider.check(Map.of(setting, value)))
                .isInstanceOfSatisfying(
                        WrongSettingException.class,
                        wrong -> assertThat(wrong.setting())
                                .isEqualTo(setting.equals("provider") ? "endpoint" : setting));
    }
}
