package io.skyferry.engine.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.engine.work.CancelFlag;
import io.skyferry.engine.work.InlineWorkers;
import io.skyferry.filter.Selection;
import io.skyferry.layers.Call;
import io.skyferry.layers.InterceptedStorage;
import io.skyferry.layers.Interceptor;
import io.skyferry.storage.CancelledException;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.ListPage;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.Verb;
import io.skyferry.testkit.FakeClock;
import io.skyferry.testkit.Fault;
import io.skyferry.testkit.FaultInterceptor;
import io.skyferry.testkit.FaultScript;
import io.skyferry.testkit.MemoryStorage;
import io.skyferry.testkit.Traits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScanTest {
    private static final PairKeys EXACT = new PairKeys(false, false);
    private static final String[] PATHS = {"a", "a-b", "a.b", "a/x", "a/y/z", "B", "c/d", "z"};

    private final Path folder;
    private final List<String> told = new ArrayList<>();
    private final CancelFlag cancel = new CancelFlag();

    ScanTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private static MemoryStorage filled(Traits traits) {
        var storage = new MemoryStorage("storage", traits, new FakeClock());
        for (String path : PATHS) {
            if (!traits.capabilities().listing().emptyDirectories() || !path.equals("a")) {
                storage.backdoor().put(path, "content");
            }
        }
        return storage;
    }

    private List<String> keys(Storage storage, PairKeys keys) {
        return keys(storage, keys, Selection.everything());
    }

    private List<String> keys(Storage storage, PairKeys keys, Selection selection) {
        List<String> found = new ArrayList<>();
        try (var scan = new Scan(
                storage,
                selection,
                new Scan.Setting(
                        "scan", keys, new InlineWorkers(), new InlineWorkers().lanes("check", 1), folder, cancel),
                new Notices())) {
            scan.forEachRemaining(keyed -> found.add(keyed.key()));
        }
        return found;
    }

    /// What a scan meets beside files and directories.
    private final class Notices implements ScanNotices {
        @Override
        public void unusable(Entry.Unusable entry) {
            told.add("unusable " + entry.rawName());
        }

        @Override
        public void special(Entry.Special entry) {
            told.add("special " + entry.path());
        }

        @Override
        public void unlisted(Entry.Unlisted entry) {
            told.add("unlisted " + entry.path());
        }

        @Override
        public void leftover(Entry.Leftover leftover) {
            told.add("leftover " + leftover.path());
        }

        @Override
        public void listed(int entries) {
            // Only counted.
        }
    }

    @Test
    void keysComeInTheOrderOfTheirBytesHoweverTheStorageLists() {
        List<String> disk = List.of("B", "a-b", "a.b", "a/", "a/x", "a/y/", "a/y/z", "c/", "c/d", "z");
        assertThat(keys(filled(Traits.DISK.paged(2)), EXACT)).isEqualTo(disk);
        assertThat(keys(filled(Traits.DISK.unsorted(7).paged(3)), EXACT)).isEqualTo(disk);
        assertThat(keys(filled(Traits.DRIVE.paged(1)), EXACT)).isEqualTo(disk);
        assertThat(keys(filled(Traits.BARE), EXACT)).isEqualTo(disk);
    }

    @Test
    void foldedKeysAreSortedAnewEvenWhereTheListingIsSorted() {
        assertThat(keys(filled(Traits.DISK), new PairKeys(true, false)))
                .containsExactly("a-b", "a.b", "a/", "a/x", "a/y/", "a/y/z", "b", "c/", "c/d", "z");
    }

    /// Says that it is sorted, and is not.
    private static final class Backwards implements Interceptor {
        @Override
        @SuppressWarnings("unchecked") // A page for a page.
        public <R> R around(Call<R> call) {
            R answer = call.proceed();
            return answer instanceof ListPage page
                    ? (R) new ListPage(page.entries().reversed(), page.next())
                    : answer;
        }
    }

    @Test
    void listingThatStepsBackIsNoListing() {
        Storage backwards = new InterceptedStorage(filled(Traits.DISK.paged(2)), new Backwards());
        assertThatThrownBy(() -> keys(backwards, EXACT))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("steps back");
    }

    @Test
    void directoryThatCannotBeListedIsTold() {
        MemoryStorage storage = filled(Traits.DRIVE);
        Storage troubled = FaultInterceptor.over(
                storage, FaultScript.PEACE.onFirst(1, Verb.LIST, "c", new Fault.Fails(ErrorKind.FORBIDDEN)));
        assertThat(keys(troubled, EXACT)).contains("z").doesNotContain("c/d");
        assertThat(told).containsExactly("unlisted c");
    }

    @Test
    void listingThatFailsEndsWithItsFailure() {
        Storage troubled = FaultInterceptor.over(
                filled(Traits.DISK.paged(2)),
                FaultScript.PEACE.onNth(3, Verb.LIST, "**", new Fault.Fails(ErrorKind.UNAVAILABLE)));
        assertThatThrownBy(() -> keys(troubled, EXACT)).isInstanceOf(StorageException.class);
    }

    /// One file.
    private record Named(RelPath file) implements Selection {
        @Override
        public boolean selects(Entry.File other) {
            return file.equals(other.path());
        }

        @Override
        public boolean hangsOnTime(Entry.File other) {
            return false;
        }

        @Override
        public boolean selectsDirectory(RelPath directory) {
            return false;
        }

        @Override
        public boolean mayHold(RelPath directory) {
            return directory.holds(file);
        }

        @Override
        public Set<String> markers() {
            return Set.of();
        }

        @Override
        public Optional<RelPath> onlyFile() {
            return Optional.of(file);
        }

        @Override
        public boolean isEverything() {
            return false;
        }

        @Override
        public Selection ofPaths() {
            return this;
        }
    }

    private static Storage withoutLists(Traits traits) {
        return FaultInterceptor.over(
                filled(traits), FaultScript.PEACE.onFirst(99, Verb.LIST, "**", new Fault.Fails(ErrorKind.FORBIDDEN)));
    }

    private static Named named(String path) {
        return new Named(new RelPath(path));
    }

    @Test
    void oneFileThatIsNamedIsLookedUp() {
        assertThat(keys(withoutLists(Traits.OBJECTS), EXACT, named("a/y/z"))).containsExactly("a/y/z");
        assertThat(Scan.findsOnly(withoutLists(Traits.OBJECTS), named("a/y/z"))).isTrue();
    }

    @Test
    void whatTheLookDoesNotFindIsListed() {
        Storage silent = withoutLists(Traits.OBJECTS);
        assertThatThrownBy(() -> keys(silent, EXACT, named("none"))).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> keys(silent, EXACT, named("a/y"))).isInstanceOf(StorageException.class);
        assertThat(keys(filled(Traits.OBJECTS), EXACT, named("none"))).isEmpty();
        assertThat(Scan.findsOnly(silent, named("a/y"))).isFalse();
        Storage blind = FaultInterceptor.over(
                filled(Traits.OBJECTS),
                FaultScript.PEACE.onFirst(9, Verb.STAT, "**", new Fault.Fails(ErrorKind.FORBIDDEN)));
        assertThat(keys(blind, EXACT, named("c/d"))).containsExactly("c/d");
    }

    @Test
    void fileOfADiskOrOneOfSeveralSpellingsIsListed() {
        assertThatThrownBy(() -> keys(withoutLists(Traits.DISK), EXACT, named("c/d")))
                .isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> keys(withoutLists(Traits.OBJECTS), new PairKeys(true, false), named("c/d")))
                .isInstanceOf(StorageException.class);
    }

    @Test
    void scanStopsWhenTheRunIsToStop() {
        cancel.raise();
        assertThatThrownBy(() -> keys(filled(Traits.DISK), EXACT)).isInstanceOf(CancelledException.class);
    }
}
