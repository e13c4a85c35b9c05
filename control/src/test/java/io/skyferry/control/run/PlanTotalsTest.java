package io.skyferry.control.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.engine.plan.Step;
import io.skyferry.engine.report.Progress;
import io.skyferry.engine.report.Report;
import io.skyferry.engine.report.Tally;
import io.skyferry.storage.Entry;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Verb;
import io.skyferry.testkit.FakeClock;
import io.skyferry.testkit.MemoryStorage;
import io.skyferry.testkit.Traits;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanTotalsTest {
    private static Map<Verb, Long> costOfARename(Traits target) {
        var storage = new MemoryStorage("target", target, new FakeClock());
        storage.backdoor().put("old", "content");
        Entry.File file = storage.backdoor().entry(new RelPath("old")).orElseThrow();
        var totals = new PlanTotals();
        totals.begin(storage.capabilities());
        totals.add(new Step.Rename(file, file, new RelPath("new")));
        Report looked = new Tally(_ -> {}, new Progress()).report(Map.of());
        assertThat(totals.report(looked).renamed()).isEqualTo(1);
        return totals.report(looked).requests();
    }

    @Test
    void renameCostsAMoveOrACopyAndADelete() {
        assertThat(costOfARename(Traits.DISK)).isEqualTo(Map.of(Verb.MOVE, 1L));
        assertThat(costOfARename(Traits.OBJECTS)).isEqualTo(Map.of(Verb.COPY, 1L, Verb.DELETE, 1L));
    }
}
