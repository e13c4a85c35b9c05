package io.skyferry.server.web.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.control.runs.FileEvents;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ErrorCausesTest {
    private static FileEvents.Event failed(String path, String reason) {
        return new FileEvents.Event(Instant.EPOCH, "failed", path, 0, reason);
    }

    @Test
    void filesThatFailedForOneCauseStandTogetherAndTheMostFrequentComesFirst() {
        List<FileEvents.Event> events = Stream.concat(
                        Stream.of(failed("x", "No space is left on 'disk 1'")),
                        IntStream.range(0, 7)
                                .mapToObj(i ->
                                        failed("f" + i, "Access to '/srv/f%s' was denied (1234%s)".formatted(i, i))))
                .toList();
        List<ErrorCauses.Cause> causes = ErrorCauses.of(events);
        assertThat(causes).extracting(ErrorCauses.Cause::count).containsExactly(7L, 1L);
        assertThat(causes.getFirst().paths()).hasSize(5);
        assertThat(causes.getFirst().next()).contains("right to do this");
        assertThat(causes.getLast().next()).contains("Make space");
    }
}
