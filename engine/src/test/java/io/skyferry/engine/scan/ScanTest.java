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
import java.util.Arrays;
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

    /// Some files, named.
    private record Named(List<RelPath> files) implements Selection {
        static Named of(String... paths) {
            return new Named(Arrays.stream(paths).map(RelPath::new).toList());
        }

        @Override
        public boolean selects(Entry.File file) {
            return files.contains(file.path());
        }

        @Override
        public boolean hangsOnTime(Entry.File file) {
            return false;
        }

        @Override
        public boolean selectsDirectory(RelPath directory) {
            return files.stream().anyMatch(directory::holds);
        }

        @Override
        public boolean mayHold(RelPath directory) {
            return selectsDirectory(directory);
        }

        @Override
        public Set<String> markers() {
            return Set.of();
        }

        @Override
        public Optional<List<RelPath>> listedFiles() {
            return Optional.of(files);
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

    @Test
    void fewFilesThatAreNamedAreLookedUpAsAListingWouldShowThem() {
        Named some = Named.of("a", "a/y/z", "a/y/zz", "c/d", "c/none", "none", "z");
        List<String> listed = keys(filled(Traits.OBJECTS), new PairKeys(true, false), some);
        assertThat(listed).containsExactly("a", "a/", "a/y/", "a/y/z", "c/", "c/d", "z");
        assertThat(keys(withoutLists(Traits.OBJECTS), EXACT, some)).isEqualTo(listed);
    }

    @Test
    void fileThatCannotBeLookedUpIsTold() {
        Storage troubled = FaultInterceptor.over(
                filled(Traits.OBJECTS),
                FaultScript.PEACE.onFirst(1, Verb.STAT, "c/d", new Fault.Fails(ErrorKind.FORBIDDEN)));
        assertThat(keys(troubled, EXACT, Named.of("a/x", "c/d", "z"))).containsExactly("a/", "a/x", "c/", "z");
        assertThat(told).containsExactly("unlisted c/d");
    }

    @Test
    void storageThatFailsFailsTheLooks() {
        Storage troubled = FaultInterceptor.over(
                filled(Traits.OBJECTS),
                FaultScript.PEACE.onFirst(9, Verb.STAT, "**", new Fault.Fails(ErrorKind.UNAUTHENTICATED)));
        assertThatThrownBy(() -> keys(troubled, EXACT, Named.of("a/x", "z"))).isInstanceOf(StorageException.class);
    }

    @Test
    void manyNamedFilesAndFilesOfDisksAreListed() {
        Named many = Named.of(PATHS);
        Named more = Named.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k");
        assertThatThrownBy(() -> keys(withoutLists(Traits.DISK), EXACT, many)).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> keys(withoutLists(Traits.OBJECTS), EXACT, more))
                .isInstanceOf(StorageException.class);
    }

    @Test
    void scanStopsWhenTheRunIsToStop() {
        cancel.raise();
        assertThatThrownBy(() -> keys(filled(Traits.DISK), EXACT)).isInstanceOf(CancelledException.class);
        assertThatThrownBy(() -> keys(filled(Traits.OBJECTS), EXACT, Named.of("a", "z")))
                .isInstanceOf(CancelledException.class);
    }
}
