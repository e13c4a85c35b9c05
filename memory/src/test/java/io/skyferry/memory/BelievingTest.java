package io.skyferry.memory;

import static io.skyferry.memory.Homes.rowsOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.engine.pair.PairMemory;
import io.skyferry.engine.pair.PairMemory.Standing;
import io.skyferry.engine.pair.PairMemoryException;
import io.skyferry.engine.pair.PairSamples;
import io.skyferry.engine.pair.Side;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What was found in the place of a memory, and whether it is believed.
class BelievingTest {
    @TempDir
    private Path folder;

    private Homes home;

    @BeforeEach
    void makeHome() {
        home = new Homes(folder);
    }

    private String replacedBecause() {
        try (PairMemory memory = home.open()) {
            assertThat(memory.standing()).isInstanceOf(Standing.Replaced.class);
            assertThat(rowsOf(memory)).isEmpty();
            memory.put(Homes.row(7));
            return ((Standing.Replaced) memory.standing()).reason();
        }
    }

    private void isKnownAgain() {
        try (PairMemory memory = home.open()) {
            assertThat(memory.standing()).isEqualTo(new Standing.Known());
            assertThat(rowsOf(memory)).containsExactly(Homes.row(7));
        }
    }

    @Test
    void memoryThatWasRemovedIsNew() throws IOException {
        home.fill(0, 10);
        Files.delete(home.database());
        try (PairMemory memory = home.open()) {
            assertThat(memory.standing()).isEqualTo(new Standing.New());
            assertThat(rowsOf(memory)).isEmpty();
        }
    }

    @Test
    void nothingIsPutAsideForAMemoryThatIsFine() throws IOException {
        home.fill(0, 10);
        home.fill(10, 20);
        assertThat(home.names())
                .containsExactly(home.files().id() + ".db", home.files().id() + ".lock");
    }

    @Test
    void emptyFileIsReplaced() throws IOException {
        home.fill(0, 10);
        Files.write(home.database(), new byte[0]);
        assertThat(replacedBecause()).contains("empty");
        isKnownAgain();
    }

    @Test
    void fileWhoseMakerWasKilledAtOnceIsNew() throws IOException, SQLException {
        home.open().close();
        Files.delete(home.files().lock());
        Files.write(home.database(), new byte[0]);
        try (PairMemory memory = home.open()) {
            assertThat(memory.standing()).isEqualTo(new Standing.New());
        }
        Files.delete(home.files().lock());
        Files.delete(home.database());
        run("pragma journal_mode=wal");
        try (PairMemory memory = home.open()) {
            assertThat(memory.standing()).isEqualTo(new Standing.New());
            memory.put(Homes.row(7));
        }
        isKnownAgain();
    }

    @Test
    void fileOfSomethingElseIsReplacedAndKept() throws IOException {
        home.fill(0, 10);
        Files.writeString(home.database(), "These are no rows, but somebody may want them.");
        assertThat(replacedBecause()).contains(".bad-1");
        assertThat(folder.resolve("pairs").resolve(home.files().id() + ".db.bad-1"))
                .hasContent("These are no rows, but somebody may want them.");
        isKnownAgain();
    }

    @Test
    void directoryInItsPlaceIsReplaced() throws IOException {
        home.fill(0, 1);
        Files.delete(home.database());
        Files.createDirectories(home.database().resolve("with").resolve("something"));
        replacedBecause();
        isKnownAgain();
    }

    @Test
    void databaseOfAnotherProgramIsReplaced() throws IOException, SQLException {
        home.fill(0, 1);
        Files.delete(home.database());
        run("create table agreed(key, row)");
        assertThat(replacedBecause()).contains("no memory");
        isKnownAgain();
    }

    private void run(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + home.database());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void memoryOfAnotherPairIsReplaced() throws IOException {
        home.fill(0, 10);
        Path copy = home.saved();
        var other = PairSamples.place("/mnt/another");
        home.open(Homes.LEFT, other).close();
        Path file = new MemoryFiles(
                        folder.resolve("pairs"), PairNames.of(Homes.LEFT, other).id())
                .database();
        Files.copy(copy, file, StandardCopyOption.REPLACE_EXISTING);
        try (PairMemory memory = home.open(Homes.LEFT, other)) {
            assertThat(memory.standing())
                    .isInstanceOfSatisfying(
                            Standing.Replaced.class,
                            replaced -> assertThat(replaced.reason()).contains("/mnt/backup"));
            assertThat(rowsOf(memory)).isEmpty();
        }
    }

    @Test
    void memoryOfANewerVersionIsLeftAlone() throws IOException, SQLException {
        home.fill(0, 10);
        run("pragma user_version=99");
        byte[] before = Files.readAllBytes(home.database());
        assertThatThrownBy(home::open)
                .isInstanceOf(PairMemoryException.class)
                .hasMessageContaining("newer version")
                .hasMessageContaining("99");
        assertThat(home.database()).hasBinaryContent(before);
        run("pragma user_version=" + Schema.VERSION);
        try (PairMemory memory = home.open()) {
            assertThat(rowsOf(memory)).hasSize(10);
        }
    }

    @Test
    void fileThatMayNotBeReadIsReplaced() throws IOException {
        home.fill(0, 10);
        Files.setPosixFilePermissions(home.database(), Set.of());
        if (Files.isReadable(home.database())) {
            // Nothing is hidden from root.
            try (PairMemory memory = home.open()) {
                assertThat(rowsOf(memory)).hasSize(10);
            }
        } else {
            replacedBecause();
            isKnownAgain();
        }
    }

    @Test
    void threeOldOnesAreKept() throws IOException {
        for (int i = 1; i <= 5; i++) {
            home.fill(0, 1);
            Files.writeString(home.database(), "bad " + i);
        }
        home.fill(0, 1);
        assertThat(home.names().stream().filter(name -> name.contains(".bad-")))
                .containsExactly(
                        home.files().id() + ".db.bad-3",
                        home.files().id() + ".db.bad-4",
                        home.files().id() + ".db.bad-5");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void truncatedMemoryIsReplaced(long seed) throws IOException {
        home.fill(0, 2_000);
        byte[] whole = Files.readAllBytes(home.database());
        int length = new SplittableRandom(seed).nextInt(whole.length);
        Files.write(home.database(), Arrays.copyOf(whole, length));
        replacedBecause();
        isKnownAgain();
    }

    @Test
    void olderCopyIsToldUntilARunWentThroughIt() throws IOException {
        home.fill(0, 10);
        Path copy = home.saved();
        home.fill(10, 20);
        Files.copy(copy, home.database(), StandardCopyOption.REPLACE_EXISTING);
        try (PairMemory memory = home.open()) {
            assertThat(memory.standing())
                    .isInstanceOfSatisfying(
                            Standing.RolledBack.class,
                            older -> assertThat(older.reason())
                                    .contains("knows of 1 runs")
                                    .contains("were 2"));
            assertThat(rowsOf(memory)).containsExactlyElementsOf(Homes.rows(0, 10));
            memory.put(Homes.row(10));
        }
        try (PairMemory memory = home.open()) {
            assertThat(memory.standing()).isInstanceOf(Standing.RolledBack.class);
            memory.believeRows();
        }
        try (PairMemory memory = home.open()) {
            assertThat(memory.standing()).isEqualTo(new Standing.Known());
            assertThat(rowsOf(memory)).containsExactlyElementsOf(Homes.rows(0, 11));
        }
    }

    @Test
    void runsThatWriteNothingMakeNoCopyOlder() throws IOException {
        home.fill(0, 10);
        Path copy = home.saved();
        home.fill(0, 0);
        home.fill(0, 0);
        Files.copy(copy, home.database(), StandardCopyOption.REPLACE_EXISTING);
        try (PairMemory memory = home.open()) {
            assertThat(memory.standing()).isEqualTo(new Standing.Known());
        }
    }

    @Test
    void memoryWithoutItsLockIsKnown() throws IOException {
        home.fill(0, 10);
        Files.delete(home.files().lock());
        try (PairMemory memory = home.open()) {
            assertThat(memory.standing()).isEqualTo(new Standing.Known());
            assertThat(rowsOf(memory)).hasSize(10);
        }
    }

    @Test
    void lockWithGarbageIsNoTrouble() throws IOException {
        home.fill(0, 10);
        Files.write(home.files().lock(), new byte[] {0, 1, (byte) 0xFF, '\n', 'r', 'u', 'n', 's', '=', 'x'});
        try (PairMemory memory = home.open()) {
            assertThat(memory.standing()).isEqualTo(new Standing.Known());
            assertThat(rowsOf(memory)).hasSize(10);
        }
    }

    @Test
    void rowThatRottedEndsTheRunAndTheMemoryIsReplacedAtTheNext() throws IOException {
        home.fill(0, 500);
        byte[] bytes = Files.readAllBytes(home.database());
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("right tag of folder/file 100123");
        bytes[at] ^= 1;
        home.rot(bytes);
        try (PairMemory memory = home.open()) {
            assertThat(memory.standing()).isEqualTo(new Standing.Known());
            assertThat(memory.agreedAt(Homes.row(1).key())).contains(Homes.row(1));
            assertThatThrownBy(() -> rowsOf(memory))
                    .isInstanceOf(PairMemoryException.class)
                    .hasMessageContaining("checksum")
                    .hasMessageContaining("Run again");
            assertThatThrownBy(() -> memory.agreedAt(Homes.row(123).key())).isInstanceOf(PairMemoryException.class);
        }
        assertThat(replacedBecause()).contains("checksum");
        isKnownAgain();
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void noBitThatFlipsMakesAWrongRow(long seed) throws IOException {
        home.fill(0, 400);
        try (PairMemory memory = home.open()) {
            memory.begin(
                    PairSamples.begun(Side.RIGHT, "a").withPromise(1, "promise").withPart(PairSamples.part(1)));
        }
        byte[] whole = Files.readAllBytes(home.database());
        byte[] note = Files.readAllBytes(home.files().lock());
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 40; i++) {
            byte[] bytes = whole.clone();
            for (int flips = random.nextInt(1, 6); flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Files.write(home.database(), whole);
            Files.write(home.files().lock(), note);
            home.rot(bytes);
            readsOnlyWhatIsTrue();
        }
    }

    private void readsOnlyWhatIsTrue() {
        try (PairMemory memory = home.open()) {
            assertThat(Homes.rows(0, 400)).containsAll(rowsOf(memory));
            memory.unfinished()
                    .forEach(one -> assertThat(one)
                            .isEqualTo(PairSamples.begun(Side.RIGHT, "a")
                                    .withPromise(1, "promise")
                                    .withPart(PairSamples.part(1))));
            memory.agreedAs(Side.LEFT, Homes.row(5).leftId().orElseThrow())
                    .forEach(row -> assertThat(row).isEqualTo(Homes.row(5)));
            memory.put(Homes.row(3));
            memory.forget(Homes.row(4).key());
            memory.settle();
        } catch (PairMemoryException damaged) {
            assertThat(damaged).hasMessageContaining("memory of");
        }
    }
}
