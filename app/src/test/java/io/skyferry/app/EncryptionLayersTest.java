package io.skyferry.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.storage.LayerSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncryptionLayersTest {
    private final EncryptionLayers layers = new EncryptionLayers();
    private final Path password;

    EncryptionLayersTest(@TempDir Path folder) {
        this.password = folder.resolve("password");
    }

    private String id(String setting, String value) {
        return layers.keys(new LayerSpec("crypt", Map.of(setting, value))).id();
    }

    @Test
    void passwordFileThatChangedGivesOtherKeys() throws IOException {
        Files.writeString(password, "first");
        String before = id("password-file", password.toString());
        Files.writeString(password, "second");

        assertThat(id("password-file", password.toString()))
                .isNotEqualTo(before)
                .isEqualTo(id("password", "second"));
    }

    @Test
    void keysAreDerivedOnce() {
        var layer = new LayerSpec("crypt", Map.of("password", "first"));

        assertThat(layers.keys(layer)).isSameAs(layers.keys(layer));
    }
}
