package io.skyferry.engine.world;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class WorldTest {
    private static final long HISTORIES = 1_000;

    /// Each history asserts for itself what must hold at every moment and at its end; a failure names its seed.
    @Test
    void whateverHappensNothingIsLostAndBothSidesEndInStep() {
        long runs = 0;
        for (long seed = 1; seed <= HISTORIES; seed++) {
            try {
                runs += World.twice(seed).runs();
            } catch (RuntimeException | Error failure) {
                throw new AssertionError("World replay %s".formatted(seed), failure);
            }
        }
        assertThat(runs).isGreaterThan(2 * HISTORIES);
    }
}
