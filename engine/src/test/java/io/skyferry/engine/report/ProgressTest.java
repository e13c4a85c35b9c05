package io.skyferry.engine.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.storage.RelPath;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final Progress progress = new Progress();

    @Test
    void bytesThatNobodyCountedOnTheWayCountWhenTheyAreThere() {
        progress.wanted(10);
        progress.wanted(5);
        Progress.Flight counted = progress.begin(new RelPath("counted"), 10);
        counted.add(10);
        progress.done(counted);
        progress.done(progress.begin(new RelPath("by the kernel"), 5));
        assertThat(progress.snapshot().bytesDone()).isEqualTo(15);
    }

    @Test
    void bytesThatAreSentOnceMoreAreNotMoreThanTheFileHas() {
        Progress.Flight flight = progress.begin(new RelPath("again"), 10);
        flight.add(6);
        flight.add(10);
        assertThat(progress.snapshot().bytesDone()).isEqualTo(10);
        assertThat(progress.snapshot().inFlight()).containsExactly(new Progress.InFlight(new RelPath("again"), 10, 10));
        Progress.Flight failed = progress.begin(new RelPath("failed"), 5);
        failed.add(7);
        assertThat(progress.snapshot().bytesDone()).isEqualTo(15);
        progress.failed(failed);
        progress.done(flight);
        assertThat(progress.snapshot().bytesDone()).isEqualTo(10);
    }

    @Test
    void transferThatFailedOrWhoseSizeNobodyKnowsCountsNothingMore() {
        Progress.Flight failed = progress.begin(new RelPath("failed"), 10);
        failed.add(4);
        progress.failed(failed);
        progress.done(progress.begin(new RelPath("unknown"), -1));
        assertThat(progress.snapshot().bytesDone()).isZero();
    }
}
