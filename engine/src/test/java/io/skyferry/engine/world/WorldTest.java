package io.skyferry.engine.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.engine.world.World.Played;
import io.skyferry.engine.world.World.Way;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Each history asserts for itself what must hold at every moment and at its end; a failure names its seed.
@Tag("slow")
class WorldTest {
    private static final long HISTORIES = 5_000;
    private static final long WITH_THREADS = 1_000;

    @Test
    void whateverHappensNothingIsLostAndBothSidesEndInStep() throws InterruptedException, ExecutionException {
        Played played = World.play(1, HISTORIES, Way.INLINE);

        assertThat(played.failures()).isEmpty();
        assertThat(played.histories()).isEqualTo(HISTORIES);
        assertThat(played.runs()).isGreaterThan(3 * HISTORIES);
    }

    @Test
    void theSameHoldsWhereManyWorkAtATime() throws InterruptedException, ExecutionException {
        Played played = World.play(1, WITH_THREADS, Way.THREADS);

        assertThat(played.failures()).isEmpty();
        assertThat(played.histories()).isEqualTo(WITH_THREADS);
    }
}
