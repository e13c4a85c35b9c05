package io.skyferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.ListRequest;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.WriteOptions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemoryBackdoorTest {
    private final MemoryStorage storage = new MemoryStorage();
    private final MemoryBackdoor backdoor = storage.backdoor();

    private Entry.File write(String path, String text) {
        return storage.write(new RelPath(path), BytesContent.of(text), WriteOptions.PLAIN);
    }

    private List<Entry> children() {
        return storage.list(ListRequest.children(RelPath.ROOT)).entries();
    }

    @Test
    void editBehindTheBackIsSeenAsAnotherVersion() {
        Entry.File seen = write("file", "seen");
        backdoor.put("file", "edit");
        assertThatThrownBy(() -> storage.delete(seen)).isInstanceOf(StorageException.class);
        assertThat(backdoor.texts()).isEqualTo(Map.of("file", "edit"));
    }

    @Test
    void fileAndDirectoryTakeEachOthersPlace() {
        backdoor.put("a/b", "1");
        backdoor.put("a", "2");
        assertThat(backdoor.texts()).isEqualTo(Map.of("a", "2"));
        backdoor.put("a/b/c", "3");
        assertThat(backdoor.texts()).isEqualTo(Map.of("a/b/c", "3"));
        backdoor.remove("a");
        assertThat(backdoor.texts()).isEmpty();
        assertThat(backdoor.directories()).isEmpty();
    }

    @Test
    void snapshotBringsEverythingBackButVersions() {
        write("a/file", "before");
        storage.beginUpload(new RelPath("large"), BytesContent.of("x"), WriteOptions.PLAIN);
        MemoryBackdoor.Snapshot snapshot = backdoor.snapshot();
        Entry.File later = write("a/file", "after");
        write("b", "new");
        backdoor.restore(snapshot);
        assertThat(backdoor.texts()).isEqualTo(Map.of("a/file", "before"));
        assertThat(backdoor.unfinishedUploads()).isEqualTo(1);
        assertThat(write("a/file", "after").version()).isNotEqualTo(later.version());
    }

    @Test
    void renameKeepsTheId() {
        Entry.File seen = write("old", "content");
        backdoor.rename("old", "folder/new");
        assertThat(backdoor.entry(new RelPath("folder/new")).orElseThrow().id()).isEqualTo(seen.id());
        assertThat(backdoor.entry(new RelPath("old"))).isEmpty();
    }

    @Test
    void unflushedFilesAreLostWithThePowerOneWayOrAnother() {
        for (int i = 0; i < 60; i++) {
            write("soon" + i, "content");
        }
        storage.flush();
        Entry.File flushed = write("flushed", "content");
        storage.flush();
        for (int i = 0; i < 60; i++) {
            write("late" + i, "content");
        }
        backdoor.losePower(1);
        Map<String, String> texts = backdoor.texts();
        assertThat(texts)
                .containsEntry("flushed", "content")
                .containsEntry("soon7", "content")
                .hasSize(121);
        assertThat(texts.values()).contains("content", "", "\0\0\0\0\0\0\0");
        assertThat(backdoor.entry(flushed.path()).orElseThrow().version()).isEqualTo(flushed.version());
    }

    @Test
    void vanishedRootIsNotFoundUntilSomethingIsWritten() {
        write("file", "content");
        backdoor.vanish();
        assertThatThrownBy(this::children).satisfies(Failures.ofKind(ErrorKind.NOT_FOUND));
        assertThat(storage.stat(RelPath.ROOT)).isEmpty();
        write("file", "again");
        assertThat(children()).hasSize(1);
    }

    @Test
    void staleListingsCatchUpAfterSomeCalls() {
        var stale = new MemoryStorage(Traits.OBJECTS.lagging(3));
        stale.write(new RelPath("file"), BytesContent.of("x"), WriteOptions.PLAIN);
        assertThat(stale.list(ListRequest.children(RelPath.ROOT)).entries()).isEmpty();
        assertThat(stale.stat(new RelPath("file"))).isPresent();
        stale.quota();
        stale.quota();
        assertThat(stale.list(ListRequest.children(RelPath.ROOT)).entries()).hasSize(1);
    }

    @Test
    void furtherEntriesShowInListings() {
        write("file", "content");
        backdoor.show(new Entry.Special(new RelPath("link"), Entry.SpecialKind.SYMBOLIC_LINK));
        backdoor.show(new Entry.Unusable(RelPath.ROOT, "a//b", "a segment is empty", false));
        assertThat(children()).hasSize(3);
        backdoor.hideAll();
        assertThat(children()).hasSize(1);
    }

    @Test
    void unsortedListingsDifferBySeedAndHoldTheSame() {
        List<List<String>> orders = List.of(listed(1), listed(1), listed(2));
        assertThat(orders.get(0)).isEqualTo(orders.get(1)).isNotEqualTo(orders.get(2));
        assertThat(orders.get(0)).containsExactlyInAnyOrderElementsOf(orders.get(2));
    }

    private static List<String> listed(long seed) {
        var unsorted = new MemoryStorage(Traits.DISK.unsorted(seed));
        for (int i = 0; i < 20; i++) {
            unsorted.backdoor().put("f" + i, "x");
        }
        return unsorted.list(ListRequest.children(RelPath.ROOT)).entries().stream()
                .map(entry -> entry.path().text())
                .toList();
    }

    @Test
    void otherVolumeShowsInTheIdentity() {
        assertThat(storage.identity().volume()).isEmpty();
        backdoor.setVolume("swapped");
        assertThat(storage.identity().volume()).isEqualTo("swapped");
    }
}
