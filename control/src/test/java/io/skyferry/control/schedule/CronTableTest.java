package io.skyferry.control.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Compares with a table that another program made: `tools/schedule-table`, in Python with its own `zoneinfo`, looks
/// at each minute of UTC from 2025 up to 2028 and asks whether its local time matches. Its rules: a local minute that
/// the clocks jump over is due at the first minute after the jump; one that they show twice is due the first time, and
/// both times if the hour is `*` or has a step; of two restricted kinds of day, either is enough.
class CronTableTest {
    private static final Instant FIRST = Instant.parse("2025-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("2028-01-01T00:00:00Z");

    /// One line of the table.
    ///
    /// @param near minutes since 1970 of what is due around clock changes
    record Row(ZoneId zone, String cron, int count, String digest, List<Long> near) {
        static Row of(String line) {
            String[] parts = line.split("\\|", -1);
            List<Long> near = parts[4].isEmpty()
                    ? List.of()
                    : Arrays.stream(parts[4].split(" ", -1)).map(Long::valueOf).toList();
            return new Row(ZoneId.of(parts[0]), parts[1], Integer.parseInt(parts[2]), parts[3], near);
        }

        @Override
        public String toString() {
            return zone + " " + cron;
        }
    }

    static Stream<Row> rows() throws IOException {
        try (InputStream in = Objects.requireNonNull(CronTableTest.class.getResourceAsStream("table.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines().filter(line -> !line.startsWith("#")).map(Row::of).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void dueWhenAnotherProgramSaysSo(Row row) throws NoSuchAlgorithmException {
        Cron cron = Cron.parse(row.cron());
        List<Long> due = new ArrayList<>();
        Instant at = cron.next(FIRST.minusNanos(1), row.zone());
        while (at.isBefore(END)) {
            due.add(at.getEpochSecond() / 60);
            at = cron.next(at, row.zone());
        }

        assertThat(due).containsAll(row.near());
        assertThat(due).hasSize(row.count());
        String lines = due.stream().map(minute -> minute + "\n").collect(Collectors.joining());
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(lines.getBytes(StandardCharsets.UTF_8));
        assertThat(HexFormat.of().formatHex(digest)).isEqualTo(row.digest());
    }
}
