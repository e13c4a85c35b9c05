package io.skyferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CasesTest {
    @Test
    void smallCasesComeFirst() {
        List<Integer> sizes = new ArrayList<>();
        Cases.of(300, (random, size) -> sizes.add(size));
        assertThat(sizes).hasSize(300).isSorted().startsWith(0).endsWith(64);
    }

    @Test
    void failureNamesTheLineThatRunsItAgain() {
        Cases.Property property = (random, size) -> assertThat(size).isLessThan(3);
        assertThatThrownBy(() -> Cases.of(100, property))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Cases.once(1592590348L, 3, property)");
        assertThatThrownBy(() -> Cases.once(1592590348L, 3, property)).isInstanceOf(AssertionError.class);
    }

    @Test
    void sameSeedMakesTheSameCase() {
        List<Long> drawn = new ArrayList<>();
        Cases.once(42, 1, (random, size) -> drawn.add(random.nextLong()));
        Cases.once(42, 1, (random, size) -> drawn.add(random.nextLong()));
        assertThat(drawn.get(0)).isEqualTo(drawn.get(1));
    }
}
