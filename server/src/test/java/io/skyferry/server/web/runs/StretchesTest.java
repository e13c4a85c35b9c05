package io.skyferry.server.web.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StretchesTest {
    @Test
    void amountIsSpreadEvenlyOverItsTime() {
        double[] buckets = new double[4];
        Stretches.spread(buckets, 500, 2500, 1000, 200);
        assertThat(buckets).containsExactly(50, 100, 50, 0);
    }

    @Test
    void whatLiesBeforeTheFirstIsLeftOut() {
        double[] buckets = new double[2];
        Stretches.spread(buckets, -1000, 1000, 1000, 100);
        assertThat(buckets).containsExactly(50, 0);
    }

    @Test
    void amountOfNoTimeIsNotLost() {
        double[] buckets = new double[2];
        Stretches.spread(buckets, 1000, 1000, 1000, 7);
        assertThat(Arrays.stream(buckets).sum()).isEqualTo(7);
    }
}
