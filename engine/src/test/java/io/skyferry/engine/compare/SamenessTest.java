package io.skyferry.engine.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.engine.compare.Judgement.By;
import io.skyferry.engine.compare.Judgement.Trust;
import io.skyferry.engine.compare.Sameness.Looks;
import io.skyferry.engine.compare.Sameness.Unknown;
import io.skyferry.engine.options.RunOptions;
import io.skyferry.engine.options.RunOptions.Comparison;
import io.skyferry.engine.pair.Agreed;
import io.skyferry.engine.pair.PairKey;
import io.skyferry.storage.Capabilities.Keeping;
import io.skyferry.storage.Entry;
import io.skyferry.storage.HashType;
import io.skyferry.storage.ModTime;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Version;
import io.skyferry.testkit.Traits;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SamenessTest {
    private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
    private static final RelPath PATH = new RelPath("a/b");
    private static final Comparison DEFAULTS = Comparison.DEFAULTS;
    private static final Judgement READ_BOTH = new Judgement.Look(Trust.READ, Trust.READ);

    private static Sameness sameness(Comparison comparison, Looks looks) {
        return new Sameness(
                comparison, Traits.DISK.capabilities(), Traits.DISK.capabilities(), looks, "boot-1", Unknown.WHOLE);
    }

    private static Comparison by(RunOptions.By by) {
        return new Comparison(by, false, false, false, false, Duration.ofNanos(1));
    }

    private static Entry.File file(long size, ModTime time, String version, Map<HashType, String> hashes) {
        return new Entry.File(
                PATH,
                size,
                time,
                hashes,
                version.isEmpty() ? Optional.empty() : Optional.of(new Version(version)),
                Optional.empty(),
                Optional.empty());
    }

    private static Entry.File file(long size, Instant time) {
        return file(size, new ModTime.Known(time), "", Map.of());
    }

    private static Entry.File versioned(String version) {
        return file(8, new ModTime.Known(NOON), version, Map.of());
    }

    private static Entry.File hashed(String hash) {
        return file(8, new ModTime.Known(NOON), "", Map.of(HashType.MD5, hash));
    }

    private static Agreed row(String left, String right, Optional<String> hash, Agreed.Doubt doubt) {
        return new Agreed(
                new PairKey(PATH.text()),
                PATH,
                Agreed.Kind.FILE,
                8,
                hash,
                left,
                right,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                doubt);
    }

    private static Agreed row(String left, String right) {
        return row(left, right, Optional.of("hash"), Agreed.Doubt.NONE);
    }

    private static Judgement judged(Sameness sameness, Entry.File source, Entry.File target) {
        return sameness.judge(source, target, Optional.empty());
    }

    private static Judgement remembered(Looks looks, Entry.File source, Entry.File target, Agreed row) {
        return sameness(DEFAULTS, looks).judge(source, target, Optional.of(row));
    }

    @Test
    void sizeThenHashThenTimeThenContentTellWithoutAMemory() {
        Sameness here = sameness(DEFAULTS, Looks.CHEAP);
        assertThat(judged(here, file(8, NOON), file(9, NOON))).isInstanceOf(Judgement.Different.class);
        assertThat(judged(here, file(8, NOON), file(8, NOON))).isEqualTo(new Judgement.Same(By.SIZE_AND_TIME));
        assertThat(judged(here, file(8, NOON), file(8, NOON.plusNanos(1)))).isEqualTo(READ_BOTH);
        assertThat(judged(here, hashed("1"), hashed("1"))).isEqualTo(new Judgement.Same(By.HASH));
        assertThat(judged(here, hashed("1"), hashed("2"))).isInstanceOf(Judgement.Different.class);
    }

    @Test
    void otherTimesAreLookedAtOnlyWhereThatCostsNoTraffic() {
        Entry.File later = file(8, NOON.plusSeconds(1));
        Entry.File hashedLater = file(8, new ModTime.Known(NOON.plusSeconds(1)), "", Map.of(HashType.MD5, "1"));
        assertThat(judged(sameness(DEFAULTS, Looks.COSTLY), file(8, NOON), later))
                .isInstanceOf(Judgement.Different.class);
        assertThat(judged(sameness(DEFAULTS, Looks.CHEAP_AT_SOURCE), file(8, NOON), later))
                .isInstanceOf(Judgement.Different.class);
        assertThat(judged(sameness(DEFAULTS, Looks.CHEAP_AT_SOURCE), file(8, NOON), hashedLater))
                .isEqualTo(READ_BOTH);
        assertThat(judged(sameness(DEFAULTS, Looks.CHEAP_AT_TARGET), hashedLater, file(8, NOON)))
                .isEqualTo(READ_BOTH);
        assertThat(judged(sameness(DEFAULTS, Looks.CHEAP_AT_TARGET), file(8, NOON), hashedLater))
                .isInstanceOf(Judgement.Different.class);
    }

    @Test
    void shortChecksumProvesNothing() {
        Entry.File later = file(8, new ModTime.Known(NOON.plusSeconds(1)), "", Map.of(HashType.CRC32C, "1"));
        Entry.File other = file(8, new ModTime.Known(NOON), "", Map.of(HashType.CRC32C, "1"));
        assertThat(judged(sameness(DEFAULTS, Looks.COSTLY), other, later)).isInstanceOf(Judgement.Different.class);
        assertThat(judged(sameness(DEFAULTS, Looks.CHEAP_AT_SOURCE), other, later))
                .isInstanceOf(Judgement.Different.class);
    }

    @Test
    void equalHashesWithOtherTimesWantTheTimeSet() {
        Entry.File later = file(8, new ModTime.Known(NOON.plusSeconds(1)), "", Map.of(HashType.MD5, "1"));
        assertThat(judged(sameness(DEFAULTS, Looks.COSTLY), hashed("1"), later))
                .isInstanceOf(Judgement.OtherTime.class);
        assertThat(judged(sameness(by(RunOptions.By.SIZE), Looks.COSTLY), hashed("1"), later))
                .isEqualTo(new Judgement.Same(By.SIZE));
    }

    @Test
    void timesCloserThanTheCoarserPrecisionAreOne() {
        var coarse = new Sameness(
                DEFAULTS,
                Traits.DISK.capabilities(),
                Traits.DISK.keepingTimes(Keeping.NATIVE, Duration.ofSeconds(2)).capabilities(),
                Looks.COSTLY,
                "boot-1",
                Unknown.WHOLE);
        assertThat(judged(coarse, file(8, NOON), file(8, NOON.plusMillis(1_999))))
                .isEqualTo(new Judgement.Same(By.SIZE_AND_TIME));
        assertThat(judged(coarse, file(8, NOON.plusSeconds(2)), file(8, NOON))).isInstanceOf(Judgement.Different.class);
        assertThat(coarse.isWeakened()).isFalse();
    }

    @Test
    void sizeAloneTellsWhereTimesAreNotKept() {
        var timeless = new Sameness(
                DEFAULTS,
                Traits.DISK.capabilities(),
                Traits.DISK.keepingTimes(Keeping.NOT_KEPT, Duration.ofNanos(1)).capabilities(),
                Looks.CHEAP,
                "boot-1",
                Unknown.WHOLE);
        assertThat(judged(timeless, file(8, NOON), file(8, new ModTime.NotKept(), "", Map.of())))
                .isEqualTo(new Judgement.Same(By.SIZE));
    }

    @Test
    void timeThatWasNotListedIsAskedFor() {
        Entry.File unlisted = file(8, new ModTime.NotListed(), "", Map.of());
        assertThat(judged(sameness(DEFAULTS, Looks.CHEAP), file(8, NOON), unlisted))
                .isInstanceOf(Judgement.AskTime.class);
        assertThat(remembered(Looks.CHEAP, versioned("1"), unlisted, row("1", "2")))
                .isInstanceOf(Judgement.AskTime.class);
    }

    @Test
    void unchangedTagsOnBothSidesNeedNoLook() {
        assertThat(remembered(Looks.COSTLY, versioned("1"), versioned("2"), row("1", "2")))
                .isEqualTo(new Judgement.Same(By.MEMORY));
        assertThat(remembered(
                        Looks.COSTLY,
                        file(8, NOON),
                        file(8, NOON.plusSeconds(9)),
                        row("8@" + NOON, "8@" + NOON.plusSeconds(9))))
                .isEqualTo(new Judgement.Same(By.MEMORY));
    }

    @Test
    void sideThatWasTouchedIsReadAndTheOtherOneRemembered() {
        assertThat(remembered(Looks.COSTLY, versioned("9"), versioned("2"), row("1", "2")))
                .isEqualTo(new Judgement.Look(Trust.READ, Trust.REMEMBERED));
        assertThat(remembered(Looks.COSTLY, versioned("1"), versioned("9"), row("1", "2")))
                .isEqualTo(new Judgement.Look(Trust.REMEMBERED, Trust.READ));
        assertThat(remembered(Looks.COSTLY, versioned("8"), versioned("9"), row("1", "2")))
                .isEqualTo(READ_BOTH);
    }

    @Test
    void withoutAHashInTheMemoryOnlyCheapLooksAreTaken() {
        Agreed bare = row("1", "2", Optional.empty(), Agreed.Doubt.NONE);
        assertThat(remembered(Looks.CHEAP, versioned("9"), versioned("2"), bare))
                .isEqualTo(READ_BOTH);
        assertThat(remembered(Looks.COSTLY, versioned("9"), versioned("2"), bare))
                .isEqualTo(new Judgement.Same(By.SIZE_AND_TIME));
    }

    @Test
    void sizesThatDifferOutrankTheMemory() {
        Entry.File shorter = file(7, new ModTime.Known(NOON), "2", Map.of());
        assertThat(remembered(Looks.COSTLY, versioned("1"), shorter, row("1", "2")))
                .isInstanceOf(Judgement.Different.class);
    }

    @Test
    void rowOfAFileThatChangedWhileItWasReadIsDoubted() {
        Agreed racy = row("1", "2", Optional.of("hash"), new Agreed.Doubt(Optional.empty(), true));
        assertThat(remembered(Looks.COSTLY, versioned("1"), versioned("2"), racy))
                .isEqualTo(new Judgement.Look(Trust.READ, Trust.REMEMBERED));
    }

    @Test
    void bytesThatWereNotFlushedInAnotherBootAreReadAgain() {
        Agreed now = row("1", "2", Optional.of("hash"), new Agreed.Doubt(Optional.of("boot-1"), false));
        Agreed before = row("1", "2", Optional.of("hash"), new Agreed.Doubt(Optional.of("boot-0"), false));
        Agreed bare = row("1", "2", Optional.empty(), new Agreed.Doubt(Optional.of("boot-0"), false));
        assertThat(remembered(Looks.COSTLY, versioned("1"), versioned("2"), now))
                .isEqualTo(new Judgement.Same(By.MEMORY));
        assertThat(remembered(Looks.COSTLY, versioned("1"), versioned("2"), before))
                .isEqualTo(new Judgement.Look(Trust.REMEMBERED, Trust.READ));
        assertThat(remembered(Looks.COSTLY, versioned("1"), versioned("2"), bare))
                .isEqualTo(READ_BOTH);
        assertThat(sameness(by(RunOptions.By.SIZE), Looks.COSTLY)
                        .judge(versioned("1"), versioned("2"), Optional.of(before)))
                .isEqualTo(new Judgement.Look(Trust.REMEMBERED, Trust.READ));
    }

    @Test
    void filesWithoutARowAreReadWhereTheyMayBeTorn() {
        var torn = new Sameness(
                DEFAULTS,
                Traits.DISK.capabilities(),
                Traits.DISK.capabilities(),
                Looks.COSTLY,
                "boot-2",
                Unknown.MAY_BE_TORN);
        assertThat(judged(torn, file(8, NOON), file(8, NOON))).isEqualTo(READ_BOTH);
        assertThat(judged(torn, hashed("1"), hashed("1"))).isEqualTo(new Judgement.Same(By.HASH));
        assertThat(judged(torn, file(8, NOON), file(0, NOON))).isInstanceOf(Judgement.Different.class);
    }

    @Test
    void contentIsReadOnRequestWhateverTheMemoryKnows() {
        Sameness byContent = sameness(by(RunOptions.By.CONTENT), Looks.COSTLY);
        assertThat(byContent.judge(versioned("1"), versioned("2"), Optional.of(row("1", "2"))))
                .isEqualTo(READ_BOTH);
        assertThat(judged(byContent, hashed("1"), hashed("1"))).isEqualTo(new Judgement.Same(By.HASH));
        assertThat(judged(byContent, file(8, NOON), file(9, NOON))).isInstanceOf(Judgement.Different.class);
    }

    @Test
    void optionsComeBeforeEverythingElse() {
        Entry.File source = file(8, NOON);
        Entry.File newer = file(9, NOON.plusSeconds(1));
        Entry.File older = file(8, NOON.minusSeconds(1));
        Comparison existing =
                new Comparison(RunOptions.By.SIZE_AND_TIME, true, false, false, false, Duration.ofNanos(1));
        Comparison update = new Comparison(RunOptions.By.SIZE_AND_TIME, false, true, false, false, Duration.ofNanos(1));
        Comparison everything =
                new Comparison(RunOptions.By.SIZE_AND_TIME, false, false, false, true, Duration.ofNanos(1));
        assertThat(judged(sameness(existing, Looks.CHEAP), source, newer)).isInstanceOf(Judgement.LeaveAlone.class);
        assertThat(judged(sameness(update, Looks.CHEAP), source, newer)).isInstanceOf(Judgement.LeaveAlone.class);
        assertThat(judged(sameness(update, Looks.CHEAP), source, older)).isEqualTo(READ_BOTH);
        assertThat(judged(sameness(update, Looks.COSTLY), source, older)).isInstanceOf(Judgement.Different.class);
        assertThat(judged(sameness(everything, Looks.CHEAP), source, source)).isInstanceOf(Judgement.Different.class);
    }

    @Test
    void optionsThatTakeMoreForEqualAreKnownToWeaken() {
        Comparison sizes = new Comparison(RunOptions.By.SIZE_AND_TIME, false, false, true, false, Duration.ofNanos(1));
        Comparison window =
                new Comparison(RunOptions.By.SIZE_AND_TIME, false, false, false, false, Duration.ofHours(1));
        assertThat(sameness(DEFAULTS, Looks.CHEAP).isWeakened()).isFalse();
        assertThat(sameness(by(RunOptions.By.CONTENT), Looks.CHEAP).isWeakened())
                .isFalse();
        assertThat(sameness(by(RunOptions.By.SIZE), Looks.CHEAP).isWeakened()).isTrue();
        assertThat(sameness(sizes, Looks.CHEAP).isWeakened()).isTrue();
        assertThat(sameness(window, Looks.CHEAP).isWeakened()).isTrue();
    }

    @Test
    void unknownSizesDifferFromNone() {
        Entry.File unknown = file(Entry.File.UNKNOWN_SIZE, NOON);
        assertThat(judged(sameness(DEFAULTS, Looks.CHEAP), unknown, file(8, NOON)))
                .isEqualTo(new Judgement.Same(By.SIZE_AND_TIME));
    }
}
