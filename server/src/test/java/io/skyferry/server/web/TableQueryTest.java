package io.skyferry.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.server.web.TableQuery.Order;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TableQueryTest {
    private final TableQuery query =
            new TableQuery("/tasks", "a&b", "name", Order.UP, 2, 10, Map.of("state", "FAILED"));

    @Test
    void linksKeepWhatElseIsWanted() {
        assertThat(query.toPage(3)).isEqualTo("/tasks?order=up&page=3&q=a%26b&size=10&sort=name&state=FAILED");
        assertThat(query.toMore("state", "")).isEqualTo("/tasks?order=up&q=a%26b&size=10&sort=name");
    }

    @Test
    void sortingByTheSameColumnTurnsTheOrder() {
        assertThat(query.toSort("name"))
                .contains("order=down")
                .contains("sort=name")
                .doesNotContain("page=");
        assertThat(query.toSort("size")).contains("order=up").contains("sort=size");
        assertThat(query.ariaSort("name")).contains("ascending");
        assertThat(query.ariaSort("size")).isEmpty();
    }

    @Test
    void pageHoldsItsRowsAlone() {
        List<Integer> all = IntStream.range(0, 25).boxed().toList();
        assertThat(query.rows(all)).containsExactlyElementsOf(all.subList(10, 20));
        assertThat(new TableQuery("/", "", "", Order.UP, 9, 10, Map.of()).rows(all))
                .isEmpty();
    }
}
