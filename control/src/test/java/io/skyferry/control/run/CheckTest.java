package io.skyferry.control.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.control.run.Check.Depth;
import io.skyferry.control.run.Check.Extras;
import io.skyferry.engine.options.RunOptions.By;
import io.skyferry.engine.options.RunOptions.Comparison;
import io.skyferry.engine.work.CancelFlag;
import io.skyferry.engine.work.InlineWorkers;
import io.skyferry.filter.FilterFlag;
import io.skyferry.filter.FilterFlags;
import io.skyferry.filter.Selection;
import io.skyferry.storage.Capabilities;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.Verb;
import io.skyferry.testkit.Fault;
import io.skyferry.testkit.FaultInterceptor;
import io.skyferry.testkit.FaultScript;
import io.skyferry.testkit.MemoryStorage;
import io.skyferry.testkit.Traits;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckTest {
    private static final Instant THEN = Instant.parse("2026-11-21T16:40:01Z");

    @TempDir
    Path spill;

    private final MemoryStorage source = new MemoryStorage("source", Traits.DISK, () -> THEN);
    private final MemoryStorage target = new MemoryStorage("target", Traits.DISK, () -> THEN);
    private final List<String> found = new ArrayList<>();

    private final class Found implements Check.Findings {
        @Override
        public void match(RelPath path) {
            found.add("= " + path);
        }

        @Override
        public void differ(RelPath path, String why) {
            found.add("* " + path);
        }

        @Override
        public void missingAtSource(RelPath path) {
            found.add("- " + path);
        }

        @Override
        public void missingAtTarget(RelPath path) {
            found.add("+ " + path);
        }

        @Override
        public void error(RelPath path, String why) {
            found.add("! " + path);
        }
    }

    private void check(By by, Depth depth, Extras extras) {
        check(source, target, by, depth, extras);
    }

    private void check(MemoryStorage left, MemoryStorage right, By by, Depth depth, Extras extras) {
        var comparison = new Comparison(by, false, false, false, false, Duration.ofNanos(1));
        check(left, right, new Check.Wishes(Selection.everything(), comparison, depth, extras, 4));
    }

    private void check(Storage left, Storage right, Check.Wishes wishes) {
        new Check(left, right, wishes, Check.Remembered.NOTHING, new Found(), new CancelFlag())
                .run(new InlineWorkers(), spill);
    }

    private static void put(MemoryStorage storage, String path, String text, Instant time) {
        storage.backdoor().put(new RelPath(path), text.getBytes(StandardCharsets.UTF_8), time);
    }

    @Test
    void eachKindOfDifferenceIsTold() {
        put(source, "same", "1", THEN);
        put(target, "same", "1", THEN);
        put(source, "longer", "12", THEN);
        put(target, "longer", "1", THEN);
        put(source, "left", "1", THEN);
        put(target, "right", "1", THEN);
        source.backdoor().mkdir("only-here");

        check(By.SIZE_AND_TIME, Depth.AS_SYNC, Extras.COUNT);

        assertThat(found).containsExactlyInAnyOrder("= same", "* longer", "+ left", "- right");
    }

    @Test
    void agesThatAreNotListedAreLookedUpOnBothSides() {
        var left = new MemoryStorage(Traits.OBJECTS);
        var right = new MemoryStorage(Traits.OBJECTS);
        put(left, "blind", "1", THEN);
        put(left, "new", "1", THEN.plus(Duration.ofDays(2)));
        put(left, "old", "1", THEN);
        put(right, "new", "2", THEN.plus(Duration.ofDays(2)));
        put(right, "other", "1", THEN);
        var troubled = FaultInterceptor.over(
                left, FaultScript.PEACE.onFirst(1, Verb.STAT, "blind", new Fault.Fails(ErrorKind.FORBIDDEN)));
        Selection old = FilterFlags.NONE
                .with(FilterFlag.MIN_AGE, "1d")
                .build(THEN.plus(Duration.ofDays(2)).atZone(ZoneOffset.UTC), _ -> "", RandomGenerator.getDefault());

        check(troubled, right, new Check.Wishes(old, Comparison.DEFAULTS, Depth.AS_SYNC, Extras.COUNT, 4));

        assertThat(found).containsExactlyInAnyOrder("! blind", "+ old", "- other");
    }

    @Test
    void moreFilesAtTheTargetAreFineOneWay() {
        put(target, "right", "1", THEN);

        check(By.SIZE_AND_TIME, Depth.AS_SYNC, Extras.IGNORE);

        assertThat(found).isEmpty();
    }

    @Test
    void otherTimesAloneAreNoDifference() {
        put(source, "touched", "1", THEN);
        put(target, "touched", "1", THEN.plusSeconds(5));
        put(source, "edited", "1", THEN);
        put(target, "edited", "2", THEN.plusSeconds(5));

        check(By.SIZE_AND_TIME, Depth.AS_SYNC, Extras.COUNT);

        assertThat(found).containsExactlyInAnyOrder("= touched", "* edited");
    }

    @Test
    void sameSizeAndTimeHideOtherBytesUntilContentsAreCompared() {
        put(source, "hidden", "1", THEN);
        put(target, "hidden", "2", THEN);

        check(By.SIZE_AND_TIME, Depth.AS_SYNC, Extras.COUNT);
        check(By.CONTENT, Depth.AS_SYNC, Extras.COUNT);
        check(By.SIZE_AND_TIME, Depth.BYTES, Extras.COUNT);

        assertThat(found).containsExactly("= hidden", "* hidden", "* hidden");
    }

    @Test
    void sizeAloneIsEnoughOnRequest() {
        put(source, "a", "1", THEN);
        put(target, "a", "2", THEN.plusSeconds(9));

        check(By.SIZE, Depth.AS_SYNC, Extras.COUNT);

        assertThat(found).containsExactly("= a");
    }

    @Test
    void namesThatFallTogetherCannotBeCompared() {
        var folding = new MemoryStorage(Traits.DISK.naming(new Capabilities.Names(false, true)));
        put(source, "a", "1", THEN);
        put(source, "A", "1", THEN);
        put(folding, "a", "1", THEN);

        check(source, folding, By.SIZE, Depth.AS_SYNC, Extras.COUNT);

        assertThat(found).containsExactlyInAnyOrder("! a", "! A");
    }

    @Test
    void largeFilesAreComparedToTheirEnd() {
        byte[] left = new byte[1_000_000];
        byte[] right = left.clone();
        right[right.length - 1] = 1;
        source.backdoor().put(new RelPath("large"), left, THEN);
        target.backdoor().put(new RelPath("large"), right, THEN);
        source.backdoor().put(new RelPath("equal"), left, THEN);
        target.backdoor().put(new RelPath("equal"), left, THEN);

        check(By.SIZE_AND_TIME, Depth.BYTES, Extras.COUNT);

        assertThat(found).containsExactlyInAnyOrder("* large", "= equal");
    }
}
