package io.skyferry.server.web.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WeekPartTest {
    @Test
    void limitsAreSaidWithTheirUnits() {
        assertThat(WeekPart.words("683.594Ki")).isEqualTo("683.594 KiB/s");
        assertThat(WeekPart.words("08:00,512Ki 18:00,off")).isEqualTo("08:00 512 KiB/s, 18:00 no limit");
        assertThat(WeekPart.words("Mon-08:00,10Mi:1Mi")).isEqualTo("Mon-08:00 10 MiB/s up, 1 MiB/s down");
    }
}
