package io.skyferry.storages.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.storage.StorageProvider;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalSettingsTest {
    @ParameterizedTest
    @CsvSource({
        "path, relative/path, an absolute path",
        "path, '', an absolute path",
        "links, maybe, 'skip, follow or text'",
        "one-file-system, yes, on or off",
        "fsync, 1, on or off",
        "probe, never, look or write"
    })
    void wrongSettingIsNamed(String name, String value, String wanted) {
        Map<String, String> settings = name.equals("path") ? Map.of(name, value) : Map.of("path", "/x", name, value);
        assertThatThrownBy(() -> LocalSettings.of(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Want %s for '%s' but have '%s'", wanted, name, value);
    }

    @Test
    void slashesAtTheEndAreNoPartOfThePath() {
        assertThat(LocalSettings.of(Map.of("path", "/a/b//")).path()).isEqualTo("/a/b");
        assertThat(LocalSettings.of(Map.of("path", "//")).path()).isEqualTo("/");
    }

    @Test
    void providerIsFoundByItsKeyAndOpensWithoutLookingAtTheDisk() {
        StorageProvider provider = ServiceLoader.load(StorageProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(found -> found.key().equals("local"))
                .findFirst()
                .orElseThrow();
        provider.open(Map.of("path", "/nowhere/at/all")).close();
        assertThat(provider.settings())
                .extracting(StorageProvider.Setting::name)
                .containsExactly("path", "links", "one-file-system", "fsync", "probe");
    }
}
