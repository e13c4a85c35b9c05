package io.skyferry.control.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.engine.work.CancelFlag;
import io.skyferry.engine.work.InlineWorkers;
import io.skyferry.filter.FilterFlag;
import io.skyferry.filter.FilterFlags;
import io.skyferry.filter.Selection;
import io.skyferry.storage.CancelledException;
import io.skyferry.storage.Capabilities;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.Verb;
import io.skyferry.testkit.Fault;
import io.skyferry.testkit.FaultInterceptor;
import io.skyferry.testkit.FaultScript;
import io.skyferry.testkit.MemoryStorage;
import io.skyferry.testkit.Traits;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WalkTest {
    private final CancelFlag cancel = new CancelFlag();

    static List<Traits> kinds() {
        return List.of(
                Traits.DISK,
                Traits.DISK.paged(1),
                Traits.DISK.listing(new Capabilities.Listing(false, true, Capabilities.Order.NONE, true)),
                Traits.DISK.unsorted(7));
    }

    private static MemoryStorage filled(Traits traits) {
        var storage = new MemoryStorage(traits);
        storage.backdoor().put("a", "1");
        storage.backdoor().put("x/b", "2");
        storage.backdoor().put("x/y/c", "3");
        storage.backdoor().put("x/skip/.nosync", "");
        storage.backdoor().put("x/skip/below/d", "4");
        storage.backdoor().mkdir("void");
        return storage;
    }

    private List<String> walked(MemoryStorage storage, Selection selection, int depth) {
        List<String> seen = new ArrayList<>();
        new Walk(storage, selection, depth, cancel)
                .each(entry -> seen.add(entry.path() + (entry instanceof Entry.Directory ? "/" : "")));
        return seen;
    }

    private static Selection with(FilterFlag flag, String value) {
        return FilterFlags.NONE
                .with(flag, value)
                .build(ZonedDateTime.parse("2026-11-21T00:00Z"), name -> "", RandomGenerator.getDefault());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everythingIsSeenOnceWhateverTheStorageLists(Traits traits) {
        assertThat(walked(filled(traits), Selection.everything(), Walk.ALL))
                .containsExactlyInAnyOrder(
                        "a",
                        "x/",
                        "x/b",
                        "x/y/",
                        "x/y/c",
                        "x/skip/",
                        "x/skip/.nosync",
                        "x/skip/below/",
                        "x/skip/below/d",
                        "void/");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void depthIsKept(Traits traits) {
        assertThat(walked(filled(traits), Selection.everything(), 1)).containsExactlyInAnyOrder("a", "x/", "void/");
        assertThat(walked(filled(traits), Selection.everything(), 2))
                .containsExactlyInAnyOrder("a", "x/", "x/b", "x/y/", "x/skip/", "void/");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void filtersDecide(Traits traits) {
        assertThat(walked(filled(traits), with(FilterFlag.EXCLUDE, "/x/y/**"), Walk.ALL))
                .contains("x/b")
                .doesNotContain("x/y/c", "x/y/");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void markedDirectoriesAreLeftOutWithAllBelow(Traits traits) {
        assertThat(walked(filled(traits), with(FilterFlag.EXCLUDE_IF_PRESENT, ".nosync"), Walk.ALL))
                .contains("x/b", "x/y/c")
                .noneMatch(path -> path.startsWith("x/skip/") && !path.equals("x/skip/"));
    }

    private static MemoryStorage bucket(Capabilities.Listing listing) {
        var storage = new MemoryStorage(Traits.OBJECTS.listing(listing));
        storage.backdoor().put(new RelPath("x/old"), new byte[1], Instant.parse("2024-01-01T00:00:00Z"));
        storage.backdoor().put(new RelPath("x/new"), new byte[2], Instant.parse("2026-11-20T00:00:00Z"));
        return storage;
    }

    private List<Entry> timed(Storage storage, Selection selection, Predicate<Entry.File> shown) {
        List<Entry> seen = new ArrayList<>();
        new Walk(storage, selection, Walk.ALL, cancel)
                .lookingUpTimes(new InlineWorkers().lanes("look", 1), shown)
                .each(seen::add);
        return seen;
    }

    static List<Capabilities.Listing> listings() {
        return List.of(
                new Capabilities.Listing(true, false, Capabilities.Order.UTF8_BYTES, true),
                new Capabilities.Listing(false, false, Capabilities.Order.UTF8_BYTES, true));
    }

    @ParameterizedTest
    @MethodSource("listings")
    void agesThatAreNotListedAreLookedUp(Capabilities.Listing listing) {
        assertThat(timed(bucket(listing), with(FilterFlag.MIN_AGE, "30d"), _ -> false))
                .extracting(entry -> entry.path().text())
                .containsExactlyInAnyOrder("x", "x/old");
    }

    @Test
    void timesAreLookedUpOfWhatIsShownWithThemAndOfNothingElse() {
        List<Entry> seen = timed(
                bucket(listings().getFirst()),
                Selection.everything(),
                file -> file.path().name().equals("old"));
        assertThat(seen)
                .filteredOn(Entry.File.class::isInstance)
                .extracting(entry -> ((Entry.File) entry).modTime().known().isPresent())
                .containsExactly(false, true);
    }

    @Test
    void ageThatCannotBeLookedUpIsTold() {
        var blind = FaultInterceptor.over(
                bucket(listings().getFirst()),
                FaultScript.PEACE.onFirst(1, Verb.STAT, "x/old", new Fault.Fails(ErrorKind.FORBIDDEN)));
        assertThat(timed(blind, with(FilterFlag.MIN_AGE, "30d"), _ -> false))
                .filteredOn(Entry.Unlisted.class::isInstance)
                .extracting(entry -> entry.path().text())
                .containsExactly("x/old");
    }

    @Test
    void nameThatIsNoPathIsSeenUnlessItsDirectoryIsLeftOut() {
        MemoryStorage storage = filled(Traits.OBJECTS);
        storage.backdoor().show(new Entry.Unusable(new RelPath("x"), "x//q", "a segment is empty", false));
        assertThat(walked(storage, Selection.everything(), Walk.ALL)).contains("x");
        assertThat(walked(storage, with(FilterFlag.EXCLUDE, "/x/**"), Walk.ALL)).doesNotContain("x");
    }

    @Test
    void cancelledWalkEnds() {
        cancel.raise();

        assertThatThrownBy(() -> walked(filled(Traits.DISK), Selection.everything(), Walk.ALL))
                .isInstanceOf(CancelledException.class);
    }
}
