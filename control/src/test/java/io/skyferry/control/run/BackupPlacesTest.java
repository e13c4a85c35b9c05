package io.skyferry.control.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.engine.options.Mode;
import io.skyferry.engine.options.RunOptions;
import io.skyferry.engine.run.OneWayRun;
import io.skyferry.filter.Selection;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageSpec;
import io.skyferry.storage.Verb;
import io.skyferry.testkit.MemoryStorage;
import io.skyferry.testkit.Traits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackupPlacesTest {
    private final List<String> opened = new ArrayList<>();

    private final StorageOpener opener = new StorageOpener() {
        @Override
        public Storage open(StorageSpec spec) {
            String path = spec.settings().getOrDefault(Places.ROOT_SETTING, "");
            opened.add(path);
            return new MemoryStorage(path, Traits.DISK, () -> Instant.EPOCH);
        }

        @Override
        public Map<Verb, Long> requests() {
            return Map.of();
        }
    };

    private static StorageSpec spec(String path) {
        return new StorageSpec("local", Map.of(Places.ROOT_SETTING, path));
    }

    private OneWayRun.Backup backup(String target, Optional<String> place, String suffix) {
        var task = new OneWayTask(
                Mode.SYNC,
                spec("/source"),
                spec(target),
                Selection.everything(),
                RunOptions.DEFAULTS,
                Optional.empty(),
                List.of(),
                Duration.ZERO);
        var wanted = new OneWayTask.Backup(place.map(BackupPlacesTest::spec), suffix);
        return BackupPlaces.open(wanted, task, opener.open(spec("/source")), opener.open(spec(target)), opener);
    }

    @ParameterizedTest
    @CsvSource({
        "/mnt/backup, /mnt/old, /mnt, backup, old",
        "/mnt/a/b, /mnt/c, /mnt, a/b, c",
        "/a, /b, /, a, b",
        "/mnt/ab, /mnt/ac, /mnt, ab, ac",
    })
    void storageThatHoldsBothIsFound(String target, String place, String common, String inTarget, String inPlace) {
        OneWayRun.Backup backup = backup(target, Optional.of(place), "");

        assertThat(opened).last().isEqualTo(common);
        assertThat(backup.target()).isEqualTo(new RelPath(inTarget));
        assertThat(backup.directory()).isEqualTo(new RelPath(inPlace));
    }

    @Test
    void suffixAloneKeepsFilesBesideTheNewOnes() {
        OneWayRun.Backup backup = backup("/t", Optional.empty(), ".old");

        assertThat(backup.target()).isEqualTo(backup.directory()).isEqualTo(RelPath.ROOT);
        assertThat(backup.suffix()).isEqualTo(".old");
    }

    @ParameterizedTest
    @CsvSource({"/source", "/source/old"})
    void backupThatOverlapsTheSourceIsRefused(String place) {
        assertThatThrownBy(() -> backup("/t", Optional.of(place), ""))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("outside the source but have '%s'".formatted(place));
    }

    @Test
    void suffixIsPartOfAName() {
        assertThatThrownBy(() -> backup("/t", Optional.empty(), "a/b"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("'a/b'");
    }

    @ParameterizedTest
    @CsvSource({"/t, /t", "/t, /t/old", "/t/deep, /t"})
    void backupThatOverlapsTheTargetIsRefused(String target, String place) {
        assertThatThrownBy(() -> backup(target, Optional.of(place), ""))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("'%s'".formatted(place));
    }
}
