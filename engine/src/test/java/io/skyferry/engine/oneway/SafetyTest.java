package io.skyferry.engine.oneway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.engine.options.Mode;
import io.skyferry.engine.options.RunOptions;
import io.skyferry.engine.pair.HeldPairMemory;
import io.skyferry.engine.report.Report;
import io.skyferry.engine.report.Verdict;
import io.skyferry.filter.Selection;
import io.skyferry.layers.Call;
import io.skyferry.layers.InterceptedStorage;
import io.skyferry.layers.Interceptor;
import io.skyferry.storage.Content;
import io.skyferry.storage.HashType;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.Verb;
import io.skyferry.testkit.BytesContent;
import io.skyferry.testkit.Fault;
import io.skyferry.testkit.FaultInterceptor;
import io.skyferry.testkit.FaultScript;
import io.skyferry.testkit.SimulatedCrash;
import io.skyferry.testkit.Traits;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// What a loss of power takes, and what a move makes sure of.
class SafetyTest {
    private static final RelPath A = new RelPath("a");
    private static final Instant NOON = Instant.parse("2025-05-04T12:00:00Z");
    private static final byte[] BYTES = {1, 2, 3};
    private static final int FATES = 12;

    private Rig rig = new Rig();

    /// A run that dies once the file is there and before its row is.
    private void dieBehindTheWrite() {
        var dying =
                new FaultInterceptor(FaultScript.PEACE.onFirst(1, Verb.WRITE, "a", new Fault.CrashesAfter()), _ -> {});
        assertThatThrownBy(() -> OneWay.run(
                        rig.runOf(Mode.SYNC, rig.source, new InterceptedStorage(rig.target, dying), rig.memory)))
                .isInstanceOf(SimulatedCrash.class);
        rig.memory = HeldPairMemory.of(rig.memory.afterCrash(rig.memory.unsettled()));
    }

    private void losePower(int fate) {
        rig.target.backdoor().losePower(fate);
        rig.boot = "boot after " + fate;
    }

    private void sync() {
        rig.run(Mode.SYNC);
        rig.reopenMemory();
    }

    private void begin() {
        rig = new Rig();
        rig.source.backdoor().put(A, BYTES, NOON);
    }

    @Test
    void fileWithoutARowIsMendedAfterALossOfPower() {
        for (int fate = 0; fate < FATES; fate++) {
            begin();
            dieBehindTheWrite();
            losePower(fate);
            sync();
            assertThat(rig.target.backdoor().bytes(A)).contains(BYTES);
        }
    }

    @Test
    void aRunThatLeavesFilesOutDoesNotEndTheDoubt() {
        for (int fate = 0; fate < FATES; fate++) {
            begin();
            dieBehindTheWrite();
            losePower(fate);
            rig.selection = new Without(A);
            sync();
            rig.selection = Selection.everything();
            sync();
            assertThat(rig.target.backdoor().bytes(A)).contains(BYTES);
        }
    }

    @Test
    void fileThatWasFoundInStepIsMendedIfADyingRunWroteIt() {
        for (int fate = 0; fate < FATES; fate++) {
            begin();
            dieBehindTheWrite();
            sync();
            losePower(fate);
            sync();
            assertThat(rig.target.backdoor().bytes(A)).contains(BYTES);
        }
    }

    @Test
    void fileThatWasMovedAtTheTargetIsMendedThoughEveryWriteIsFlushed() {
        for (int fate = 0; fate < FATES; fate++) {
            begin();
            rig.options = flushingEachAndFindingRenames();
            rig.target.backdoor().put(new RelPath("old"), BYTES, NOON);
            assertThat(rig.run(Mode.SYNC).renamed()).isEqualTo(1);
            rig.reopenMemory();
            losePower(fate);
            sync();
            assertThat(rig.target.backdoor().bytes(A)).contains(BYTES);
        }
    }

    private static RunOptions flushingEachAndFindingRenames() {
        return new RunOptions(
                RunOptions.DEFAULTS.comparison(),
                RunOptions.DEFAULTS.guards(),
                new RunOptions.Transfers(
                        1, 1, 3, OptionalLong.empty(), Optional.empty(), RunOptions.Order.AS_FOUND, true, true),
                RunOptions.DEFAULTS.keeping(),
                false);
    }

    @Test
    void copyIsOnTheMediumBeforeItsSourceGoesEvenWithoutAFlushOfAll() {
        rig = new Rig(Traits.DISK, Traits.DISK.removing(Verb.FLUSH));
        rig.source.backdoor().put(A, BYTES, NOON);

        assertThat(rig.run(Mode.MOVE).verdict()).isEqualTo(Verdict.SUCCESS);

        assertThat(rig.target.backdoor().isFlushed(A)).isTrue();
        assertThat(rig.source.backdoor().texts()).isEmpty();
    }

    @Test
    void copyThatAListingShowedIsLookedAtBeforeItsSourceGoes() {
        rig = new Rig(Traits.DISK, Traits.OBJECTS.keepingHashes(HashType.MD5).lagging(1_000));
        rig.source.backdoor().put(A, BYTES, NOON);
        rig.target.backdoor().put(A, BYTES, NOON);
        rig.target.backdoor().settle();
        rig.target.backdoor().remove("a");

        rig.run(Mode.MOVE);

        assertThat(rig.source.backdoor().bytes(A).or(() -> rig.target.backdoor().bytes(A)))
                .contains(BYTES);
    }

    /// Stores other bytes than it was given.
    private static final class Corrupting implements Interceptor {
        @Override
        public <R> R around(Call<R> call) {
            return call.proceed();
        }

        @Override
        public Content writing(StorageException.Where where, Content content) {
            return BytesContent.of(new byte[] {9, 9, 9});
        }
    }

    @Test
    void copyThatDoesNotHoldWhatWasSentKeepsItsSource() {
        rig.source.backdoor().put(A, BYTES, NOON);

        Report report = OneWay.run(
                rig.runOf(Mode.MOVE, rig.source, new InterceptedStorage(rig.target, new Corrupting()), rig.memory));

        assertThat(report.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(rig.source.backdoor().bytes(A)).contains(BYTES);
    }

    @Test
    void rowsAreKeptByARunThatDoesNotSeeTheirFiles() {
        rig.source.backdoor().put(A, BYTES, NOON);
        rig.source.backdoor().put("b", "stays");
        sync();
        rig.source.backdoor().remove("a");
        rig.target.backdoor().remove("a");
        rig.selection = new Without(A);
        sync();
        assertThat(rig.memory.agreedFiles()).isEqualTo(2);

        rig.selection = Selection.everything();
        sync();
        assertThat(rig.memory.agreedFiles()).isEqualTo(1);
    }

    @Test
    void rowGoesWithTheFileThatIsDeleted() {
        rig.source.backdoor().put(A, BYTES, NOON);
        rig.source.backdoor().put("b", "stays");
        sync();
        rig.source.backdoor().remove("a");

        sync();

        assertThat(rig.target.backdoor().texts()).containsOnlyKeys("b");
        assertThat(rig.memory.agreedFiles()).isEqualTo(1);
    }
}
