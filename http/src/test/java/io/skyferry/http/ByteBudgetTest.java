package io.skyferry.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.storage.CancelledException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ByteBudgetTest {
    private static final long BYTES = 256 * 1024;
    private static final long PATIENCE = Duration.ofSeconds(20).toNanos();

    private final ByteBudget budget = new ByteBudget(BYTES);
    private final List<byte[]> held = new ArrayList<>();

    private boolean isHeld(byte @Nullable [] slab) {
        if (slab != null) {
            held.add(slab);
        }
        return slab != null;
    }

    @Test
    void neverHandsOutMoreThanThereIs() {
        while (isHeld(budget.leaseSmall(0))) {
            assertThat(budget.leased()).isLessThanOrEqualTo(BYTES);
        }
        assertThat(held).hasSize(16);
        held.forEach(budget::giveBack);
        assertThat(budget.leased()).isZero();
        assertThat(isHeld(budget.tryLeaseBulk())).isTrue();
    }

    @Test
    void largeSlabsLeaveRoomForSmallOnes() {
        assertThat(isHeld(budget.tryLeaseBulk())).isTrue();
        assertThat(isHeld(budget.tryLeaseBulk())).isFalse();
        assertThat(isHeld(budget.leaseSmall(0))).isTrue();
    }

    @Test
    void whoWaitsGetsWhatIsGivenBack() {
        while (isHeld(budget.leaseSmall(0))) {
            // All of them.
        }
        CompletableFuture<Boolean> waiting = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> waiting.complete(budget.leaseSmall(PATIENCE) != null));
        budget.giveBack(held.removeLast());
        assertThat(waiting.join()).isTrue();
    }

    @Test
    void whoWaitsCanBeStopped() {
        while (isHeld(budget.leaseSmall(0))) {
            // All of them.
        }
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> budget.leaseSmall(PATIENCE)).isInstanceOf(CancelledException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
