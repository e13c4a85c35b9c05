package io.skyferry.storages.local.disk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinuxMountsTest {
    private static final String[] TABLE = {
        "20 1 8:1 / / rw - ext4 /dev/sda1 rw",
        "21 20 8:2 / /home rw - ext4 /dev/sda2 rw",
        "30 20 8:1 /data /mnt/bound rw - ext4 /dev/sda1 rw",
        "31 20 8:2 /ann/docs /srv/my\\040docs rw - ext4 /dev/sda2 rw",
        "32 20 0:40 / /data/inner rw - tmpfs tmpfs rw",
        "33 20 0:50 /@ /vol rw - btrfs /dev/sdb rw",
        "34 20 0:50 /@home /vol/home rw - btrfs /dev/sdb rw",
        ""
    };

    @ParameterizedTest
    @CsvSource({
        "20, /etc, /etc",
        "30, /mnt/bound/a, /data/a",
        "31, /srv/my docs, /home/ann/docs",
        "31, /srv/my docs/x/y, /home/ann/docs/x/y",
        "32, /data/inner/z, /data/inner/z",
        "33, /vol/x, /vol/x",
        "34, /vol/home/x, /vol/home/x",
        "99, /unknown, /unknown",
    })
    void folderThatIsBoundToASecondPlaceHasOneFirstPath(String mount, String path, String first) {
        assertThat(LinuxMounts.firstPath(mount, path, TABLE)).isEqualTo(first);
    }

    @ParameterizedTest
    @CsvSource({"30, /mnt/bound", "20, /data"})
    void folderBelowWhichOthersAreMountedKeepsItsRealPath(String mount, String path) {
        assertThat(LinuxMounts.firstPath(mount, path, TABLE)).isEqualTo(path);
    }
}
