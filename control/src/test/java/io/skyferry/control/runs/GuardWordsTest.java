package io.skyferry.control.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.engine.options.RunOptions.Guards;
import io.skyferry.engine.options.RunOptions.Limit;
import io.skyferry.engine.pair.Roots;
import io.skyferry.engine.plan.Guard;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class GuardWordsTest {
    private static final Limit TWO = new Limit.Count(2);

    private final Guard guard =
            new Guard(new Guards(Optional.of(TWO), OptionalLong.empty(), Optional.of(TWO), false, false, false));

    private static String told(Optional<String> refusal) {
        return GuardWords.ofTask(refusal.orElseThrow());
    }

    @Test
    void refusedTaskIsToldOfItsPlanAndItsFieldsAndNotOfOptionsOfACommand() {
        assertThat(told(guard.deletes(5, 5, 8, true)))
                .isEqualTo("Deletes are held back: 5 of 8 files would go, and the limit is 2 files. If this is right,"
                        + " approve the plan, or set 'Most files deleted' of the task to 5");
        assertThat(told(guard.replacements(3, 8)))
                .endsWith("If this is right, approve the plan, or set 'Most files replaced' of the task to 3");
        assertThat(told(guard.emptySource(0, 3)))
                .endsWith("approve the plan, or tick 'An empty source may empty the destination' in the task");
        assertThat(told(guard.roots(Optional.of(new Roots("a", "b", "boot")), new Roots("c", "b", "boot"))))
                .endsWith("Mount it, or approve the plan if this is right");
    }

    @Test
    void whatNamesNoOptionStaysAsItIs() {
        assertThat(GuardWords.ofTask("The source is empty")).isEqualTo("The source is empty");
    }
}
