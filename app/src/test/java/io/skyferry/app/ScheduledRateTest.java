package io.skyferry.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.layers.BandwidthGate;
import io.skyferry.limits.BandwidthLimit;
import io.skyferry.limits.BandwidthSchedule;
import io.skyferry.testkit.FakeClock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class ScheduledRateTest {
    @Test
    void edgeOfTheTimetableIsFeltWithinASecond() {
        var clock = new FakeClock(LocalDateTime.parse("2026-11-21T11:59:59")
                .atZone(ZoneId.systemDefault())
                .toInstant());
        BandwidthSchedule schedule = BandwidthSchedule.parse("08:00,512B 12:00,off");
        var rate = new ScheduledRate(() -> schedule, BandwidthLimit::upload, clock::get, clock::nanos);
        assertThat(rate.getAsLong()).isEqualTo(512);

        clock.advance(Duration.ofSeconds(1));

        assertThat(rate.getAsLong()).isEqualTo(BandwidthGate.UNLIMITED);
    }
}
