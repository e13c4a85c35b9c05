package io.skyferry.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.engine.options.RunOptions.Limit;
import io.skyferry.engine.options.RunOptions.Order;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
    @Test
    void limitsAreCountsSharesOrNone() {
        assertThat(Values.limit("0")).isEqualTo(new Limit.Count(0));
        assertThat(Values.limit("25%")).isEqualTo(new Limit.Share(25, 1));
        assertThat(Values.limit("off")).isEqualTo(new Limit.Count(Long.MAX_VALUE));
        assertThat(Values.limit("-1")).isEqualTo(new Limit.Count(Long.MAX_VALUE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "%", "101%", "-2", "1.5", "10 %", "9999999999999999999"})
    void otherLimitsAreRefused(String text) {
        assertThatThrownBy(() -> Values.limit(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "size, SIZE_ASCENDING", "'size,desc', SIZE_DESCENDING", "'name,asc', NAME_ASCENDING",
        "'NAME,DESC', NAME_DESCENDING", "'name,mixed', NAME_MIXED", "'size,ascending', SIZE_ASCENDING",
        "'size,mixed', SIZE_MIXED", "modtime, TIME_ASCENDING", "'modtime,desc', TIME_DESCENDING"
    })
    void ordersAreThoseOfRclone(String text, Order order) {
        assertThat(Values.order(text)).isEqualTo(order);
    }

    @Test
    void durationsDoNotGoBack() {
        assertThat(Values.duration("1h30m")).isEqualTo(Duration.ofMinutes(90));
        assertThat(Values.duration("off")).isZero();
        assertThatThrownBy(() -> Values.duration("-1s")).hasMessageContaining("0 or more");
    }
}
