package io.skyferry.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpillFoldersTest {
    /// Above what any Linux gives out.
    private static final long NO_PROCESS = 1L << 40;

    @TempDir
    Path all;

    @Test
    void whatDeadProcessesLeftIsRemovedAndAllElseStays() throws IOException {
        Path left = Files.createDirectories(all.resolve("run-" + NO_PROCESS + "-1/deep"));
        Files.writeString(left.resolve("part.spill"), "x");
        Path own = Files.createDirectory(
                all.resolve("run-" + ProcessHandle.current().pid() + "-7"));
        Path foreign = Files.createDirectory(all.resolve("notes"));

        Path next = new SpillFolders(all).next();

        assertThat(left.getParent()).doesNotExist();
        assertThat(own).exists();
        assertThat(foreign).exists();
        assertThat(next).doesNotExist();
        assertThat(next.getParent()).isEqualTo(all);
    }

    @Test
    void eachRunHasAFolderOfItsOwn() {
        var folders = new SpillFolders(all.resolve("not-there-yet"));

        assertThat(folders.next()).isNotEqualTo(folders.next());
    }
}
