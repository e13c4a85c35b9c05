package io.skyferry.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.Program;
import io.skyferry.storage.RelPath;
import io.skyferry.testkit.MemoryBackdoor;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangingCommandsTest {
    @TempDir
    Path scratch;

    private Program program;
    private MemoryBackdoor folder;

    @BeforeEach
    void fill() {
        program = new Program(scratch);
        folder = program.folder("/a");
        folder.put("keep.txt", "1");
        folder.put("x/y/old.tmp", "2");
        folder.mkdir("void/deep");
    }

    @Test
    void deleteTakesWhatTheFiltersSelectAndLeavesFolders() {
        var outcome = program.run("delete", "-v", "--include", "*.tmp", "/a");

        assertThat(outcome.code()).isZero();
        assertThat(outcome.err()).contains("x/y/old.tmp: deleted");
        assertThat(folder.texts()).containsOnlyKeys("keep.txt");
        assertThat(folder.directories()).contains(new RelPath("x/y"));
    }

    @Test
    void deleteRemovesEmptyFoldersOnRequest() {
        program.run("delete", "--include", "*.tmp", "--rmdirs", "/a");

        assertThat(folder.directories()).doesNotContain(new RelPath("x"), new RelPath("x/y"));
        assertThat(folder.texts()).containsOnlyKeys("keep.txt");
    }

    @Test
    void dryDeletePrintsAndDeletesNothing() {
        var outcome = program.run("delete", "-n", "--rmdirs", "/a");

        assertThat(outcome.out()).isEqualTo("delete     keep.txt\ndelete     x/y/old.tmp\n");
        assertThat(folder.texts()).hasSize(2);
        assertThat(folder.directories()).contains(new RelPath("void/deep"));
    }

    @Test
    void rmdirsTakesEmptyFoldersAlone() {
        assertThat(program.run("rmdirs", "--leave-root", "/a").code()).isZero();

        assertThat(folder.directories()).contains(new RelPath("x/y")).doesNotContain(new RelPath("void"));
        assertThat(folder.texts()).hasSize(2);
    }

    @Test
    void mkdirOfWhatIsThereIsFine() {
        assertThat(program.run("mkdir", "/a").code()).isEqualTo(ExitCodes.SUCCESS);
    }
}
