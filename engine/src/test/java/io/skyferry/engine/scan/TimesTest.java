package io.skyferry.engine.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.engine.work.CancelFlag;
import io.skyferry.engine.work.InlineWorkers;
import io.skyferry.engine.work.Lanes;
import io.skyferry.engine.work.ThreadWorkers;
import io.skyferry.storage.CancelledException;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.ListRequest;
import io.skyferry.storage.ModTime;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.Verb;
import io.skyferry.testkit.Fault;
import io.skyferry.testkit.FaultInterceptor;
import io.skyferry.testkit.FaultScript;
import io.skyferry.testkit.MemoryStorage;
import io.skyferry.testkit.Traits;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TimesTest {
    private final MemoryStorage bucket = new MemoryStorage(Traits.OBJECTS);
    private final CancelFlag cancel = new CancelFlag();
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();

    private void fill(String... paths) {
        for (String path : paths) {
            bucket.backdoor().put(path, "content");
        }
    }

    private List<Entry> listed() {
        return bucket.list(ListRequest.tree(RelPath.ROOT)).entries();
    }

    private Times times(Storage storage, Lanes lanes) {
        return new Times(storage, file -> asked.add(file.path().text()), lanes, cancel);
    }

    private List<Entry> told(Storage storage, List<Entry> entries) {
        return times(storage, new InlineWorkers().lanes("look", 1)).told(entries);
    }

    private Storage failing(ErrorKind kind, String glob) {
        return FaultInterceptor.over(bucket, FaultScript.PEACE.onFirst(1, Verb.STAT, glob, new Fault.Fails(kind)));
    }

    private static boolean isTimed(Entry entry) {
        return !(entry instanceof Entry.File file) || file.modTime() instanceof ModTime.Known;
    }

    @Test
    void manyAreLookedUpAtOnceAndComeInTheirOrder() {
        fill(IntStream.range(0, 300).mapToObj(i -> "d" + i % 7 + "/f" + i).toArray(String[]::new));
        List<Entry> entries = listed();
        try (Lanes lanes = new ThreadWorkers(Thread.ofVirtual().factory()).lanes("look", 8)) {
            List<Entry> told = times(bucket, lanes).told(entries);
            assertThat(told).allMatch(TimesTest::isTimed);
            assertThat(told.stream().map(Entry::path))
                    .isEqualTo(entries.stream().map(Entry::path).toList());
        }
    }

    @Test
    void whatIsKnownAlreadyIsNotAskedFor() {
        fill("a");
        List<Entry> known = told(bucket, listed());
        asked.clear();
        assertThat(told(bucket, known)).isSameAs(known);
        assertThat(asked).isEmpty();
    }

    @Test
    void fileThatIsGoneOrADirectoryByNowIsLeftOut() {
        fill("a", "b", "c");
        List<Entry> entries = listed();
        bucket.backdoor().remove("a");
        bucket.backdoor().remove("b");
        fill("b/x");
        assertThat(told(bucket, entries).stream().map(entry -> entry.path().text()))
                .containsExactly("c");
    }

    @Test
    void fileThatCannotBeLookedAtIsToldAndStaysWithoutATime() {
        fill("a", "b");
        List<Entry> told = told(failing(ErrorKind.FORBIDDEN, "a"), listed());
        assertThat(told.getFirst())
                .isInstanceOfSatisfying(
                        Entry.Unlisted.class,
                        unlisted -> assertThat(unlisted.reason()).contains("modification time"));
        assertThat(told.get(1)).isEqualTo(listed().getFirst());
        assertThat(told.getLast().path().text()).isEqualTo("b");
    }

    @Test
    void troubleOfTheWholeStorageEndsTheListing() {
        fill("a", "b");
        Storage locked = failing(ErrorKind.UNAUTHENTICATED, "b");
        List<Entry> entries = listed();
        assertThatThrownBy(() -> told(locked, entries)).isInstanceOf(StorageException.class);
    }

    @Test
    void nothingIsLookedUpForARunThatIsToStop() {
        fill("a");
        List<Entry> entries = listed();
        cancel.raise();
        assertThatThrownBy(() -> told(bucket, entries)).isInstanceOf(CancelledException.class);
    }
}
