package io.skyferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.storage.ByteRange;
import io.skyferry.storage.CancelledException;
import io.skyferry.storage.Capabilities.ConditionKind;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.WriteOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Of the contract: many threads at once, and threads that are told to stop.
abstract class ThreadsChapter extends ContractChapter {
    private static final int THREADS = 8;

    ThreadsChapter(ContractPlace place) {
        super(place);
    }

    private static <T> List<T> atOnce(List<Callable<T>> tasks) throws InterruptedException, ExecutionException {
        List<T> results = new ArrayList<>();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<T> done : executor.invokeAll(tasks)) {
                results.add(done.get());
            }
        }
        return results;
    }

    @Test
    void manyThreadsWorkOnManyFiles() throws InterruptedException, ExecutionException {
        List<Callable<Boolean>> tasks = new ArrayList<>();
        for (int i = 0; i < THREADS * 4; i++) {
            String name = "d%s/f%s".formatted(i % 5, i);
            tasks.add(() -> {
                Entry.File written = write(name, BytesContent.of(bytes(5000, name.hashCode())), WriteOptions.PLAIN);
                boolean same = Arrays.equals(read(written, ByteRange.ALL), bytes(5000, name.hashCode()));
                children("");
                return same && file(name).size() == 5000;
            });
        }
        assertThat(atOnce(tasks)).containsOnly(true);
        assertThat(filesIn(tree(""))).hasSize(THREADS * 4);
    }

    @Test
    void oneOfManyWritersOfOneFileWinsWhole() throws InterruptedException, ExecutionException {
        List<Callable<Integer>> tasks = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int seed = i;
            tasks.add(() -> {
                write("file", BytesContent.of(bytes(20_000, seed)), WriteOptions.PLAIN);
                return seed;
            });
        }
        List<Integer> seeds = atOnce(tasks);
        byte[] there = read(file("file"), ByteRange.ALL);
        assertThat(seeds.stream().filter(seed -> Arrays.equals(there, bytes(20_000, seed))))
                .hasSize(1);
        assertThat(filesIn(tree(""))).containsExactly("file");
    }

    @Test
    void exactlyOneOfManyWritersFindsThePlaceEmpty() throws InterruptedException, ExecutionException {
        if (!storage().capabilities().conditions().onWrite().contains(ConditionKind.ABSENT)) {
            return;
        }
        var winners = new AtomicInteger();
        List<Callable<Integer>> tasks = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int seed = i;
            tasks.add(() -> {
                try {
                    write("a/file", BytesContent.of("writer " + seed), ABSENT);
                    return winners.incrementAndGet();
                } catch (StorageException failure) {
                    assertThat(failure.kind()).isIn(ErrorKind.ALREADY_EXISTS, ErrorKind.PRECONDITION_FAILED);
                    return 0;
                }
            });
        }
        atOnce(tasks);
        assertThat(winners).hasValue(1);
    }

    @Test
    void readersOfAFileThatIsReplacedSeeOneVersionOrAFailure() throws InterruptedException, ExecutionException {
        write("file", BytesContent.of(bytes(30_000, 0)), WriteOptions.PLAIN);
        List<Callable<Boolean>> tasks = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int seed = i;
            tasks.add(() -> {
                if (seed % 2 == 0) {
                    write("file", BytesContent.of(bytes(30_000, seed)), WriteOptions.PLAIN);
                    return true;
                }
                return readsOneVersion();
            });
        }
        assertThat(atOnce(tasks)).containsOnly(true);
    }

    private boolean readsOneVersion() {
        try {
            byte[] got = read(file("file"), ByteRange.ALL);
            for (int seed = 0; seed < THREADS; seed++) {
                if (Arrays.equals(got, bytes(30_000, seed))) {
                    return true;
                }
            }
            return false;
        } catch (StorageException failure) {
            // Servers that replace a file in two steps give one's checksum with the other's bytes: that is found out.
            return switch (failure.kind()) {
                case PRECONDITION_FAILED, NOT_FOUND, CORRUPT, UNAVAILABLE -> true;
                default -> throw failure;
            };
        }
    }

    @Test
    void interruptedThreadFinishesOrIsCancelledAndKnowsIt() {
        write("file", "before");
        boolean done = whileInterrupted(() -> write("file", "after"));
        assertThat(text("file")).isEqualTo(done ? "after" : text("file")).isIn("before", "after");
        boolean read = whileInterrupted(() -> assertThat(text("file")).isNotEmpty());
        boolean listed = whileInterrupted(() -> assertThat(children("")).isNotEmpty());
        assertThat(List.of(read, listed)).isNotNull();
        assertThat(text("file")).isIn("before", "after");
        assertThat(filesIn(tree(""))).containsExactly("file");
    }

    /// @return whether the call finished
    private static boolean whileInterrupted(Runnable call) {
        Thread.currentThread().interrupt();
        try {
            call.run();
            return true;
        } catch (CancelledException stopped) {
            return false;
        } finally {
            assertThat(Thread.interrupted()).as("the flag is kept").isTrue();
        }
    }

    @Test
    void threadThatIsInterruptedInTheMiddleLeavesNothingTorn() {
        write("file", "before");
        var content = new HookedContent("after", () -> Thread.currentThread().interrupt());
        boolean done;
        try {
            write("file", content, WriteOptions.PLAIN);
            done = true;
        } catch (CancelledException stopped) {
            done = false;
        }
        assertThat(Thread.interrupted()).isTrue();
        assertThat(text("file")).isEqualTo(done ? "after" : "before");
        assertThat(filesIn(tree(""))).containsExactly("file");
    }
}
