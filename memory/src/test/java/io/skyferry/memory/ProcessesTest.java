package io.skyferry.memory;

import static io.skyferry.memory.Homes.rowsOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.engine.pair.Agreed;
import io.skyferry.engine.pair.PairInUseException;
import io.skyferry.engine.pair.PairKey;
import io.skyferry.engine.pair.PairMemory;
import io.skyferry.engine.pair.PairMemory.Standing;
import io.skyferry.engine.pair.PairSamples;
import io.skyferry.engine.pair.Side;
import io.skyferry.engine.pair.Unfinished;
import io.skyferry.storage.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Memories that several processes work on, some of which are killed.
@Tag("slow")
class ProcessesTest {
    @TempDir
    private Path folder;

    private ChildProcess start(String work, Map<String, String> environment) throws IOException {
        return ChildProcess.start(folder, work, environment);
    }

    @Test
    void pairIsInUseByAnotherProcessUntilThatEnds() throws IOException {
        try (ChildProcess other = start("hold", Map.of())) {
            assertThat(other.next()).contains("held");
            assertThatThrownBy(() -> new Homes(folder).open())
                    .isInstanceOf(PairInUseException.class)
                    .hasMessageContaining("4711")
                    .hasMessageContaining("sync a b")
                    .hasMessageContaining("/mnt/backup");
            List<Duration> waits = new ArrayList<>();
            var patient = new SqlitePairMemories(folder, new Holder(1, "", Instant.EPOCH), wait -> {
                waits.add(wait);
                if (waits.size() == 3) {
                    letGo(other);
                }
            });
            try (PairMemory memory = patient.open(Homes.LEFT, Homes.RIGHT, Duration.ofHours(1))) {
                assertThat(waits).hasSize(3).allMatch(wait -> wait.toMillis() == 100);
                assertThat(rowsOf(memory)).containsExactly(Homes.row(0));
            }
        }
    }

    private static void letGo(ChildProcess other) {
        try {
            other.goOn();
            assertThat(other.rest().toList()).containsExactly("let go");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void patienceEnds() throws IOException {
        try (ChildProcess other = start("hold", Map.of())) {
            assertThat(other.next()).contains("held");
            List<Duration> waits = new ArrayList<>();
            var patient = new SqlitePairMemories(folder, new Holder(1, "", Instant.EPOCH), waits::add);
            assertThatThrownBy(() -> patient.open(Homes.LEFT, Homes.RIGHT, Duration.ofMillis(250)))
                    .isInstanceOf(PairInUseException.class);
            assertThat(waits.stream().reduce(Duration.ZERO, Duration::plus)).isEqualTo(Duration.ofMillis(250));
        }
    }

    @Test
    void askingInVainDoesNotBreakTheLockOfThisProcess() throws IOException {
        try (PairMemory memory = new Homes(folder).open()) {
            assertThatThrownBy(() -> new Homes(folder).open()).isInstanceOf(PairInUseException.class);
            try (ChildProcess other = start("hold", Map.of())) {
                assertThat(other.next()).isEmpty();
            }
            memory.put(Homes.row(1));
        }
    }

    @Test
    void killedProcessLosesNothingButTheEnd() throws IOException {
        var random = new SplittableRandom(7);
        var acknowledged = new TreeSet<Integer>();
        for (int round = 0; round < 8; round++) {
            try (ChildProcess writer = start("write", Map.of())) {
                assertThat(writer.next()).contains("opened");
                for (int lines = random.nextInt(20); lines > 0; lines--) {
                    acknowledged.add(Integer.parseInt(writer.next().orElseThrow()));
                }
                writer.kill();
                writer.rest().forEach(line -> acknowledged.add(Integer.parseInt(line)));
            }
            holdsAllOf(acknowledged);
        }
        assertThat(acknowledged).isNotEmpty();
    }

    private void holdsAllOf(NavigableSet<Integer> acknowledged) {
        try (PairMemory memory = new Homes(folder).open()) {
            List<Agreed> rows = rowsOf(memory);
            assertThat(rows).containsExactlyElementsOf(Homes.rows(0, rows.size()));
            assertThat(memory.agreedFiles()).isEqualTo(rows.size());
            assertThat(memory.standing()).isEqualTo(rows.isEmpty() ? new Standing.New() : new Standing.Known());
            for (int i : acknowledged) {
                assertThat(i).isLessThan(rows.size());
                Unfinished begun = PairSamples.begun(Side.RIGHT, "upload " + i);
                assertThat(memory.unfinishedAt(Side.RIGHT, begun.path()))
                        .contains(begun.withPromise(1, "promise " + i).withPart(new Part(1, i, "tag")));
            }
        }
    }

    @Test
    void namesAreKeptWhateverTheLocale() throws IOException {
        try (ChildProcess writer = start("names", Map.of("LANG", "C", "LC_ALL", "C"))) {
            assertThat(writer.rest().toList()).containsExactly("put");
        }
        var expected = new TreeMap<PairKey, Agreed>();
        var random = new SplittableRandom(42);
        for (int i = 0; i < 200; i++) {
            Agreed row = PairSamples.anything(random);
            expected.put(row.key(), row);
        }
        try (PairMemory memory = new Homes(folder).open()) {
            assertThat(rowsOf(memory)).containsExactlyElementsOf(expected.values());
        }
    }
}
