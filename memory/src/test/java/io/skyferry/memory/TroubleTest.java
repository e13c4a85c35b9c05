package io.skyferry.memory;

import static io.skyferry.memory.Homes.rowsOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.engine.pair.Agreed;
import io.skyferry.engine.pair.PairMemory;
import io.skyferry.engine.pair.PairMemory.Standing;
import io.skyferry.engine.pair.PairMemoryException;
import io.skyferry.engine.pair.PairSamples;
import io.skyferry.engine.pair.Side;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a memory does when its file is full, taken away or locked while it is open.
class TroubleTest {
    @TempDir
    private Path folder;

    private static final Tuning SMALL = new Tuning(100, Duration.ofMillis(5), 64, 60, 1);

    @Test
    void fullDiskIsToldAndWhatWasWrittenStays() {
        var home = new Homes(folder, SMALL);
        try (PairMemory memory = home.open()) {
            assertThatThrownBy(() -> putMany(memory))
                    .isInstanceOf(PairMemoryException.class)
                    .hasMessageContaining("no space left");
            assertThatThrownBy(() -> memory.put(Homes.row(1))).isInstanceOf(PairMemoryException.class);
            assertThatThrownBy(memory::settle).isInstanceOf(PairMemoryException.class);
        }
        try (PairMemory memory = new Homes(folder).open()) {
            assertThat(memory.standing()).isEqualTo(new Standing.Known());
            List<Agreed> rows = rowsOf(memory);
            assertThat(rows).isNotEmpty().containsExactlyElementsOf(Homes.rows(0, rows.size()));
            assertThat(memory.agreedFiles()).isEqualTo(rows.size());
            memory.put(Homes.row(rows.size()));
        }
    }

    private static void putMany(PairMemory memory) {
        for (int i = 0; i < 50_000; i++) {
            memory.put(Homes.row(i));
        }
    }

    @Test
    void fullDiskIsToldAtTheEndWhereNobodyWasTold() {
        var home = new Homes(folder, new Tuning(1_000_000, Duration.ofHours(1), 64, 60, 1));
        PairMemory memory = home.open();
        Homes.rows(0, 5_000).forEach(memory::put);
        assertThatThrownBy(memory::close)
                .isInstanceOf(PairMemoryException.class)
                .hasMessageContaining("no space left");
        try (PairMemory next = new Homes(folder).open()) {
            assertThat(next.standing()).isEqualTo(new Standing.New());
        }
    }

    @Test
    void uploadIsNotBegunOnAFullDisk() {
        var home = new Homes(folder, SMALL);
        try (PairMemory memory = home.open()) {
            var large = PairSamples.begun(Side.RIGHT, "a").withPromise(1, "x".repeat(1_000_000));
            assertThatThrownBy(() -> memory.begin(large))
                    .isInstanceOf(PairMemoryException.class)
                    .hasMessageContaining("no space left");
        }
        try (PairMemory memory = new Homes(folder).open()) {
            assertThat(memory.unfinished()).isEmpty();
        }
    }

    @Test
    void memoryThatIsRemovedWhileItIsOpenIsTold() throws IOException {
        var home = new Homes(folder);
        home.fill(0, 10);
        try (PairMemory memory = home.open()) {
            Files.delete(home.database());
            assertThatThrownBy(() -> memory.agreedAt(Homes.row(1).key()))
                    .isInstanceOf(PairMemoryException.class)
                    .hasMessageContaining("removed");
            assertThat(home.database()).doesNotExist();
            memory.put(Homes.row(10));
            assertThatThrownBy(memory::settle)
                    .isInstanceOf(PairMemoryException.class)
                    .hasMessageContaining("removed");
        }
        try (PairMemory memory = home.open()) {
            assertThat(memory.standing()).isEqualTo(new Standing.New());
            assertThat(rowsOf(memory)).isEmpty();
        }
    }

    @Test
    void memoryThatIsReplacedWhileItIsOpenIsToldAndLeftAlone() throws IOException {
        var home = new Homes(folder);
        home.fill(0, 10);
        Path copy = home.saved();
        try (PairMemory memory = home.open()) {
            Files.move(copy, home.database(), StandardCopyOption.REPLACE_EXISTING);
            assertThatThrownBy(memory::settle)
                    .isInstanceOf(PairMemoryException.class)
                    .hasMessageContaining("replaced");
        }
        try (PairMemory memory = home.open()) {
            assertThat(rowsOf(memory)).containsExactlyElementsOf(Homes.rows(0, 10));
        }
    }

    @Test
    void lockThatIsRemovedWhileItIsHeldIsTold() throws IOException {
        var home = new Homes(folder);
        try (PairMemory memory = home.open()) {
            memory.settle();
            Files.delete(home.files().lock());
            assertThatThrownBy(memory::settle)
                    .isInstanceOf(PairMemoryException.class)
                    .hasMessageContaining("lock");
        }
    }

    @Test
    void fileThatAnotherProgramHasLockedIsTold() throws SQLException {
        var home = new Homes(folder);
        home.fill(0, 10);
        try (PairMemory memory = home.open();
                Connection other = DriverManager.getConnection("jdbc:sqlite:" + home.database());
                Statement statement = other.createStatement()) {
            statement.execute("begin immediate");
            memory.put(Homes.row(10));
            assertThatThrownBy(memory::settle)
                    .isInstanceOf(PairMemoryException.class)
                    .hasMessageContaining("locked by a program");
        }
        try (PairMemory memory = home.open()) {
            assertThat(rowsOf(memory)).containsExactlyElementsOf(Homes.rows(0, 10));
        }
    }

    @Test
    void homeThatCannotBeMadeIsTold() throws IOException {
        Path file = Files.writeString(folder.resolve("home"), "a file");
        assertThatThrownBy(() -> new Homes(file).open())
                .isInstanceOf(PairMemoryException.class)
                .hasMessageContaining("could not be locked");
    }

    @ParameterizedTest
    @ValueSource(strings = {"question?mark=x", "per%20cent", "hash#", "two words", "file:uri", "quote'", "back\\slash"})
    void homeMayHaveAnyName(String name) {
        var home = new Homes(folder.resolve(name));
        home.fill(0, 10);
        assertThat(home.database()).exists();
        try (PairMemory memory = home.open()) {
            assertThat(rowsOf(memory)).hasSize(10);
        }
    }

    @Test
    void oneRootIsNoPair() {
        assertThatThrownBy(() -> new Homes(folder).open(Homes.LEFT, Homes.LEFT))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
