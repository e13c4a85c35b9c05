package io.skyferry.storages.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.storage.RelPath;
import org.junit.jupiter.api.Test;

class NameLengthsTest {
    private static boolean isRefused(String type, String path) {
        return NameLengths.of(type).refusal(new RelPath(path)).isPresent();
    }

    @Test
    void bytesOfEachNameCountOnFileSystemsOfThisKind() {
        assertThat(isRefused("ext4", "a".repeat(255))).isFalse();
        assertThat(isRefused("ext4", "a".repeat(256))).isTrue();
        assertThat(isRefused("ext4", "d/" + "a".repeat(256) + "/f")).isTrue();
        assertThat(isRefused("ext4", ("a".repeat(200) + "/").repeat(30) + "f")).isFalse();
        assertThat(isRefused("xfs", "日".repeat(85))).isFalse();
        assertThat(isRefused("xfs", "日".repeat(86))).isTrue();
        assertThat(isRefused("xfs", "\uDCFF".repeat(255))).isFalse();
        assertThat(isRefused("xfs", "\uDCFF".repeat(256))).isTrue();
    }

    @Test
    void unitsCountElsewhere() {
        assertThat(isRefused("vfat", "日".repeat(255))).isFalse();
        assertThat(isRefused("exfat", "日".repeat(256))).isTrue();
    }
}
