package io.skyferry.engine.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.storage.CancelledException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ThreadWorkersTest {
    private final Set<Thread> made = ConcurrentHashMap.newKeySet();
    private final ThreadWorkers workers = new ThreadWorkers(work -> {
        Thread thread = Thread.ofPlatform().daemon().unstarted(work);
        made.add(thread);
        return thread;
    });

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupt) {
            throw new IllegalStateException(interrupt);
        }
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Test
    @SuppressWarnings("Interruption") // as a run that is aborted interrupts its threads
    void laneThatIsStoppedWithoutWorkEndsQuietlyAndIsTold() {
        var uncaught = new ConcurrentLinkedQueue<Throwable>();
        try (Lanes lanes = workers.lanes("test", 1)) {
            lanes.submit(
                    () -> Thread.currentThread().setUncaughtExceptionHandler((_, failure) -> uncaught.add(failure)));
            lanes.await();
            Thread lane = made.iterator().next();
            lane.interrupt();
            while (lane.isAlive()) {
                Thread.onSpinWait();
            }
            assertThat(uncaught).isEmpty();
            assertThatThrownBy(() -> lanes.submit(() -> {})).isInstanceOf(CancelledException.class);
        }
    }

    @Test
    void allWorkIsDoneWhenWaitingEnds() {
        var done = new AtomicInteger();
        try (Lanes lanes = workers.lanes("test", 4)) {
            for (int i = 0; i < 10_000; i++) {
                lanes.submit(done::incrementAndGet);
            }
            lanes.await();
            assertThat(done).hasValue(10_000);
            lanes.submit(done::incrementAndGet);
            lanes.await();
            assertThat(done).hasValue(10_001);
        }
    }

    @Test
    void asManyWorkAtATimeAsThereAreLanesAndNoMore() {
        var barrier = new CyclicBarrier(3);
        try (Lanes lanes = workers.lanes("test", 3)) {
            for (int i = 0; i < 30; i++) {
                lanes.submit(() -> meet(barrier)); // Ends only if three are at it together.
            }
            lanes.await();
        }
        assertThat(made).hasSize(3);
    }

    @Test
    void lanesThatNobodyNeedsAreNotMade() {
        try (Lanes lanes = workers.lanes("test", 100)) {
            lanes.await();
        }
        assertThat(made).isEmpty();
    }

    @Test
    void fastProducerWaitsUntilALaneIsFree() {
        var gate = new CountDownLatch(1);
        var handed = new AtomicInteger();
        var done = new AtomicInteger();
        Thread producer;
        try (Lanes lanes = workers.lanes("test", 1)) {
            producer = Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 1_000; i++) {
                    lanes.submit(() -> {
                        await(gate);
                        done.incrementAndGet();
                    });
                    handed.incrementAndGet();
                }
            });
            while (producer.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            assertThat(handed.get()).isLessThan(1_000);
            assertThat(done).hasValue(0);
            gate.countDown();
            while (producer.isAlive()) {
                Thread.onSpinWait();
            }
            lanes.await();
            assertThat(done).hasValue(1_000);
        }
    }

    @Test
    void firstFailureComesOutOfWaiting() {
        try (Lanes lanes = workers.lanes("test", 2)) {
            lanes.submit(() -> {
                throw new IllegalStateException("the disk is full");
            });
            assertThatThrownBy(lanes::await).hasMessage("the disk is full");
        }
    }

    @Test
    void errorComesOutToo() {
        try (Lanes lanes = workers.lanes("test", 1)) {
            lanes.submit(() -> {
                throw new AssertionError("a rule is broken");
            });
            assertThatThrownBy(lanes::await).isInstanceOf(AssertionError.class);
        }
    }

    @Test
    void piecesTogetherAreAllDoneAtTheEnd() {
        var done = new ConcurrentLinkedQueue<Integer>();
        List<Integer> pieces = IntStream.range(0, 500).boxed().toList();
        try (Lanes lanes = workers.lanes("test", 4)) {
            lanes.together(pieces, done::add);
            assertThat(done).containsExactlyInAnyOrderElementsOf(pieces);
        }
    }

    @Test
    void piecesBehindOneThatFailedAreNotBegun() {
        var begun = new AtomicInteger();
        try (Lanes lanes = workers.lanes("test", 1)) {
            assertThatThrownBy(() -> lanes.together(List.of(1, 2, 3), piece -> {
                        begun.incrementAndGet();
                        throw new IllegalStateException("piece " + piece);
                    }))
                    .hasMessage("piece 1");
            assertThat(begun).hasValue(1);
            lanes.await(); // The group's failure is the group's alone.
        }
    }

    @Test
    void laneGoesToTheGroupThatHasFewest() throws InterruptedException {
        var gate = new CountDownLatch(1);
        var order = new ConcurrentLinkedQueue<String>();
        try (Lanes lanes = workers.lanes("test", 1)) {
            Thread early = Thread.ofPlatform()
                    .start(() -> lanes.together(List.of("a1", "a2", "a3", "a4"), piece -> {
                        await(gate);
                        order.add(piece);
                    }));
            awaitRest(early);
            Thread late = Thread.ofPlatform().start(() -> lanes.together(List.of("b1", "b2"), order::add));
            awaitRest(late);
            gate.countDown();
            early.join();
            late.join();
        }
        assertThat(order).startsWith("a1").containsSubsequence("b2", "a4");
    }

    private static void awaitRest(Thread thread) {
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }

    @Test
    void workThatHasPiecesInOtherLanesDoesNotBlockThem() {
        var done = new AtomicInteger();
        try (Lanes files = workers.lanes("file", 4);
                Lanes parts = workers.lanes("part", 2)) {
            for (int i = 0; i < 100; i++) {
                files.submit(() -> parts.together(List.of(1, 2, 3, 4), _ -> done.incrementAndGet()));
            }
            files.await();
            assertThat(done).hasValue(400);
        }
    }

    @Test
    void closingDropsWhatWaitsAndEndsTheThreads() {
        var entered = new CountDownLatch(1);
        var gate = new CountDownLatch(1);
        var done = new AtomicInteger();
        Lanes lanes = workers.lanes("test", 1);
        lanes.submit(() -> {
            entered.countDown();
            await(gate);
            done.incrementAndGet();
        });
        for (int i = 0; i < 50; i++) {
            lanes.submit(done::incrementAndGet);
        }
        await(entered);
        Thread closer = Thread.ofPlatform().start(lanes::close);
        while (closer.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        gate.countDown();
        while (closer.isAlive()) {
            Thread.onSpinWait();
        }
        assertThat(done).hasValue(1);
        assertThat(made).noneMatch(Thread::isAlive);
        assertThatThrownBy(() -> lanes.submit(done::incrementAndGet)).isInstanceOf(CancelledException.class);
    }

    @Test
    void interruptOfAWaiterIsACancellation() {
        var gate = new CountDownLatch(1);
        try (Lanes lanes = workers.lanes("test", 1)) {
            lanes.submit(() -> await(gate));
            Thread.currentThread().interrupt();
            assertThatThrownBy(lanes::await).isInstanceOf(CancelledException.class);
            assertThat(Thread.interrupted()).isTrue();
            gate.countDown();
        }
    }

    @Test
    void itemsFetchedAheadAreTheSameInTheSameOrder() {
        List<Integer> items = IntStream.range(0, 1_000).boxed().toList();
        List<Integer> got = new ArrayList<>();
        try (Workers.Ahead<Integer> ahead = workers.ahead("test", items.iterator(), 3)) {
            ahead.forEachRemaining(got::add);
        }
        assertThat(got).isEqualTo(items);
    }

    @Test
    void noMoreItemsAreFetchedAheadThanMayWait() {
        var fetched = new AtomicInteger();
        Iterator<Integer> endless =
                IntStream.generate(fetched::incrementAndGet).boxed().iterator();
        try (Workers.Ahead<Integer> ahead = workers.ahead("test", endless, 3)) {
            assertThat(ahead.next()).isEqualTo(1);
            Thread fetcher = made.iterator().next();
            while (fetcher.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            assertThat(fetched.get()).isLessThanOrEqualTo(5);
        }
        assertThat(made).noneMatch(Thread::isAlive);
    }

    @Test
    void failureOfAnIteratorComesBehindTheItemsBeforeIt() {
        Iterator<Integer> failing = new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                if (next == 2) {
                    throw new IllegalStateException("the listing broke off");
                }
                return true;
            }

            @Override
            public Integer next() {
                return next++;
            }
        };
        try (Workers.Ahead<Integer> ahead = workers.ahead("test", failing, 8)) {
            assertThat(ahead.next()).isZero();
            assertThat(ahead.next()).isEqualTo(1);
            assertThatThrownBy(ahead::hasNext).hasMessage("the listing broke off");
        }
    }
}
