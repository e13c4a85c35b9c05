package io.skyferry.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.storage.CancelledException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class TurnsTest {
    @Test
    void neverMoreThanAllowedAreInside() throws InterruptedException {
        var turns = new Turns(3);
        var inside = new AtomicInteger();
        var most = new AtomicInteger();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 200; i++) {
                executor.execute(() -> {
                    turns.enter();
                    try {
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        LockSupport.parkNanos(1000);
                    } finally {
                        inside.decrementAndGet();
                        turns.leave();
                    }
                });
            }
        }
        assertThat(most.get()).isBetween(1, 3);
        assertThat(inside).hasValue(0);
    }

    @Test
    void firstToComeIsFirstToEnter() throws InterruptedException {
        var turns = new Turns(1);
        turns.enter();
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        List<Thread> waiting = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            int number = i;
            Thread thread = Thread.startVirtualThread(() -> {
                turns.enter();
                order.add(number);
                turns.leave();
            });
            waiting.add(thread);
            awaitWaiting(thread);
        }
        turns.leave();
        for (Thread thread : waiting) {
            thread.join();
        }
        assertThat(order).containsExactly(0, 1, 2, 3, 4);
    }

    private static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }

    @Test
    void moreRoomLetsWaitersIn() throws InterruptedException {
        var turns = new Turns(1);
        turns.enter();
        var entered = new CountDownLatch(3);
        for (int i = 0; i < 3; i++) {
            Thread.startVirtualThread(() -> {
                turns.enter();
                entered.countDown();
            });
        }
        turns.allow(4);
        entered.await();
        assertThat(entered.getCount()).isZero();
    }

    @Test
    void whoeverIsToldToStopGivesUpItsPlace() throws InterruptedException {
        var turns = new Turns(1);
        Thread.currentThread().interrupt();
        turns.enter();
        assertThat(Thread.interrupted()).as("free turns need no wait").isTrue();
        Thread.currentThread().interrupt();
        assertThatThrownBy(turns::enter).isInstanceOf(CancelledException.class);
        assertThat(Thread.interrupted()).as("the flag is kept").isTrue();
        turns.leave();
        Thread next = Thread.startVirtualThread(turns::enter);
        next.join();
        assertThat(next.isAlive()).isFalse();
    }
}
