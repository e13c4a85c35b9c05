package io.skyferry.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of a run whose memory of the pair is not what the last run left: never a wrong delete or a wrong skip.
@Tag("slow")
class MemoryStateTest {
    private static final int FILES = 30;

    private final Path folder;
    private final Path source;
    private final Path target;
    private final Path pairs;
    private final Program program;

    MemoryStateTest(@TempDir Path folder) {
        this.folder = folder;
        source = folder.resolve("source");
        target = folder.resolve("target");
        Path home = folder.resolve("home");
        pairs = home.resolve("pairs");
        program = new Program(home);
        var random = new Random(5);
        for (int i = 0; i < FILES; i++) {
            Trees.put(source.resolve("d" + i % 3 + "/file" + i), 2000 + i, random);
        }
    }

    private Program.Ended sync() {
        return program.run("sync", "--json", source.toString(), target.toString());
    }

    private List<Path> databases() throws IOException {
        try (Stream<Path> files = Files.list(pairs)) {
            return files.filter(file -> file.toString().endsWith(".db")).toList();
        }
    }

    private void assertMended(Program.Ended ended) {
        assertThat(ended.exit()).as(ended.out() + ended.err()).isZero();
        assertThat(Trees.of(target)).isEqualTo(Trees.of(source));
        assertThat(sync().lastLine())
                .contains("\"files\":0", "\"unchanged\":" + Trees.of(source).size());
    }

    /// One edit that size and time do not show, one new file, and one that is gone.
    private void edit() throws IOException {
        var seen = Files.getLastModifiedTime(source.resolve("d0/file0"));
        byte[] content = Files.readAllBytes(source.resolve("d0/file0"));
        content[7] ^= 1;
        Files.write(source.resolve("d0/file0"), content);
        Files.setLastModifiedTime(source.resolve("d0/file0"), seen);
        Files.writeString(source.resolve("new"), "new");
        Files.delete(source.resolve("d1/file1"));
    }

    @Test
    void memoryOfAnEarlierRunNeverLeadsToAWrongDeleteOrSkip() throws IOException {
        sync();
        Path old = folder.resolve("old");
        Files.createDirectory(old);
        for (Path database : databases()) {
            Files.copy(database, old.resolve(database.getFileName()));
        }
        edit();
        sync();
        Files.writeString(source.resolve("new"), "newer");
        Files.writeString(source.resolve("d1/file1"), "back again");
        sync();
        for (Path database : databases()) {
            Files.copy(old.resolve(database.getFileName()), database, StandardCopyOption.REPLACE_EXISTING);
        }

        assertMended(sync());
    }

    @Test
    void memoryOfAnotherPairIsNotBelieved() throws IOException {
        Path other = folder.resolve("other");
        Trees.put(other.resolve("d0/file0"), 2000, new Random(8));
        program.run("sync", other.toString(), folder.resolve("elsewhere").toString());
        Path foreign = databases().getFirst();
        sync();
        Path own = databases().stream()
                .filter(file -> !file.equals(foreign))
                .findFirst()
                .orElseThrow();
        edit();
        Files.copy(foreign, own, StandardCopyOption.REPLACE_EXISTING);

        Program.Ended ended = sync();

        // A file whose size and time did not change is believed where no memory says otherwise.
        assertThat(ended.exit()).as(ended.err()).isZero();
        assertThat(target.resolve("new")).hasContent("new");
        assertThat(target.resolve("d1/file1")).doesNotExist();
        assertThat(Trees.of(target)).hasSameSizeAs(Trees.of(source));
    }

    @Test
    void truncatedMemoryIsPutAside() throws IOException {
        sync();
        for (Path database : databases()) {
            try (var file = FileChannel.open(database, StandardOpenOption.WRITE)) {
                file.truncate(5000);
            }
        }
        Files.writeString(source.resolve("new"), "new");
        Files.delete(source.resolve("d1/file1"));

        assertMended(sync());
    }

    @Test
    void deletedMemoryMakesTheNextRunSlowerButRight() throws IOException {
        sync();
        for (Path database : databases()) {
            Files.delete(database);
        }
        Files.writeString(source.resolve("new"), "new");
        Files.delete(source.resolve("d1/file1"));

        assertMended(sync());
    }

    @Test
    void editThatKeepsSizeAndTimeIsFound() throws IOException {
        sync();
        edit();

        assertMended(sync());
    }
}
