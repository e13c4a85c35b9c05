package io.skyferry.control.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.control.run.RefusedException;
import io.skyferry.testkit.FakeClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteDatabaseTest {
    private static final Schema.Step FIRST = new Schema.Step(1, "credentials");
    private static final Schema.Step LATER = new Schema.Step(90, "later");
    private static final Schema.Step BROKEN = new Schema.Step(91, "broken");

    private final FakeClock clock = new FakeClock(Instant.parse("2026-11-21T16:40:01Z"));
    private final Path file;
    private AppDatabase database;

    SqliteDatabaseTest(@TempDir Path folder) {
        this.file = folder.resolve("home").resolve("app.db");
        this.database = open();
    }

    private AppDatabase open() {
        return new SqliteDatabase(file, clock::get);
    }

    @AfterEach
    void end() {
        database.close();
    }

    private long next() {
        return database.write(session -> session.nextNumber("test"));
    }

    private void run(String sql) {
        database.write(session -> session.change(sql));
    }

    @Test
    void lookingMakesNoFile() {
        assertThat(database.read(_ -> true)).isEmpty();
        assertThat(file.getParent()).doesNotExist();
    }

    @Test
    void numbersNeverComeBack() {
        assertThat(next()).isEqualTo(1);
        assertThat(next()).isEqualTo(2);
        database.close();
        database = open();
        assertThat(next()).isEqualTo(3);
    }

    @Test
    void workThatFailsLeavesNothing() {
        next();
        assertThatThrownBy(() -> database.write(session -> {
                    session.nextNumber("test");
                    throw new RefusedException("no");
                }))
                .isInstanceOf(RefusedException.class);
        assertThat(next()).isEqualTo(2);
    }

    @Test
    void nobodyElseMayReadTheFiles() throws IOException {
        next();
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertThat(files.toList())
                    .hasSize(3)
                    .allSatisfy(one -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(one)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void fileThatWasOpenedUpIsClosedAgain() throws IOException {
        next();
        database.close();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        database = open();
        next();
        assertThat(OwnerOnly.isOpenToOthers(file)).isFalse();
    }

    @Test
    void newerDatabaseIsRefusedInWords() {
        next();
        run("insert into schema_version(version, name, applied) values (99, 'later', 0)");
        database.close();
        database = open();
        assertThatThrownBy(this::next)
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("version 99")
                .hasMessageContaining("newer Skyferry");
        assertThatThrownBy(() -> database.read(_ -> true)).isInstanceOf(RefusedException.class);
    }

    @Test
    void databaseOfAnotherProgramIsLeftAlone() {
        next();
        run("drop table schema_version");
        database.close();
        byte[] before = bytes();
        database = open();
        assertThatThrownBy(this::next)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("another program's database");
        database.close();
        assertThat(bytes()).isEqualTo(before);
    }

    private byte[] bytes() {
        try {
            return Files.readAllBytes(file);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void damagedFileIsTold() throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "this is no database at all, but long enough to be looked at by SQLite".repeat(20));
        assertThatThrownBy(this::next)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("damaged");
    }

    @Test
    void emptyFileOfAProcessThatDiedIsTakenForNew() throws IOException {
        Files.createDirectories(file.getParent());
        Files.createFile(file);
        assertThat(database.read(session -> session.nextNumber("test"))).contains(1L);
    }

    private AppDatabase knowing(Schema.Step... steps) {
        return new SqliteDatabase(file, clock::get, new Schema(Dialect.SQLITE, List.of(steps)));
    }

    @Test
    void olderDatabaseIsCopiedBeforeItIsChanged() throws IOException {
        database = knowing(FIRST);
        next();
        database.close();
        database = knowing(FIRST, LATER);
        assertThat(database.read(session -> session.change("update counter set reason = 'x'")))
                .contains(1);
        Path copy = file.resolveSibling("app.db.v1");
        assertThat(OwnerOnly.isOpenToOthers(copy)).isFalse();
        database.close();
        Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING);
        database = knowing(FIRST);
        assertThat(next()).isEqualTo(2);
    }

    @Test
    void stepThatFailsLeavesTheDatabaseAsItWas() {
        database = knowing(FIRST);
        next();
        database.close();
        try (AppDatabase later = knowing(FIRST, LATER, BROKEN)) {
            assertThatThrownBy(() -> later.write(_ -> true)).isInstanceOf(StoreException.class);
        }
        database = knowing(FIRST);
        assertThat(next()).isEqualTo(2);
        assertThatThrownBy(() -> run("update counter set reason = 'x'")).isInstanceOf(StoreException.class);
    }

    @Test
    void writersInManyThreadsAllGetTheirTurn() throws Exception {
        try (AppDatabase other = open();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var go = new CountDownLatch(1);
            List<Future<Long>> numbers = IntStream.range(0, 40)
                    .mapToObj(i -> threads.submit(() -> {
                        go.await();
                        return (i % 2 == 0 ? database : other).write(session -> session.nextNumber("test"));
                    }))
                    .toList();
            go.countDown();
            assertThat(numbers.stream().map(SqliteDatabaseTest::got).toList())
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.rangeClosed(1, 40).mapToObj(i -> (long) i).toList());
        }
    }

    private static <T> T got(Future<T> future) {
        try {
            return future.get();
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void stepsAreReadStatementByStatement() {
        assertThat(Schema.CURRENT.statements(FIRST))
                .hasSize(4)
                .allSatisfy(one -> assertThat(one).contains("create table").doesNotContain("${"));
    }
}
