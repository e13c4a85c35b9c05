package io.skyferry.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Plans as people use them: kept where they were made, made again, applied again.
class PlanUseTest {
    private final Path source;
    private final Path target;
    private final Path plan;
    private final Typed typed;

    PlanUseTest(@TempDir Path folder) throws IOException {
        source = Files.createDirectories(folder.resolve("source"));
        Files.createDirectory(source.resolve("sub"));
        target = Files.createDirectories(folder.resolve("target"));
        plan = source.resolve("my.plan");
        typed = new Typed(folder);
        Files.writeString(source.resolve("a"), "new");
        Files.writeString(source.resolve("sub/b"), "replaces");
        Files.createDirectories(target.resolve("sub"));
        Files.writeString(target.resolve("sub/b"), "old");
        Files.writeString(target.resolve("gone"), "gone");
    }

    private Typed.Ended planned() {
        return typed.run("sync", "@source", "@target", "--plan-out", plan.toString(), "--create-empty-src-dirs");
    }

    @Test
    void planInTheFolderThatItIsAboutIsNoPartOfIt() throws IOException {
        for (int again = 0; again < 2; again++) {
            Typed.Ended told = planned();
            assertThat(told.exit()).as(told.err()).isZero();
            assertThat(told.out()).doesNotContain("plan (", ".tmp");
        }
        Typed.Ended done = typed.run("apply", plan.toString());
        assertThat(done.exit()).as(done.err()).isZero();
        assertThat(Trees.of(target)).containsOnlyKeys("a", "sub/b");
        try (var left = Files.list(source)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("a", "sub", "my.plan");
        }
    }

    @Test
    void planThatIsAppliedAgainTellsThatNothingWasToBeDone() throws IOException {
        Path empty = Files.createDirectory(source.resolve("empty"));
        planned();
        assertThat(typed.run("apply", "--json", plan.toString()).report())
                .contains("\"transferred\":{\"files\":2,\"bytes\":11}", "\"deleted\":1", "\"unchanged\":0");
        assertThat(target.resolve("empty")).isDirectory();

        Typed.Ended again = typed.run("apply", "--json", "-v", plan.toString());

        assertThat(again.exit()).isZero();
        assertThat(again.lines()).hasSize(1);
        assertThat(again.report())
                .contains("\"verdict\":\"success\"", "\"files\":0,\"bytes\":0}", "\"deleted\":0", "\"unchanged\":2");
        assertThat(empty).isDirectory();
    }

    @Test
    void renamesAndTimesOfAPlanThatIsAppliedAgainAreDoneOnce() throws IOException {
        typed.run("sync", "@source", "@target");
        Files.move(source.resolve("a"), source.resolve("renamed"));
        Files.setLastModifiedTime(source.resolve("sub/b"), FileTime.from(Instant.parse("2020-01-02T03:04:05Z")));
        planned();
        assertThat(typed.run("apply", "--json", plan.toString()).report())
                .contains("\"files\":0", "\"renamed\":1", "\"unchanged\":1");

        Typed.Ended again = typed.run("apply", "--json", plan.toString());

        assertThat(again.lines()).hasSize(1);
        assertThat(again.report()).contains("\"verdict\":\"success\"", "\"renamed\":0", "\"unchanged\":2");
    }

    @Test
    void targetThatWasEditedSinceIsNotTakenForDone() throws IOException {
        planned();
        typed.run("apply", plan.toString());
        Files.writeString(target.resolve("a"), "edited");

        Typed.Ended again = typed.run("apply", plan.toString());

        assertThat(again.exit()).isEqualTo(1);
        assertThat(again.out()).contains("1 unchanged, 1 failed");
        assertThat(target.resolve("a")).hasContent("edited");
    }
}
