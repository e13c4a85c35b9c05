package io.skyferry.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.engine.options.RunOptions.Guards;
import io.skyferry.engine.options.RunOptions.Limit;
import io.skyferry.engine.pair.Roots;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class GuardTest {
    private static final boolean KNOWN = true;
    private static final boolean NEW = false;
    private static final Roots ROOTS = new Roots("volume-1", "volume-2", "boot-1");

    private final Guard guard = new Guard(Guards.DEFAULTS);

    private static Guard deleting(Limit most) {
        return new Guard(new Guards(Optional.of(most), OptionalLong.empty(), Optional.empty(), false, false, false));
    }

    private static Guard replacing(Limit most) {
        return new Guard(new Guards(Optional.empty(), OptionalLong.empty(), Optional.of(most), false, false, false));
    }

    @Test
    void halfOfTheFilesMayGoAndNotOneMore() {
        assertThat(guard.deletes(10, 0, 20, KNOWN)).isEmpty();
        assertThat(guard.deletes(11, 0, 20, KNOWN)).isPresent();
        assertThat(guard.deletes(50, 0, 100, KNOWN)).isEmpty();
        assertThat(guard.deletes(51, 0, 100, KNOWN)).isPresent();
        assertThat(guard.deletes(50, 0, 99, KNOWN)).isPresent();
    }

    @Test
    void ofFewerThanTwentyFilesAllMayGo() {
        assertThat(guard.deletes(19, 0, 19, KNOWN)).isEmpty();
        assertThat(guard.deletes(20, 0, 20, KNOWN)).isPresent();
        assertThat(guard.deletes(19, 0, 19, NEW)).isEmpty();
    }

    @Test
    void oneTenthMayGoWhereThePairHasNoMemory() {
        assertThat(guard.deletes(2, 0, 20, NEW)).isEmpty();
        assertThat(guard.deletes(3, 0, 20, NEW))
                .hasValueSatisfying(refusal ->
                        assertThat(refusal).contains("3 of 20 files", "10 %", "no memory", "--max-delete 3"));
    }

    @Test
    void numberOfTheUsersCountsInsteadOfTheShare() {
        assertThat(deleting(new Limit.Count(15)).deletes(15, 0, 20, KNOWN)).isEmpty();
        assertThat(deleting(new Limit.Count(15)).deletes(16, 0, 1_000_000, KNOWN))
                .isPresent();
        assertThat(deleting(new Limit.Count(0)).deletes(1, 0, 1, KNOWN)).isPresent();
        assertThat(deleting(new Limit.Count(0)).deletes(0, 0, 1, KNOWN)).isEmpty();
        assertThat(deleting(new Limit.Count(20)).deletes(20, 0, 20, NEW)).isEmpty();
    }

    @Test
    void shareOfTheUsersHasItsOwnLeastNumberOfFiles() {
        assertThat(deleting(new Limit.Share(25, 1)).deletes(1, 0, 4, KNOWN)).isEmpty();
        assertThat(deleting(new Limit.Share(25, 1)).deletes(2, 0, 4, KNOWN)).isPresent();
        assertThat(deleting(new Limit.Share(100, 0)).deletes(1_000, 0, 1_000, NEW))
                .isEmpty();
        assertThat(deleting(new Limit.Share(0, 0)).deletes(1, 0, 1_000, KNOWN)).isPresent();
    }

    @Test
    void shareIsRightForMoreFilesThanAnIntCanCount() {
        long files = 6_000_000_000L;
        assertThat(guard.deletes(files / 2, 0, files, KNOWN)).isEmpty();
        assertThat(guard.deletes(files / 2 + 1, 0, files, KNOWN)).isPresent();
    }

    @Test
    void bytesHaveALimitOfTheirOwn() {
        var bytes =
                new Guard(new Guards(Optional.empty(), OptionalLong.of(100), Optional.empty(), false, false, false));
        assertThat(bytes.deletes(1, 100, 10, KNOWN)).isEmpty();
        assertThat(bytes.deletes(1, 101, 10, KNOWN))
                .hasValueSatisfying(refusal -> assertThat(refusal).contains("101 bytes", "--max-delete-size 101"));
    }

    @Test
    void anyNumberMayBeReplacedUnlessTheUserSaysOtherwise() {
        assertThat(guard.replacements(1_000_000, 1_000_000)).isEmpty();
        assertThat(replacing(new Limit.Count(5)).replacements(5, 100)).isEmpty();
        assertThat(replacing(new Limit.Count(5)).replacements(6, 100))
                .hasValueSatisfying(
                        refusal -> assertThat(refusal).contains("6 of 100 files", "5 files", "--max-replace 6"));
        assertThat(replacing(new Limit.Share(10, 0)).replacements(10, 100)).isEmpty();
        assertThat(replacing(new Limit.Share(10, 0)).replacements(11, 100)).isPresent();
    }

    @Test
    void emptySourceMayNotEmptyTheTarget() {
        var allowing =
                new Guard(new Guards(Optional.empty(), OptionalLong.empty(), Optional.empty(), true, false, false));
        assertThat(guard.emptySource(0, 1))
                .hasValueSatisfying(refusal -> assertThat(refusal).contains("--allow-empty-source"));
        assertThat(guard.emptySource(0, 0)).isEmpty();
        assertThat(guard.emptySource(1, 1_000)).isEmpty();
        assertThat(allowing.emptySource(0, 1)).isEmpty();
    }

    @Test
    void rootOnAnotherFileSystemIsRefusedWhicheverSideItIs() {
        var allowing =
                new Guard(new Guards(Optional.empty(), OptionalLong.empty(), Optional.empty(), false, true, false));
        var source = new Roots("volume-9", "volume-2", "boot-1");
        var target = new Roots("volume-1", "", "boot-1");
        assertThat(guard.roots(Optional.of(ROOTS), source))
                .hasValueSatisfying(refusal ->
                        assertThat(refusal).contains("source", "'volume-1'", "'volume-9'", "--accept-new-root"));
        assertThat(guard.roots(Optional.of(ROOTS), target))
                .hasValueSatisfying(refusal -> assertThat(refusal).contains("target"));
        assertThat(allowing.roots(Optional.of(ROOTS), source)).isEmpty();
    }

    @Test
    void rootsOfAnotherBootOrANewPairAreTaken() {
        assertThat(guard.roots(Optional.of(ROOTS), new Roots("volume-1", "volume-2", "boot-2")))
                .isEmpty();
        assertThat(guard.roots(Optional.empty(), ROOTS)).isEmpty();
    }
}
