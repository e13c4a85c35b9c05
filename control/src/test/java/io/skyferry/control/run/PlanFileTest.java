package io.skyferry.control.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.engine.options.Mode;
import io.skyferry.engine.plan.Step;
import io.skyferry.engine.run.OneWayRun.SuffixPlace;
import io.skyferry.storage.Entry;
import io.skyferry.storage.HashType;
import io.skyferry.storage.ItemId;
import io.skyferry.storage.LayerSpec;
import io.skyferry.storage.ModTime;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.StorageSpec;
import io.skyferry.storage.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanFileTest {
    private static final Entry.File OLD = file("a\tb\n\uDCE9", "v1");
    private static final Entry.File NEW = file("a\tb\n\uDCE9", "v2");
    private static final List<Step> STEPS = List.of(
            new Step.Transfer(NEW, NEW.path(), Optional.of(OLD)),
            new Step.Transfer(NEW, NEW.path(), Optional.empty()),
            new Step.CopyAtTarget(NEW, OLD, NEW.path(), Optional.empty()),
            new Step.Rename(NEW, OLD, new RelPath("end\tof")),
            new Step.SetTime(NEW, OLD),
            new Step.DeleteTarget(OLD),
            new Step.DeleteSource(NEW, Optional.of(OLD)),
            new Step.MakeDirectory(new RelPath("end")),
            new Step.RemoveDirectory(new RelPath("steps")));
    private static final PlanFile.Header HEADER = new PlanFile.Header(
            Mode.SYNC,
            new StorageSpec("local", Map.of("path", "/a\t\uDCFF", "links", "skip")),
            new StorageSpec("local", Map.of("path", "/b"))
                    .under(List.of(
                            new LayerSpec("crypt", Map.of("password-file", "/p", "names", "off")),
                            new LayerSpec("crypt", Map.of()))),
            Optional.of(new OneWayTask.Backup(
                    Optional.of(new StorageSpec("local", Map.of("path", "/c"))), ".old", SuffixPlace.BEFORE_EXTENSION)),
            List.of(
                    new OneWayTask.Reference(new StorageSpec("local", Map.of("path", "/d")), true),
                    new OneWayTask.Reference(new StorageSpec("local", Map.of("path", "/e")), false)),
            new PlannedPlaces("local::/a on x", "local::/b on y"));

    @TempDir
    Path folder;

    private static Entry.File file(String path, String version) {
        return new Entry.File(
                new RelPath(path),
                12,
                new ModTime.Known(Instant.parse("2026-11-21T16:40:01.123456789Z")),
                Map.of(HashType.MD5, "00ff"),
                Optional.of(new Version(version)),
                Optional.of(new ItemId("i")),
                Optional.empty());
    }

    private Path written() throws IOException {
        Path file = folder.resolve("plan");
        try (var writer = new PlanFile.Writer(file, folder)) {
            writer.begin(HEADER);
            STEPS.forEach(writer::step);
            writer.finish();
        }
        return file;
    }

    @Test
    void planIsReadAsItWasWritten() throws IOException {
        List<Step> read = new ArrayList<>();
        try (var reader = new PlanFile.Reader(written())) {
            assertThat(reader.header()).isEqualTo(HEADER);
            reader.forEachRemaining(read::add);
        }

        assertThat(read).isEqualTo(STEPS);
    }

    @Test
    void lostOrChangedBytesAreNoticed() throws IOException {
        byte[] whole = Files.readAllBytes(written());
        for (int i = 0; i < whole.length; i += 7) {
            byte[] changed = whole.clone();
            changed[i] ^= 1;
            refused(changed);
            byte[] cut = new byte[i];
            System.arraycopy(whole, 0, cut, 0, i);
            refused(cut);
        }
    }

    private void refused(byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("damaged"), bytes);
        assertThatThrownBy(() -> new PlanFile.Reader(file).close()).isInstanceOf(RefusedException.class);
    }

    @Test
    void planThatIsNotFinishedLeavesNothing() throws IOException {
        Path file = folder.resolve("plan");
        try (var writer = new PlanFile.Writer(file, folder)) {
            writer.begin(HEADER);
        }

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void planThatCannotGetItsNameLeavesNothingBesideIt() throws IOException {
        Path file = folder.resolve("plan");
        Files.createDirectories(file.resolve("inside"));
        try (var writer = new PlanFile.Writer(file, folder.resolve("scratch"))) {
            writer.begin(HEADER);
            assertThatThrownBy(writer::finish).isInstanceOf(IOException.class);
        }

        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("plan", "scratch");
        assertThat(folder.resolve("scratch")).isEmptyDirectory();
    }
}
