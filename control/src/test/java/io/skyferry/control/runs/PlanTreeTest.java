package io.skyferry.control.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.control.run.PlanFile;
import io.skyferry.control.run.PlannedPlaces;
import io.skyferry.engine.options.Mode;
import io.skyferry.engine.plan.Step;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ModTime;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.StorageSpec;
import io.skyferry.testkit.Cases;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanTreeTest {
    @TempDir
    Path folder;

    private static Entry.File file(String path, long size) {
        return new Entry.File(
                new RelPath(path),
                size,
                new ModTime.NotKept(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Step add(String path, long size) {
        return new Step.Transfer(file(path, size), new RelPath(path), Optional.empty());
    }

    private Path plan(List<Step> steps) throws IOException {
        Path file = folder.resolve("plan");
        try (var writer = new PlanFile.Writer(file, folder)) {
            writer.begin(new PlanFile.Header(
                    Mode.SYNC,
                    new StorageSpec("local", Map.of("path", "/a")),
                    new StorageSpec("local", Map.of("path", "/b")),
                    Optional.empty(),
                    List.of(),
                    new PlannedPlaces("a", "b")));
            steps.forEach(writer::step);
            writer.finish();
        }
        return file;
    }

    private static PlanTree.Query all(String folder) {
        return new PlanTree.Query(new RelPath(folder), Set.of(), "", 0, 1000);
    }

    @Test
    void aLevelShowsWhatEachFolderComesTo() throws IOException {
        Path file = plan(List.of(
                add("a", 10),
                add("photos/1.jpg", 100),
                new Step.Transfer(
                        file("photos/2.jpg", 50), new RelPath("photos/2.jpg"), Optional.of(file("photos/2.jpg", 9))),
                new Step.Rename(file("photos/new", 5), file("photos/old", 5), new RelPath("photos/new")),
                new Step.MakeDirectory(new RelPath("empty")),
                new Step.DeleteTarget(file("photos/x/gone", 7))));
        PlanTree top = PlanTree.read(file, all(""));
        assertThat(top.nodes()).extracting(PlanTree.Node::name).containsExactly("empty", "photos", "a");
        assertThat(top.totals().steps()).isEqualTo(6);
        assertThat(top.totals().bytes()).isEqualTo(160);
        assertThat(top.totals().requests()).isEqualTo(9);
        assertThat(top.nodes().get(0).step()).contains(PlanChange.MAKE_FOLDER);
        assertThat(top.nodes().get(1).totals().counts())
                .isEqualTo(Map.of(
                        PlanChange.ADD, 1L, PlanChange.CHANGE, 1L, PlanChange.RENAME, 1L, PlanChange.DELETE, 1L));
        PlanTree photos = PlanTree.read(file, all("photos"));
        assertThat(photos.nodes()).extracting(PlanTree.Node::name).containsExactly("x", "1.jpg", "2.jpg", "new");
        assertThat(photos.nodes().getLast().from()).contains(new RelPath("photos/old"));
    }

    @Test
    void whatIsAskedForIsShownAndCounted() throws IOException {
        Path file = plan(List.of(
                add("A/report.pdf", 1),
                add("b/REPORT.txt", 2),
                new Step.DeleteTarget(file("b/old report", 4)),
                add("c", 8)));
        var query = new PlanTree.Query(RelPath.ROOT, Set.of(PlanChange.ADD), "Report", 0, 1);
        PlanTree first = PlanTree.read(file, query);
        assertThat(first.totals().bytes()).isEqualTo(3);
        assertThat(first.nodes()).extracting(PlanTree.Node::name).containsExactly("A");
        assertThat(first.hidden()).isEqualTo(1);
        PlanTree second = PlanTree.read(file, new PlanTree.Query(RelPath.ROOT, Set.of(PlanChange.ADD), "Report", 1, 1));
        assertThat(second.nodes()).extracting(PlanTree.Node::name).containsExactly("b");
        assertThat(second.hidden()).isZero();
    }

    @Test
    void theFoldersOfALevelComeToWhatTheLevelComesTo() throws IOException {
        Cases.of(60, (random, size) -> {
            Set<Step> steps = new LinkedHashSet<>();
            for (int i = 0; i < size; i++) {
                steps.add(step(random));
            }
            Path file = plan(List.copyOf(steps));
            check(file, "");
        });
    }

    private static void check(Path file, String folder) {
        PlanTree level = PlanTree.read(file, all(folder));
        long steps = 0;
        long bytes = 0;
        for (PlanTree.Node node : level.nodes()) {
            steps += node.totals().steps();
            bytes += node.totals().bytes();
            if (node.isFolder()) {
                long own = node.step().isPresent() ? 1 : 0;
                PlanTree below = PlanTree.read(file, all(node.path().text()));
                assertThat(below.totals().steps()).isEqualTo(node.totals().steps() - own);
                check(file, node.path().text());
            }
        }
        assertThat(level.totals().steps()).isEqualTo(steps);
        assertThat(level.totals().bytes()).isEqualTo(bytes);
    }

    private static Step step(RandomGenerator random) {
        var path = new StringBuilder("n" + random.nextInt(3));
        for (int i = random.nextInt(3); i > 0; i--) {
            path.append("/n").append(random.nextInt(3));
        }
        String text = path.toString();
        return switch (random.nextInt(4)) {
            case 0 -> new Step.DeleteTarget(file(text + ".x", 3));
            case 1 -> new Step.MakeDirectory(new RelPath(text));
            case 2 -> new Step.DeleteSource(file(text + ".y", 3), Optional.empty());
            default -> add(text + ".z", random.nextInt(100));
        };
    }
}
