package io.skyferry.engine.pair;

import static io.skyferry.engine.pair.PairSamples.begun;
import static io.skyferry.engine.pair.PairSamples.file;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeldPairMemoryTest {
    private final HeldPairMemory memory = new HeldPairMemory();

    private static List<String> pathsIn(HeldPairMemory memory) {
        var paths = new ArrayList<String>();
        memory.agreed().forEachRemaining(row -> paths.add(row.path().text()));
        return paths;
    }

    @Test
    void crashLosesTheEndOfWhatIsNotSettled() {
        memory.put(file("a"));
        memory.settle();
        memory.forget(new PairKey("a"));
        memory.put(file("b"));
        memory.put(file("c"));
        assertThat(memory.unsettled()).isEqualTo(3);
        assertThat(pathsIn(HeldPairMemory.of(memory.afterCrash(0)))).containsExactly("a");
        assertThat(pathsIn(HeldPairMemory.of(memory.afterCrash(2)))).containsExactly("b");
        assertThat(pathsIn(HeldPairMemory.of(memory.afterCrash(3)))).containsExactly("b", "c");
        assertThat(pathsIn(memory)).containsExactly("b", "c");
    }

    @Test
    void uploadThatWasBegunTakesAlongWhatCameBefore() {
        memory.put(file("a"));
        memory.begin(begun(Side.RIGHT, "b"));
        HeldPairMemory next = HeldPairMemory.of(memory.afterCrash(0));
        assertThat(pathsIn(next)).containsExactly("a");
        assertThat(next.unfinished()).containsExactly(begun(Side.RIGHT, "b"));
    }

    @Test
    void snapshotIsPutBack() {
        memory.put(file("a"));
        HeldPairMemory.Snapshot earlier = memory.snapshot();
        memory.forget(new PairKey("a"));
        memory.put(file("b"));
        memory.restore(earlier);
        assertThat(pathsIn(memory)).containsExactly("a");
        assertThat(memory.unsettled()).isZero();
    }

    @Test
    void olderCopyStaysOneUntilARunWentThroughIt() {
        memory.put(file("a"));
        HeldPairMemory older = HeldPairMemory.of(memory.snapshot().rolledBack("older"));
        assertThat(older.standing()).isEqualTo(new PairMemory.Standing.RolledBack("older"));
        older.put(file("b"));
        HeldPairMemory next = HeldPairMemory.of(older.snapshot());
        assertThat(next.standing()).isEqualTo(new PairMemory.Standing.RolledBack("older"));
        next.believeRows();
        assertThat(HeldPairMemory.of(next.snapshot()).standing()).isEqualTo(new PairMemory.Standing.Known());
    }

    @Test
    void memoryWithoutRowsHoldsUploadsOnly() {
        HeldPairMemory small = HeldPairMemory.withoutRows();
        small.put(file("a"));
        small.begin(begun(Side.RIGHT, "b"));
        assertThat(pathsIn(small)).isEmpty();
        assertThat(small.unfinished()).hasSize(1);
    }
}
