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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanPagesTest {
    private static final long RUN = 7;

    private final RunFolder folder;
    private final PlanPages pages;

    PlanPagesTest(@TempDir Path folder) {
        this.folder = new RunFolder(folder);
        this.pages = new PlanPages(this.folder);
    }

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

    private void plan(Step... steps) throws IOException {
        try (var writer = new PlanFile.Writer(folder.plan(RUN), folder.plan(RUN).resolveSibling("scratch"))) {
            writer.begin(new PlanFile.Header(
                    Mode.SYNC,
                    new StorageSpec("local", Map.of("path", "/a")),
                    new StorageSpec("local", Map.of("path", "/b")),
                    Optional.empty(),
                    List.of(),
                    new PlannedPlaces("a", "b")));
            List.of(steps).forEach(writer::step);
            writer.finish();
        }
    }

    private PlanPages.Page page(PlanChange what, int most) {
        return pages.page(RUN, new PlanPages.Query(Set.of(what), "", 0, most)).orElseThrow();
    }

    private PlanPages.Page page(int most) {
        return pages.page(RUN, new PlanPages.Query(Set.of(), "", 0, most)).orElseThrow();
    }

    @Test
    void aPageThatDoesNotReadAllOfThePlanTellsWhatAllOfItComesTo() throws IOException {
        plan(add("a", 1), add("b", 2), add("c", 4));
        assertThat(page(10).totals().bytes()).isEqualTo(7);
        PlanPages.Page again = page(1);
        assertThat(again.lines()).extracting(PlanPages.Line::path).containsExactly("a");
        assertThat(again.fitting()).isEqualTo(3);
        assertThat(again.totals().steps()).isEqualTo(Map.of("added", 3L));
    }

    @Test
    void anotherPlanInItsPlaceIsCountedAnew() throws IOException {
        plan(add("a", 1), add("b", 2));
        assertThat(page(10).totals().bytes()).isEqualTo(3);
        plan(add("a", 5), add("b", 6));
        assertThat(page(1).totals().bytes()).isEqualTo(11);
        Files.delete(folder.plan(RUN));
        assertThat(pages.page(RUN, new PlanPages.Query(Set.of(), "", 0, 1))).isEmpty();
    }

    @Test
    void whatIsCopiedAtTheTargetGoesNowhereAndTellsWhatItReplaces() throws IOException {
        plan(
                new Step.CopyAtTarget(file("new", 8), file("old", 8), new RelPath("new"), Optional.empty()),
                new Step.CopyAtTarget(
                        file("worn", 16), file("fresh", 16), new RelPath("worn"), Optional.of(file("worn", 3))),
                add("a", 1));
        assertThat(page(10).totals().bytes()).isEqualTo(1);
        assertThat(page(PlanChange.COPY, 10).lines())
                .containsExactly(new PlanPages.Line("copied there", "new", Optional.of("old"), 8));
        assertThat(page(PlanChange.CHANGE, 10).lines())
                .containsExactly(new PlanPages.Line("replaced", "worn", Optional.of("fresh"), 16));
        assertThat(PlanTree.read(folder.plan(RUN), new PlanTree.Query(RelPath.ROOT, Set.of(), "", 0, 10))
                        .totals()
                        .bytes())
                .isEqualTo(1);
    }
}
